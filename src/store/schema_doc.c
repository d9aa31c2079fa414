/* docs/stores.md, written from the descriptors, so that it cannot lag behind them. */
#include <rasoat/schema.h>
#include <rasoat/str.h>
#include <stdio.h>
#include <string.h>

static const char opening[] =
	"# The stores\n"
	"\n"
	"This page is written by `rasoat schema --format md` from the descriptors in `src/store/`; a test\n"
	"compares the two.\n"
	"\n"
	"Facts come in as CSV extracts. The name of a table is the name of its extract (`account.csv`,\n"
	"`account-2026Q3.csv`), the names of the columns are the header. Organisation tables are in both data\n"
	"stores and go to both with one import.\n"
	"\n"
	"- **Cells.** UTF-8; blanks at the ends are cut, text becomes NFC, empty means *not known*, never zero.\n"
	"- **date**: ISO in the store; extracts may also say `dd/mm/yyyy`.\n"
	"- **money**: whole đồng; `1.234.567` and `1234567` both read.\n"
	"- **bool**: 0 or 1; extracts also true/false, yes/no, có/không, x.\n"
	"- **code**: text that keeps its leading zeros and is compared byte by byte.\n"
	"- **int**: a whole number, 0 or more unless the column says otherwise.\n"
	"- **Key** columns identify a row; an extract must have them. A row with a key that is there already\n"
	"  replaces the columns its extract has. **Required** columns must be in the extract and filled.\n"
	"- A row that cannot be read goes to `quarantine` with file, line, column and reason.\n"
	"- *to* names the column a value should be found in. Import counts values that are not there; it does\n"
	"  not refuse them.\n"
	"\n"
	"## As-of date\n"
	"\n"
	"Every audit and report sees the facts as of a date. A table with *exists from* has a row when that\n"
	"date is empty or on or before the as-of date. A column with *known from* is empty until that date of\n"
	"its row; without it the value is always known. Planned dates (until_on, expires_on, scheduled_on,\n"
	"valid_to) are always known.\n"
	"\n"
	"## Functions\n"
	"\n"
	"For SQL in rules and templates. Dates are ISO text, NULL in gives NULL out.\n"
	"\n"
	"| function | result |\n"
	"|---|---|\n"
	"| `as_of()` | the as-of date |\n"
	"| `days_between(a, b)` | b - a in days |\n"
	"| `add_days(a, n)` | n days after a |\n"
	"| `workdays_between(a, b)` | worked days after a up to and with b; NULL outside the calendar |\n"
	"| `add_workdays(a, n)` | the n-th worked day after a, before a when n is negative; NULL outside the calendar |\n"
	"| `next_workday(a)` | a when it is worked, else the next worked day |\n"
	"| `matches(text, pattern)` | 1 when the PCRE2 pattern is found in the text, else 0 |\n"
	"| `fold(text)` | lower case, Vietnamese letters without marks |\n";

static const char made[] =
	"### case_clock\n"
	"\n"
	"Case store. The statutory clock of every case and term: made by audits and reports after the as-of\n"
	"date is set, not a part of the stored schema.\n"
	"\n"
	"Columns: `case_id`, `term`, `starts_on`, `due_on`, `ended_on`, `status` (on_time, late, running,\n"
	"overdue, suspended, indeterminate), `overdue_days`, `reason`.\n"
	"\n"
	"### waiver\n"
	"\n"
	"Account store. The waivers of the run (docs/waivers.md), for rules about waivers: such rules run after\n"
	"all others. An audit fills it; in examples it takes rows like any table.\n"
	"\n"
	"| column | type | | meaning |\n|---|---|---|---|\n";

static const char closing[] =
	"\n"
	"## Beside the facts\n"
	"\n"
	"Both data stores have `import_log` (file_name, table_name, sha256, rows_read, rows_loaded,\n"
	"rows_quarantined), one row for each extract by name and content, and `quarantine` (table_name,\n"
	"file_name, line, column_name, reason, row_key, raw). `rasoat_meta` says what kind of store a file is,\n"
	"and has digests of what was imported into each table (docs/ledger.md).\n"
	"\n"
	"## The ledger\n"
	"\n"
	"What audits found. It only grows: no row is ever changed or removed, and each run is chained to the one\n"
	"before it (docs/ledger.md).\n"
	"\n"
	"| table | columns |\n"
	"|---|---|\n"
	"| run | run_id (key), as_of, unit, selected (rules, empty: all), rules_digest, params, cases_digest, "
	"accounts_digest, terms_digest, calendar_digest, organisation_digest, waivers_digest, program, recorded_at |\n"
	"| finding | fingerprint (key), rule_id, subject_key, first_as_of, first_run |\n"
	"| run_rule | run_id (key), rule_id (key), found, indeterminate, error, examined, passed, waived, outside, "
	"rule_digest, depends, content, mark |\n"
	"| run_finding | run_id (key), rule_id (key), seq (key), fingerprint, verdict, reason, unit_id, since, "
	"days, subject_key, fields (JSON array of cell texts), message, waiver, mark |\n"
	"| run_closed | run_id (key), rule_id (key), found_run, closed, content, mark |\n"
	"| closure | run_id (key), rule_id (key), seq (key), fingerprint, verdict, unit_id, subject_key, fields, mark |\n"
	"| organisation | digest (key), content (a unit a line, as of the day: unit_id, parent_id, name, level, remote, in existence, province_code, valid_from, valid_to) |\n"
	"| seal | run_id (key), rules, identities, content, closures, note, chain |\n";

