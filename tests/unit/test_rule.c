#include "loader.h"

#include <rasoat/rule.h>

/* Everything a pack can hold. The second rule is the least there can be. */
static const char pack[] =
	"<rules xmlns=\"urn:rasoat:rules:1\" pack=\"accounts\" store=\"accounts\">\n"		  /* 1 */
	"<rule id=\"ACC-01\" severity=\"critical\" subject=\"account\">\n"			  /* 2 */
	"<title>Tài  khoản\n chưa khóa</title>\n"						  /* 3 */
	"<basis document=\"907/BHXH-CNTT\" date=\"2019-03-26\" clause=\"ý 3\" mark=\"inference\"/>\n" /* 5 */
	"<basis document=\"BLLĐ\"/>\n"								  /* 6 */
	"<valid from=\"2019-03-26\" to=\"2030-01-01\"/>\n"					  /* 7 */
	"<event>d.effective_on</event>\n"							  /* 8 */
	"<param name=\"grace\" type=\"days\" default=\"0\" label=\"Số ngày\">days still in time</param>\n"	  /* 9 */
	"<param name=\"since_day\" type=\"date\" default=\"2020-01-01\"/>\n"			  /* 10 */
	"<from>account a JOIN staff_departure d ON d.staff_id = a.staff_id</from>\n"		  /* 11 */
	"<scope>a.class -- people\n != 'it''s; (' /* ; ( */ AND a.opened_on > :since_day</scope>\n" /* 12 */
	"<needs reason=\"Chưa có ngày cấp\">a.opened_on</needs>\n"				  /* 14 */
	"<where>:as_of > add_days(d.effective_on, :grace)</where>\n"				  /* 15 */
	"<key>a.account_id</key><unit>a.unit_id</unit><since>d.effective_on</since>\n"		  /* 16 */
	"<days field=\"days\"/>\n"								  /* 17 */
	"<field name=\"login\" label=\"Tài khoản\">a.login</field>\n"				  /* 18 */
	"<field name=\"days\" label=\"Số ngày\" type=\"integer\">1 + (2)</field>\n"		  /* 19 */
	"<message>{login} ({key}, {unit}) còn mở {days} ngày từ {since}</message>\n"		  /* 20 */
	"<remedy>Khóa tài khoản</remedy><note>Một</note><note>Hai</note>\n"							  /* 21 */
	"<example name=\"open\" as-of=\"2026-10-05\">\n"					  /* 22 */
	"<set param=\"grace\" value=\"3\"/>\n"							  /* 23 */
	"<row table=\"account\" account_id=\"A1\" system_id=\"TST\" opened_on=\"2020-01-01\" login=\"\"/>\n" /* 24 */
	"<expect key=\"A1\" days=\"4\"/>\n"							  /* 25 */
	"<expect key=\"A2\" verdict=\"indeterminate\"/>\n"					  /* 26 */
	"</example>\n"										  /* 27 */
	"</rule>\n"										  /* 28 */
	"<rule id=\"ACC-02b\" severity=\"low\" subject=\"account\">\n"				  /* 29 */
	"<title>t</title><basis document=\"d\"/><from>account a</from><where>a.login IS NULL</where>\n" /* 30 */
	"<key>a.account_id</key><unit>a.unit_id</unit><message>m</message><remedy>r</remedy>\n"	  /* 31 */
	"<example name=\"none\" as-of=\"2026-10-05\"><row table=\"account\"/></example>\n"	  /* 32 */
	"</rule>\n"										  /* 33 */
	"</rules>\n";

static struct rule_set *load_set(struct world *w)
{
	return rules_load(w->a, "r", w->schemas, &w->d);
}

