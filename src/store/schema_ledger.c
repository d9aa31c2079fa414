/* The tables of the ledger: they only grow (docs/ledger.md), and triggers refuse everything else. */
#include <rasoat/schema.h>

#include <rasoat/str.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

/*
 * `mark`: the first eight bytes of the running digest after this row, so that the first row that differs
 * can be named. `content`: that digest after the last row (src/audit/chain.c).
 */
static const char tables[] =
	"CREATE TABLE run(\n"
	"  run_id INTEGER PRIMARY KEY,\n  as_of TEXT,\n  unit TEXT,\n  selected TEXT,\n"
	"  rules_digest TEXT,\n  params TEXT,\n  cases_digest TEXT,\n  accounts_digest TEXT,\n"
	"  terms_digest TEXT,\n  calendar_digest TEXT,\n  organisation_digest TEXT,\n  waivers_digest TEXT,\n"
	"  program TEXT,\n  recorded_at TEXT\n);\n"
	"CREATE TABLE finding(\n"
	"  fingerprint TEXT NOT NULL PRIMARY KEY,\n  rule_id TEXT,\n  subject_key TEXT,\n"
	"  first_as_of TEXT,\n  first_run INTEGER\n) WITHOUT ROWID;\n"
	"CREATE TABLE run_rule(\n"
	"  run_id INTEGER NOT NULL,\n  rule_id TEXT NOT NULL,\n  found INTEGER,\n"
	"  indeterminate INTEGER,\n  error TEXT,\n  examined INTEGER,\n  passed INTEGER,\n"
	"  waived INTEGER,\n  outside INTEGER,\n  rule_digest TEXT,\n  depends TEXT,\n  content TEXT,\n"
	"  mark INTEGER,\n  PRIMARY KEY(run_id, rule_id)\n) WITHOUT ROWID;\n"
	"CREATE TABLE run_finding(\n"
	"  run_id INTEGER NOT NULL,\n  seq INTEGER NOT NULL,\n  rule_id TEXT NOT NULL,\n"
	"  fingerprint TEXT,\n  verdict TEXT,\n  reason TEXT,\n  unit_id TEXT,\n  since TEXT,\n"
	"  days INTEGER,\n  subject_key TEXT,\n  fields TEXT, -- JSON array of cell texts\n"
	"  message TEXT,\n  waiver TEXT,\n  mark INTEGER,\n  PRIMARY KEY(run_id, rule_id, seq)\n) WITHOUT ROWID;\n"
	"CREATE TABLE run_closed(\n"
	"  run_id INTEGER NOT NULL,\n  rule_id TEXT NOT NULL,\n  found_run INTEGER,\n  closed INTEGER,\n"
	"  content TEXT,\n  mark INTEGER,\n  PRIMARY KEY(run_id, rule_id)\n) WITHOUT ROWID;\n"
	"CREATE TABLE closure(\n"
	"  run_id INTEGER NOT NULL,\n  seq INTEGER NOT NULL,\n  rule_id TEXT NOT NULL,\n"
	"  fingerprint TEXT,\n  verdict TEXT,\n  unit_id TEXT,\n  subject_key TEXT,\n"
	"  fields TEXT,\n  mark INTEGER,\n  PRIMARY KEY(run_id, rule_id, seq)\n) WITHOUT ROWID;\n"
	"CREATE TABLE organisation(\n"
	"  digest TEXT NOT NULL PRIMARY KEY,\n  content TEXT\n) WITHOUT ROWID;\n"
	"CREATE TABLE seal(\n"
	"  run_id INTEGER PRIMARY KEY,\n  rules INTEGER,\n  identities INTEGER,\n  content TEXT,\n"
	"  closures TEXT,\n  note TEXT,\n  chain TEXT\n);\n";

const char *const ledger_tables[] = { "run",	  "finding",	  "run_rule", "run_finding", "run_closed",
				      "closure", "organisation", "seal",     NULL };

void schema_ledger_ddl(struct str *out)
{
	static const char *const verbs[] = { "update", "delete" };

	str_add(out, tables);
	for (int i = 0; ledger_tables[i]; i++)
		for (int v = 0; v < COUNT(verbs); v++)
			str_addf(out,
				 "CREATE TRIGGER %s_no_%s BEFORE %s ON %s\nBEGIN\n"
				 "  SELECT RAISE(ABORT, 'the ledger only grows: no %s of %s');\nEND;\n",
				 ledger_tables[i], verbs[v], verbs[v], ledger_tables[i], verbs[v], ledger_tables[i]);
}