static const char *type_word(enum column_type type)
{
	static const char *const words[] = { "code", "text", "date", "int", "money", "bool", "enum" };

	return words[type];
}

static const char *store_words(unsigned stores)
{
	if (stores == (IN_CASES | IN_ACCOUNTS))
		return "Both data stores";
	return stores == IN_CASES ? "Case store" : "Account store";
}

/* "a b" -> "`a`, `b`" */
static void list_words(const char *words, struct str *out)
{
	while (*words) {
		size_t n = strcspn(words, " ");

		str_addc(out, '`');
		str_addn(out, words, n);
		str_addc(out, '`');
		words += n;
		if (*words) {
			str_add(out, ", ");
			words++;
		}
	}
}

static void column_row(const struct column *c, struct str *out)
{
	str_addf(out, "| %s | %s | %s | ", c->name, type_word(c->type),
		 c->key ? "key" : c->required ? "required" : "");
	str_add(out, c->doc);
	if (c->values) {
		str_add(out, ". One of ");
		list_words(c->values, out);
	}
	if (c->min)
		str_addf(out, "; at least %lld", (long long)c->min);
	if (c->refs)
		str_addf(out, "; to %s", c->refs);
	if (c->known_from)
		str_addf(out, "; known from %s%s", c->known_from, c->undated ? ", or when that is empty" : "");
	str_add(out, " |\n");
}

/* 2500000 -> 2,500,000 */
static void add_number(int64_t n, struct str *out)
{
	char digits[24];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)n);

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			str_addc(out, ',');
		str_addc(out, digits[i]);
	}
}

/* How many rows to expect, and what may be joined on. */
static void size_line(const struct table *t, struct str *out)
{
	const char *table, *columns, *sep = " Indexes beside the key: ";

	str_add(out, "\nRows in the whole country, about: ");
	add_number(t->rows, out);
	str_add(out, t->rows >= SCHEMA_LARGE ? " (a large table)." : ".");
	for (int i = 0; schema_index(i, &table, &columns); i++) {
		if (strcmp(table, t->name) != 0)
			continue;
		str_addf(out, "%s(%s)", sep, columns);
		sep = ", ";
	}
	str_add(out, *sep == ',' ? ".\n\n" : "\n\n");
}

static void table_section(const struct table *t, struct str *out)
{
	str_addf(out, "### %s\n\n%s. %s. Extract: %s.", t->name, store_words(t->stores), t->doc, t->extract);
	if (t->classified)
		str_add(out, " Classified: no message and no file outside the store shows its cells.");
	if (t->exists_from)
		str_addf(out, " Exists from: %s.", t->exists_from);
	str_add(out, "\n\n| column | type | | meaning |\n|---|---|---|---|\n");
	for (int i = 0; i < t->n_columns; i++)
		column_row(&t->columns[i], out);
	size_line(t, out);
}

static void relation_section(const struct relation *r, struct str *out)
{
	str_addf(out, "### %s\n\n%s. %s\n\nColumns: ", r->name, store_words(r->stores), r->doc);
	list_words(r->columns, out);
	str_addf(out, ".\n\n```sql\n%s\n```\n\n", r->sql);
}

void schema_markdown(struct str *out)
{
	const struct table *tables;
	const struct relation *relations;
	int n;

	str_add(out, opening);
	str_add(out, "\n## Tables\n\n");
	tables = schema_tables(&n);
	for (int i = 0; i < n; i++)
		table_section(&tables[i], out);
	str_add(out, "## Shared relations\n\n"
		     "Views over the tables as of the as-of date; every engine has them.\n\n");
	relations = schema_relations(&n);
	for (int i = 0; i < n; i++)
		relation_section(&relations[i], out);
	str_add(out, made);
	for (int i = 0; i < schema_waiver()->n_columns; i++)
		column_row(&schema_waiver()->columns[i], out);
	str_add(out, closing);
}