static void load(struct world *w)
{
	(void)load_set(w);
}

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static void check_first(const struct rule *r)
{
	assert_string_equal(r->pack, "accounts");
	assert_string_equal(r->file, "r/a.xml");
	assert_int_equal(r->line, 2);
	assert_int_equal(r->store, STORE_ACCOUNTS);
	assert_int_equal(r->severity, SEV_CRITICAL);
	assert_string_equal(r->subject, "account");
	assert_string_equal(r->title, "Tài khoản chưa khóa");
	assert_int_equal(r->n_bases, 2);
	assert_string_equal(r->bases[0].document, "907/BHXH-CNTT");
	assert_string_equal(r->bases[0].date, "2019-03-26");
	assert_string_equal(r->bases[0].clause, "ý 3");
	assert_int_equal(r->bases[0].mark, MARK_INFERENCE);
	assert_null(r->bases[1].date);
	assert_null(r->bases[1].clause);
	assert_int_equal(r->bases[1].mark, MARK_VERIFIED);
	assert_int_equal(r->valid_from, day("2019-03-26"));
	assert_int_equal(r->valid_to, day("2030-01-01"));
	assert_string_equal(r->event, "d.effective_on");
	assert_int_equal(r->n_notes, 2);
	assert_string_equal(r->notes[0], "Một");
	assert_string_equal(r->notes[1], "Hai");
	assert_int_equal(r->n_params, 2);
	assert_string_equal(r->params[0].name, "grace");
	assert_string_equal(r->params[0].label, "Số ngày");
	assert_null(r->params[1].label);
	assert_int_equal(r->params[0].type, PARAM_DAYS);
	assert_string_equal(r->params[0].value, "0");
	assert_string_equal(r->params[0].doc, "days still in time");
	assert_int_equal(r->params[1].type, PARAM_DATE);
	assert_null(r->params[1].doc);
	assert_string_equal(r->from, "account a JOIN staff_departure d ON d.staff_id = a.staff_id");
	assert_string_equal(r->scope, "a.class  \n != 'it''s; ('   AND a.opened_on > :since_day");
	assert_int_equal(r->n_needs, 1);
	assert_string_equal(r->needs[0].sql, "a.opened_on");
	assert_string_equal(r->needs[0].reason, "Chưa có ngày cấp");
	assert_string_equal(r->where, ":as_of > add_days(d.effective_on, :grace)");
	assert_int_equal(r->where_line, 15);
	assert_string_equal(r->key, "a.account_id");
	assert_string_equal(r->unit, "a.unit_id");
	assert_string_equal(r->since, "d.effective_on");
	assert_string_equal(r->days, "days");
	assert_int_equal(r->n_fields, 2);
	assert_string_equal(r->fields[0].label, "Tài khoản");
	assert_int_equal(r->fields[0].type, FIELD_TEXT);
	assert_string_equal(r->fields[1].sql, "1 + (2)");
	assert_int_equal(r->fields[1].type, FIELD_INT);
	assert_string_equal(r->message, "{login} ({key}, {unit}) còn mở {days} ngày từ {since}");
	assert_string_equal(r->remedy, "Khóa tài khoản");
}

static void check_example(const struct rule_example *ex)
{
	assert_string_equal(ex->name, "open");
	assert_int_equal(ex->as_of, day("2026-10-05"));
	assert_int_equal(ex->line, 22);
	assert_int_equal(ex->n_set, 1);
	assert_string_equal(ex->set_names[0], "grace");
	assert_string_equal(ex->set_values[0], "3");
	assert_int_equal(ex->n_rows, 1);
	assert_string_equal(ex->rows[0].table, "account");
	assert_int_equal(ex->rows[0].n, 4);
	assert_int_equal(ex->rows[0].line, 24);
	assert_string_equal(ex->rows[0].names[2], "opened_on");
	assert_string_equal(ex->rows[0].values[2], "2020-01-01");
	assert_int_equal(ex->n_expects, 2);
	assert_string_equal(ex->expects[0].key, "A1");
	assert_string_equal(ex->expects[0].verdict, "fail");
	assert_int_equal(ex->expects[0].n, 1);
	assert_string_equal(ex->expects[0].names[0], "days");
	assert_string_equal(ex->expects[0].values[0], "4");
	assert_string_equal(ex->expects[1].verdict, "indeterminate");
	assert_int_equal(ex->expects[1].n, 0);
}

