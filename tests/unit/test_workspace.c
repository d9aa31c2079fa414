#include "loader.h"

#include <rasoat/workspace.h>

static const char fixture[] =
	"<workspace xmlns=\"urn:rasoat:workspace:1\">\n"					     /* 1 */
	"<agency unit=\"00\">\n"								     /* 2 */
	"<superior>BỘ TÀI CHÍNH</superior><name>BẢO HIỂM XÃ HỘI VIỆT NAM</name>\n"		     /* 3 */
	"<place>Hà Nội</place><symbol>BC-BHXH</symbol>\n"					     /* 4 */
	"<signatory authority=\"KT. GIÁM ĐỐC\" post=\"PHÓ GIÁM ĐỐC\" name=\"Trần Văn An\"/>\n"	     /* 5 */
	"<addressee>Thanh tra Chính phủ</addressee><recipient>Như trên</recipient><recipient>Lưu</recipient>\n" /* 6 */
	"</agency>\n"										     /* 7 */
	"<stores cases=\"sqlite:d/cases.db\" accounts=\"sqlite:/abs/a.db\" ledger=\"postgresql:host\"/>\n"  /* 8 */
	"<paths rules=\"r\" templates=\"/t\" out=\"o\"/>\n"					     /* 9 */
	"<fonts dir=\"f\"/>\n"									     /* 10 */
	"<quarantine limit=\"5\"/><worklist high=\"7\" symbol=\"BHXH-TTKT\"/>\n"								     /* 11 */
	"<param rule=\"ACC-01\" name=\"grace\" value=\"7\"/>\n"					     /* 12 */
	"</workspace>\n";

static struct workspace *open_at(struct world *w, const char *dir, struct err *e)
{
	struct workspace *ws = NULL;

	diags_init(&w->d, w->a);
	if (workspace_open(w->a, dir, &ws, &w->d, e) != ST_OK)
		assert_null(ws);
	return ws;
}

static void load(struct world *w)
{
	struct err e = ERR_INIT;

	(void)open_at(w, "w", &e);
}

static void test_everything(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	const struct workspace *ws;

	put("w/rasoat.xml", fixture);
	ws = open_at(w, "w", &e);
	assert_reports(w, "");
	assert_non_null(ws);
	assert_string_equal(ws->dir, "w");
	assert_string_equal(ws->file, "w/rasoat.xml");
	assert_string_equal(ws->agency.superior, "BỘ TÀI CHÍNH");
	assert_string_equal(ws->agency.name, "BẢO HIỂM XÃ HỘI VIỆT NAM");
	assert_string_equal(ws->agency.unit_id, "00");
	assert_string_equal(ws->agency.place, "Hà Nội");
	assert_string_equal(ws->agency.symbol, "BC-BHXH");
	assert_string_equal(ws->agency.authority, "KT. GIÁM ĐỐC");
	assert_string_equal(ws->agency.post, "PHÓ GIÁM ĐỐC");
	assert_string_equal(ws->agency.signatory, "Trần Văn An");
	assert_int_equal(ws->agency.n_addressees, 1);
	assert_string_equal(ws->agency.addressees[0], "Thanh tra Chính phủ");
	assert_int_equal(ws->agency.n_recipients, 2);
	assert_string_equal(ws->agency.recipients[1], "Lưu");
	assert_string_equal(ws->cases_uri, "sqlite:w/d/cases.db");
	assert_string_equal(ws->accounts_uri, "sqlite:/abs/a.db");
	assert_string_equal(ws->ledger_uri, "postgresql:host");
	assert_string_equal(ws->rules_dir, "w/r");
	assert_string_equal(ws->templates_dir, "/t");
	assert_string_equal(ws->out_dir, "w/o");
	assert_string_equal(ws->font_dir, "w/f");
	assert_int_equal(ws->quarantine_limit, 5);
	assert_true(ws->worklist.days_set);
	assert_int_equal(ws->worklist.days[SEV_CRITICAL], 5);
	assert_int_equal(ws->worklist.days[SEV_HIGH], 7);
	assert_int_equal(ws->worklist.days[SEV_LOW], 30);
	assert_string_equal(ws->worklist.symbol, "BHXH-TTKT");
	assert_null(ws->rules);
	assert_null(ws->templates);
}