static void test_everything(void **state)
{
	struct world *w = *state;
	struct rule_set *set;

	put("r/a.xml", pack);
	set = load_set(w);
	assert_reports(w, "");
	assert_int_equal(set->n_rules, 2);
	check_first(set->rules[0]);
	assert_int_equal(set->rules[0]->n_examples, 1);
	check_example(&set->rules[0]->examples[0]);
	assert_ptr_equal(rules_find(set, "ACC-02b"), set->rules[1]);
	assert_null(rules_find(set, "ACC-03"));
	assert_int_equal(set->rules[1]->valid_from, DAY_NONE);
	assert_int_equal(set->rules[1]->valid_to, DAY_NONE);
	assert_null(set->rules[1]->event);
	assert_null(set->rules[1]->scope);
	assert_null(set->rules[1]->since);
	assert_null(set->rules[1]->days);
	assert_int_equal(strlen(set->digest), 64);
}

#define AT(line) "r/a.xml:" #line ": "

static const struct slip shape_slips[] = {
	{ "severity=\"critical\"", "severty=\"critical\"",
	  AT(2) "unknown attribute 'severty' of <rule>; did you mean 'severity'? (known: id, severity, subject)\n"
	  AT(2) "<rule> has no attribute 'severity'\n" },
	{ "\"critical\"", "\"critical\" zzz=\"1\"",
	  AT(2) "unknown attribute 'zzz' of <rule> (known: id, severity, subject)\n" },
	{ "<title>", "<title lang=\"vi\">", AT(3) "unknown attribute 'lang' of <title> (it takes none)\n" },
	{ "\"critical\"", "\"\"", AT(2) "attribute 'severity' of <rule> is empty\n" },
	{ "\"critical\"", "\"hihg\"",
	  AT(2) "attribute 'severity' of <rule> is 'hihg'; did you mean 'high'? (allowed: critical, high, "
		"medium, low)\n" },
	{ "\"critical\"", "\"red\"",
	  AT(2) "attribute 'severity' of <rule> is 'red' (allowed: critical, high, medium, low)\n" },
	{ "<scope>", "<whre>x</whre><scope>",
	  AT(12) "unknown element <whre> in <rule>; did you mean 'where'? (known: title, from, where, key, unit, "
		 "message, remedy, valid, event, scope, since, days, basis, example, param, needs, field, note)\n" },
	{ "<remedy>Khóa", "<remedy><b/>Khóa", AT(21) "unknown element <b> in <remedy> (it takes none)\n" },
	{ "<remedy>", "<title>again</title><remedy>",
	  AT(21) "second <title> in <rule>; the first is in line 3\n" },
	{ "<remedy>Khóa tài khoản</remedy>", "", AT(2) "<rule> has no <remedy>\n" },
	{ "Khóa tài khoản</remedy>", "</remedy>", AT(21) "<remedy> is empty; text expected\n" },
	{ "<remedy>", "stray words<remedy>",
	  AT(2) "text 'stray' in <rule> is not allowed; it holds elements only\n" },
	{ "<days field=\"days\"/>", "<days field=\"days\">x</days>",
	  AT(17) "text 'x' in <days> is not allowed; it holds nothing\n" },
	{ "<remedy>", "<remedy xmlns=\"urn:other\">",
	  AT(21) "<remedy> is in namespace 'urn:other'; expected 'urn:rasoat:rules:1'\n" },
	{ "<example name=\"none\" as-of=\"2026-10-05\"><row table=\"account\"/></example>", "",
	  AT(29) "rule 'ACC-02b': no <example>; every rule needs examples on and around its boundary\n" },
	{ "urn:rasoat:rules:1", "urn:rasoat:rules:2",
	  AT(1) "<rules xmlns=\"urn:rasoat:rules:2\"> found; expected <rules xmlns=\"urn:rasoat:rules:1\">\n" },
};

static const struct slip value_slips[] = {
	{ "ACC-01", "acc-1",
	  AT(2) "rule id 'acc-1'; expected 2 to 4 capitals, '-', two digits and maybe a small letter, as in ACC-01\n" },
	{ "ACC-02b", "ACC-01", AT(29) "rule 'ACC-01' is there twice; the first is at r/a.xml:2\n" },
	{ "date=\"2019-03-26\"", "date=\"26/3/2019\"",
	  AT(5) "attribute 'date' of <basis> is '26/3/2019'; expected a date as YYYY-MM-DD\n" },
	{ "to=\"2030-01-01\"", "to=\"2019-03-25\"",
	  AT(7) "<valid> ends on 2019-03-25, before it starts on 2019-03-26\n" },
	{ "name=\"grace\"", "name=\"Grace\"",
	  AT(9) "attribute 'name' of <param> is 'Grace'; expected small letters a-z, digits and _, a letter first\n"
	  AT(9) "warning: parameter 'Grace' is not used in any SQL of rule 'ACC-01'\n"
	  AT(15) "SQL in <where>: unknown parameter ':grace'; did you mean ':Grace'? (known: :as_of, :Grace, "
		 ":since_day)\n"
	  AT(23) "<set>: no parameter 'grace'; did you mean 'Grace'? (known: Grace, since_day)\n" },
	{ "name=\"since_day\" type=\"date\"", "name=\"as_of\" type=\"date\"",
	  AT(10) "parameter 'as_of' is given by the run; choose another name\n"
	  AT(12) "SQL in <scope>: unknown parameter ':since_day' (known: :as_of, :grace, :as_of)\n" },
	{ "<from>", "<param name=\"grace\" type=\"text\" default=\"\"/><from>",
	  AT(11) "second parameter 'grace'; the first is in line 9\n"
	  AT(11) "warning: parameter 'grace' is not used in any SQL of rule 'ACC-01'\n" },
	{ "default=\"0\"", "default=\"-1\"", AT(9) "default of parameter 'grace' is '-1'; expected a number of days\n" },
	{ "default=\"2020-01-01\"", "default=\"2020-02-30\"",
	  AT(10) "default of parameter 'since_day' is '2020-02-30'; expected a date as YYYY-MM-DD\n" },
	{ "type=\"days\" default=\"0\"", "type=\"int\" default=\"1.5\"",
	  AT(9) "default of parameter 'grace' is '1.5'; expected a whole number\n" },
	{ "name=\"login\"", "name=\"key\"",
	  AT(18) "field 'key': this name is taken by the finding; choose another\n"
	  AT(20) "<message>: unknown placeholder '{login}' (known: key, unit, since, key, days)\n" },
	{ "name=\"login\"", "name=\"days\"",
	  AT(17) "<days>: field 'days' must be of type integer\n"
	  AT(19) "second field 'days'; the first is in line 18\n"
	  AT(20) "<message>: unknown placeholder '{login}' (known: key, unit, since, days, days)\n" },
	{ "<days field=\"days\"/>", "<days field=\"dais\"/>",
	  AT(17) "<days>: no field 'dais'; did you mean 'days'? (known: login, days)\n" },
	{ "{login}", "{logn}",
	  AT(20) "<message>: unknown placeholder '{logn}'; did you mean 'login'? (known: key, unit, since, login, "
		 "days)\n" },
	{ "{login}", "{login", AT(20) "<message>: '{' without '}'\n" },
	{ "{login}", "login}", AT(20) "<message>: '}' without '{'\n" },
};