/* The sample is right as it is, with the XSD too; standing in the folder, nothing goes in front. */
static void test_sample(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	CLEANUP(str_free) struct str sample = STR_INIT;
	const struct workspace *ws;

	workspace_sample(&sample);
	put("rasoat.xml", sample.p);
	ws = open_at(w, ".", &e);
	assert_reports(w, "");
	assert_non_null(ws);
	assert_string_equal(ws->file, "rasoat.xml");
	assert_string_equal(ws->cases_uri, "sqlite:cases.db");
	assert_string_equal(ws->accounts_uri, "sqlite:accounts.db");
	assert_string_equal(ws->ledger_uri, "sqlite:ledger.db");
	assert_string_equal(ws->rules_dir, "rules");
	assert_string_equal(ws->templates_dir, "templates");
	assert_string_equal(ws->out_dir, "out");
	assert_string_equal(ws->font_dir, "/usr/share/fonts/truetype/liberation2");
	assert_int_equal(ws->quarantine_limit, 0);
	assert_false(ws->worklist.days_set);
	assert_int_equal(ws->worklist.days[SEV_MEDIUM], 20);
	assert_null(ws->worklist.symbol);
	assert_string_equal(ws->agency.superior, "BỘ TÀI CHÍNH");
	assert_string_equal(ws->agency.name, "BẢO HIỂM XÃ HỘI VIỆT NAM");
	assert_string_equal(ws->agency.place, "Hà Nội");
	assert_string_equal(ws->agency.post, "TỔNG GIÁM ĐỐC");
	assert_string_equal(ws->agency.signatory, "");
	assert_null(ws->agency.unit_id);
}

/* The first word of each is the law's reading, and the default. */
static void test_term_settings(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	const struct workspace *ws;

	put("w/rasoat.xml", fixture);
	ws = open_at(w, "w", &e);
	assert_false(ws->term_settings.ground_optional || ws->term_settings.before_lenient || ws->term_settings.fixed_rolls);
	put("w/rasoat.xml", with(w, fixture, "<fonts dir=\"f\"/>",
				 "<terms complexity-ground=\"optional\" before-day=\"lenient\" fixed-day=\"next-workday\"/>"));
	ws = open_at(w, "w", &e);
	assert_reports(w, "");
	assert_true(ws->term_settings.ground_optional && ws->term_settings.before_lenient && ws->term_settings.fixed_rolls);
}

static void test_no_workspace(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;

	assert_null(open_at(w, "w", &e));
	assert_string_equal(e.text, "w: no rasoat.xml here; run 'rasoat init DIR' or use -C DIR");
	assert_null(open_at(w, NULL, &e));
	assert_string_equal(e.text, ".: no rasoat.xml here; run 'rasoat init DIR' or use -C DIR");
	assert_int_equal(mkdir("w/rasoat.xml", 0700), 0);
	assert_null(open_at(w, "w", &e));
	assert_string_equal(e.text, "w: no rasoat.xml here; run 'rasoat init DIR' or use -C DIR");
}

#define AT(line) "w/rasoat.xml:" #line ": "

static const struct slip slips[] = {
	{ "cases=\"sqlite:d/cases.db\"", "cases=\"cases.db\"",
	  AT(8) "attribute 'cases' of <stores> is 'cases.db'; expected a store such as sqlite:cases.db\n" },
	{ "cases=\"sqlite:d/cases.db\"", "cases=\"sqlite:\"",
	  AT(8) "attribute 'cases' of <stores> is 'sqlite:'; expected a store such as sqlite:cases.db\n" },
	{ "cases=\"sqlite:d/cases.db\"", "cases=\"sqlite::memory:\"", "" },
	{ " ledger=\"postgresql:host\"", "", AT(8) "<stores> has no attribute 'ledger'\n" },
	{ "<place>Hà Nội</place>", "", AT(2) "<agency> has no <place>\n" },
	{ "<name>BẢO HIỂM XÃ HỘI VIỆT NAM</name>", "<name/>", AT(3) "<name> is empty; text expected\n" },
	{ "<superior>BỘ TÀI CHÍNH</superior>", "<superior/>", "" },
	{ "post=", "pots=",
	  AT(5) "unknown attribute 'pots' of <signatory>; did you mean 'post'? (known: post, authority, name)\n"
	  AT(5) "<signatory> has no attribute 'post'\n" },
	{ "limit=\"5\"", "limit=\"-5\"",
	  AT(11) "attribute 'limit' of <quarantine> is '-5'; expected a whole number from 0 to 999999999\n" },
	{ "<fonts dir=\"f\"/>", "<fonts dir=\"f\"/><terms before-day=\"lenient\"/>", "" },
	{ "<fonts dir=\"f\"/>", "<fonts dir=\"f\"/><terms before-day=\"lenent\"/>",
	  AT(10) "attribute 'before-day' of <terms> is 'lenent'; did you mean 'lenient'? (allowed: strict, lenient)\n" },
	{ "<fonts dir=\"f\"/>", "<fonts dir=\"f\"/><terms complexity-ground=\"no\" fixed-day=\"roll\"/>",
	  AT(10) "attribute 'complexity-ground' of <terms> is 'no' (allowed: required, optional)\n"
	  AT(10) "attribute 'fixed-day' of <terms> is 'roll' (allowed: exact, next-workday)\n" },
	{ "</workspace>", "<param rule=\"ACC-01\" name=\"grace\" value=\"8\"/></workspace>",
	  AT(13) "parameter 'grace' of rule 'ACC-01' is set twice; first in line 12\n" },
};