static const struct slip sql_slips[] = {
	{ ":grace)", ":grce)",
	  AT(9) "warning: parameter 'grace' is not used in any SQL of rule 'ACC-01'\n"
	  AT(15) "SQL in <where>: unknown parameter ':grce'; did you mean ':grace'? (known: :as_of, :grace, "
		 ":since_day)\n" },
	{ "a.login</field>", "a.login; DROP</field>",
	  AT(18) "SQL in <field>: ';' is not allowed; write one expression\n" },
	{ "1 + (2)", "1 + (2", AT(19) "SQL in <field>: '(' without ')'\n" },
	{ "1 + (2)", "1) OR (2", AT(19) "SQL in <field>: ')' without '('\n" },
	{ "1 + (2)", "'a", AT(19) "SQL in <field>: quote ' is not closed\n" },
	{ "1 + (2)", "&quot;a", AT(19) "SQL in <field>: quote \" is not closed\n" },
	{ "1 + (2)", "&quot;;)&quot; || ':x' -- ;(?", "" },
	{ "1 + (2)", "1 /* x", AT(19) "SQL in <field>: comment /* is not closed\n" },
	{ "1 + (2)", "/* x */ -- y", AT(19) "SQL in <field>: nothing but comments; an expression is expected\n" },
	{ "1 + (2)", "1 + ?2",
	  AT(19) "SQL in <field>: '?2' is not allowed; parameters are written :name (known: :as_of, :grace, "
		 ":since_day)\n" },
	{ "1 + (2)", "@a + $b",
	  AT(19) "SQL in <field>: '@a' is not allowed; parameters are written :name (known: :as_of, :grace, "
		 ":since_day)\n"
	  AT(19) "SQL in <field>: '$b' is not allowed; parameters are written :name (known: :as_of, :grace, "
		 ":since_day)\n" },
	{ "1 + (2)", "1::text", AT(19) "SQL in <field>: '::' is not in the common SQL; write CAST(x AS type)\n" },
	{ ":grace)", "3)", AT(9) "warning: parameter 'grace' is not used in any SQL of rule 'ACC-01'\n" },
};

static const struct slip example_slips[] = {
	{ "as-of=\"2026-10-05\">\n<set", "as-of=\"x\">\n<set",
	  AT(22) "attribute 'as-of' of <example> is 'x'; expected a date as YYYY-MM-DD\n" },
	{ "<set param=\"grace\"", "<set param=\"grac\"",
	  AT(23) "<set>: no parameter 'grac'; did you mean 'grace'? (known: grace, since_day)\n" },
	{ "value=\"3\"", "value=\"three\"", AT(23) "<set>: parameter 'grace' is 'three'; expected a number of days\n" },
	{ "value=\"3\"/>", "value=\"3\"/><set param=\"grace\" value=\"4\"/>",
	  AT(23) "second <set> for parameter 'grace' in one example\n" },
	{ "<row table=\"account\"/>", "<row table=\"account\"/><set param=\"x\" value=\"4\"/>",
	  AT(32) "<set>: no parameter 'x' (the rule has none)\n" },
	{ "opened_on=\"2020-01-01\"", "opened_on=\"1/1/2020\"",
	  AT(24) "column 'opened_on' of 'account' is '1/1/2020'; expected a date as YYYY-MM-DD\n" },
	{ "<row table=\"account\"/>", "<row table=\"unit\" unit_id=\"1\" remote=\"no\"/>",
	  AT(32) "column 'remote' of 'unit' is 'no'; expected 0 or 1\n" },
	{ "<expect key=\"A1\"", "<expect kye=\"A1\"",
	  AT(25) "<expect> has no attribute 'key'\n"
	  AT(25) "<expect>: no field 'kye'; did you mean 'key'? (known: key, verdict, login, days)\n" },
	{ "\"indeterminate\"", "\"pass\"",
	  AT(26) "attribute 'verdict' of <expect> is 'pass' (allowed: fail, indeterminate)\n" },
	{ "key=\"A2\"", "key=\"A1\"", AT(26) "second <expect> for key 'A1'; the first is in line 25\n" },
	{ "</example>\n", "</example><example name=\"open\" as-of=\"2026-10-05\"/>\n",
	  AT(27) "<example> has no <row>\n"
	  AT(27) "second example 'open'; the first is in line 22\n" },
};

static void test_shape(void **state)
{
	try_slips(*state, "r/a.xml", pack, shape_slips, COUNT(shape_slips), load);
}

static void test_values(void **state)
{
	try_slips(*state, "r/a.xml", pack, value_slips, COUNT(value_slips), load);
}

static void test_sql(void **state)
{
	try_slips(*state, "r/a.xml", pack, sql_slips, COUNT(sql_slips), load);
}

static void test_examples(void **state)
{
	try_slips(*state, "r/a.xml", pack, example_slips, COUNT(example_slips), load);
}

/* The whole lists of the schema are not repeated here. */
static void test_names_of_the_schema(void **state)
{
	struct world *w = *state;

	put("r/a.xml", with(w, pack, "table=\"account\" account_id", "table=\"acount\" account_id"));
	load(w);
	assert_non_null(strstr(reports(w), AT(24) "<row>: no table 'acount' in the accounts store; did you mean "
						  "'account'? (known: unit, "));
	diags_init(&w->d, w->a);
	put("r/a.xml", with(w, pack, "<row table=\"account\"/>", "<row table=\"case_file\"/>"));
	load(w);
	assert_non_null(strstr(reports(w), AT(32) "<row>: no table 'case_file' in the accounts store"));
	diags_init(&w->d, w->a);
	put("r/a.xml", with(w, pack, "opened_on=\"2020", "open_on=\"2020"));
	load(w);
	assert_non_null(strstr(reports(w), AT(24) "table 'account' has no column 'open_on'; did you mean 'opened_on'? "
						  "(known: account_id, system_id, "));
	assert_int_equal(w->d.count, 1);
	diags_init(&w->d, w->a);
	put("r/a.xml", with(w, pack, "login=\"\"", "class=\"boss\""));
	load(w);
	assert_non_null(strstr(reports(w), AT(24) "column 'class' of 'account' is 'boss'; expected one of person, "));
	diags_init(&w->d, w->a);
	put("r/a.xml", with(w, pack, "store=\"accounts\"", "store=\"ledger\""));
	load(w);
	assert_non_null(strstr(reports(w), AT(1) "attribute 'store' of <rules> is 'ledger' (allowed: cases, accounts)\n"));
}

/* All errors of all files, in the order of the files and of the lines; the digest follows the bytes. */
static void test_folder(void **state)
{
	struct world *w = *state;
	struct rule_set *set;
	char digest[65];

	put("r/b.xml", pack);
	put("r/calendar.xml", "not read here");
	put("r/terms.xml", "not read here");
	put("r/.#b.xml", "an editor's");
	put("r/b.xml~", "an editor's");
	set = load_set(w);
	assert_reports(w, "");
	memcpy(digest, set->digest, sizeof(digest));
	put("r/b.xml", with(w, pack, "days still", "days yet"));
	assert_string_not_equal(load_set(w)->digest, digest);
	put("r/a.xml", with(w, with(w, pack, "{login}", "{x}"), "\"critical\"", "\"x\""));
	put("r/c.xml", "<rules>");
	load(w);
	assert_reports(w,
		       AT(2) "attribute 'severity' of <rule> is 'x' (allowed: critical, high, medium, low)\n"
		       AT(20) "<message>: unknown placeholder '{x}' (known: key, unit, since, login, days)\n"
		       "r/b.xml:2: rule 'ACC-01' is there twice; the first is at r/a.xml:2\n"
		       "r/b.xml:29: rule 'ACC-02b' is there twice; the first is at r/a.xml:29\n"
		       "r/c.xml:1: Premature end of data in tag rules line 1\n");
}