static void test_slips(void **state)
{
	try_slips(*state, "w/rasoat.xml", fixture, slips, COUNT(slips), load);
}

static void test_first_error(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;

	put("w/rasoat.xml", with(w, with(w, fixture, "<place>Hà Nội</place>", ""), "limit=\"5\"", "limit=\"x\""));
	assert_null(open_at(w, "w", &e));
	assert_string_equal(e.text, "w/rasoat.xml:2: <agency> has no <place> (and 1 more)");
}

#define RULE                                                                                                       \
	"<rules xmlns=\"urn:rasoat:rules:1\" pack=\"p\" store=\"accounts\"><rule id=\"ACC-01\" severity=\"low\" "  \
	"subject=\"account\"><title>t</title><basis document=\"d\"/>"                                              \
	"<param name=\"grace\" type=\"days\" default=\"0\"/><from>account a</from><where>:grace > 1</where>"       \
	"<key>a.account_id</key><unit>a.unit_id</unit><message>m</message><remedy>r</remedy>"                      \
	"<example name=\"e\" as-of=\"2026-01-01\"><row table=\"account\"/></example></rule></rules>"

static void put_rules(void)
{
	assert_int_equal(mkdir("w/r", 0700), 0);
	put("w/r/a.xml", RULE);
	put("w/r/calendar.xml", "<calendar xmlns=\"urn:rasoat:calendar:1\" from=\"2026\" to=\"2026\">"
				"<year number=\"2026\"/></calendar>");
	put("w/r/terms.xml", "<terms xmlns=\"urn:rasoat:terms:1\"><term id=\"T\" kind=\"complaint\" "
			     "start=\"received_on\" end=\"closed_on\"><title>t</title><version><basis document=\"d\"/>"
			     "<length days=\"1\"/></version></term></terms>");
}

static void test_load_rules(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	struct workspace *ws;

	put("w/rasoat.xml", fixture);
	put_rules();
	ws = open_at(w, "w", &e);
	assert_non_null(ws);
	assert_int_equal(workspace_load_rules(w->a, ws, &w->d, &e), ST_OK);
	assert_reports(w, "");
	assert_int_equal(ws->rules->n_rules, 1);
	assert_string_equal(ws->rules->rules[0]->params[0].value, "7");
	assert_int_equal(ws->terms->n_terms, 1);
	assert_non_null(ws->workdays);
}

/* waivers.xml may be missing, but not the file that rasoat.xml names; they are read with the rules. */
static void test_load_waivers(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	struct workspace *ws;

	put("w/rasoat.xml", fixture);
	put_rules();
	ws = open_at(w, "w", &e);
	assert_string_equal(ws->waivers_file, "w/waivers.xml");
	assert_int_equal(ws->waiver_days, 366);
	assert_int_equal(workspace_load_rules(w->a, ws, &w->d, &e), ST_OK);
	assert_int_equal(ws->waivers->n, 0);
	put("w/rasoat.xml", with(w, fixture, "<fonts", "<waivers file=\"mt.xml\" longest=\"31\"/><fonts"));
	ws = open_at(w, "w", &e);
	assert_int_equal(workspace_load_rules(w->a, ws, &w->d, &e), ST_ERR);
	assert_reports(w, "w/mt.xml:0: not found; <waivers> of rasoat.xml names it\n");
	put("w/mt.xml", "<waivers xmlns=\"urn:rasoat:waivers:1\">\n"
			"<waiver id=\"a\" rule=\"ACC-01\" from=\"2026-01-01\" to=\"2026-02-01\">\n"
			"<reason>r</reason><requester>x</requester><approver>y</approver>\n"
			"<document number=\"1\" date=\"2026-01-01\"/></waiver></waivers>\n");
	ws = open_at(w, "w", &e);
	assert_int_equal(workspace_load_rules(w->a, ws, &w->d, &e), ST_ERR);
	assert_reports(w, "w/mt.xml:2: waiver 'a' lasts 32 days; at most 31 (longest of <waivers> in rasoat.xml)\n");
}

/* Every broken file says so, in the order of reading. */
static void test_load_broken(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	struct workspace *ws;

	put("w/rasoat.xml", with(w, fixture, "name=\"grace\"", "name=\"grade\""));
	put_rules();
	assert_int_equal(unlink("w/r/calendar.xml"), 0);
	put("w/r/terms.xml", "<terms/>");
	ws = open_at(w, "w", &e);
	assert_non_null(ws);
	assert_int_equal(workspace_load_rules(w->a, ws, &w->d, &e), ST_ERR);
	assert_reports(w, "w/r/calendar.xml:0: cannot read: No such file or directory; check the name\n"
			  "w/r/terms.xml:1: <terms xmlns=\"\"> found; expected <terms xmlns=\"urn:rasoat:terms:1\">\n"
			  "w/rasoat.xml:12: rule 'ACC-01' has no parameter 'grade'; did you mean 'grace'? (known: "
			  "grace)\n");
	assert_string_equal(e.text, "w/r/calendar.xml: cannot read: No such file or directory; check the name (and 2 "
				    "more)");
}

static void test_load_templates(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	struct workspace *ws;

	put("w/rasoat.xml", with(w, fixture, "templates=\"/t\" ", ""));
	ws = open_at(w, "w", &e);
	assert_non_null(ws);
	assert_int_equal(workspace_load_templates(w->a, ws, &w->d, &e), ST_ERR);
	assert_string_equal(e.text, "w/templates: cannot open this folder: No such file or directory");
	diags_init(&w->d, w->a);
	assert_int_equal(mkdir("w/templates", 0700), 0);
	put("w/templates/x.xml", "<report xmlns=\"urn:rasoat:report:1\" id=\"x\" store=\"cases\" periods=\"year\">"
				 "<title>x</title></report>");
	assert_int_equal(workspace_load_templates(w->a, ws, &w->d, &e), ST_OK);
	assert_int_equal(ws->templates->n_items, 1);
}

static void test_datadir(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	const char *data;

	put("w/rasoat.xml", fixture);
	data = arena_printf(w->a, "%s/data", w->folder);
	assert_int_equal(mkdir("data", 0700), 0);
	assert_int_equal(setenv("RASOAT_DATADIR", data, 1), 0);
	if (workspace_datadir(w->a)) /* without schemas/ it is not the one */
		assert_string_not_equal(workspace_datadir(w->a), data);
	assert_int_equal(rmdir("data"), 0);
	assert_int_equal(setenv("RASOAT_DATADIR", w->root, 1), 0);
	assert_string_equal(workspace_datadir(w->a), w->root);
	assert_string_equal(open_at(w, "w", &e)->schema_dir, w->schemas);
	assert_int_equal(mkdir("w/schemas", 0700), 0);
	put("w/schemas/workspace.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>");
	assert_null(open_at(w, "w", &e)); /* the workspace's own come first */
	assert_reports(w, AT(1) "Element 'workspace': No matching global declaration available for the validation "
				"root\n");
}

static int set_up_workspace(void **state)
{
	int rc = set_up(state);
	struct world *w = *state;

	return rc || setenv("RASOAT_DATADIR", w->root, 1) ? 1 : mkdir("w", 0700);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up_workspace, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_everything),  T(test_sample),	 T(test_term_settings), T(test_no_workspace),	 T(test_slips),	  T(test_first_error),
		T(test_load_waivers), T(test_load_rules), T(test_load_broken), T(test_load_templates), T(test_datadir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