static void test_no_folder(void **state)
{
	struct world *w = *state;

	assert_int_equal(rules_load(w->a, "nowhere", NULL, &w->d)->n_rules, 0);
	assert_int_equal(rules_load(w->a, "r", NULL, &w->d)->n_rules, 0);
	assert_int_equal(mkdir("r/a.xml", 0700), 0);
	load(w);
	assert_reports(w, "nowhere:0: cannot open this folder: No such file or directory\n"
			  "r:0: no .xml files here; 'rasoat init' puts them there\n"
			  "r/a.xml:0: this is a folder; give a file name\n");
}

/* Drift: what the reader takes and the XSD does not is reported. */
static void test_drift(void **state)
{
	struct world *w = *state;

	put("r/a.xml", pack);
	assert_int_equal(mkdir("xsd", 0700), 0);
	put("xsd/rules.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
			     "targetNamespace=\"urn:rasoat:rules:1\"><xs:element name=\"other\"/></xs:schema>");
	(void)rules_load(w->a, "r", "xsd", &w->d);
	assert_reports(w, AT(1) "Element 'rules': No matching global declaration available for the validation root\n");
}

static void test_set_param(void **state)
{
	struct world *w = *state;
	struct rule_set *set;

	put("r/a.xml", pack);
	set = load_set(w);
	rules_set_param(set, "ACC-01", "grace", "7", "rasoat.xml", 9, &w->d);
	assert_reports(w, "");
	assert_string_equal(set->rules[0]->params[0].value, "7");
	rules_set_param(set, "ACC-1", "grace", "7", "rasoat.xml", 10, &w->d);
	rules_set_param(set, "TC-99", "grace", "7", "rasoat.xml", 11, &w->d);
	rules_set_param(set, "ACC-01", "grce", "7", "rasoat.xml", 12, &w->d);
	rules_set_param(set, "ACC-02b", "grace", "7", "rasoat.xml", 13, &w->d);
	rules_set_param(set, "ACC-01", "grace", "soon", "rasoat.xml", 14, &w->d);
	assert_string_equal(set->rules[0]->params[0].value, "7");
	assert_reports(w, "rasoat.xml:10: unknown rule 'ACC-1'; did you mean 'ACC-01'?\n"
			  "rasoat.xml:11: unknown rule 'TC-99'; see 'rasoat check'\n"
			  "rasoat.xml:12: rule 'ACC-01' has no parameter 'grce'; did you mean 'grace'? (known: grace, "
			  "since_day)\n"
			  "rasoat.xml:13: rule 'ACC-02b' has no parameter 'grace' (it has none)\n"
			  "rasoat.xml:14: parameter 'grace' of rule 'ACC-01' is 'soon'; expected a number of days\n");
}

/* The tables follow the enums of rule.h. */
static void test_words(void **state)
{
	(void)state;
	assert_string_equal(severity_words[SEV_CRITICAL], "critical");
	assert_string_equal(severity_words[SEV_HIGH], "high");
	assert_string_equal(severity_words[SEV_MEDIUM], "medium");
	assert_string_equal(severity_words[SEV_LOW], "low");
	assert_string_equal(severity_vietnamese[SEV_CRITICAL], "Nghiêm trọng");
	assert_string_equal(severity_vietnamese[SEV_HIGH], "Cao");
	assert_string_equal(severity_vietnamese[SEV_MEDIUM], "Trung bình");
	assert_string_equal(severity_vietnamese[SEV_LOW], "Thấp");
}

static int set_up_rules(void **state)
{
	int rc = set_up(state);

	return rc ? rc : mkdir("r", 0700);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up_rules, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_everything), T(test_shape),     T(test_values),		     T(test_sql),
		T(test_examples),   T(test_names_of_the_schema), T(test_folder), T(test_no_folder),
		T(test_drift),	    T(test_set_param), T(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
