/*
 * What PostgreSQL is given as text: tables, helper functions, temporary relations.
 *
 * Dates are ISO text as in SQLite, yes/no is smallint 0/1, all text compares byte by byte.
 */
#include "postgresql_parts.h"

#include <rasoat/date.h>
#include <rasoat/hash.h>
#include <rasoat/text.h>
#include <rasoat/workdays.h>
#include <string.h>

const char *pg_schema(enum store_kind kind)
{
	return kind == STORE_ACCOUNTS ? "rasoat_accounts" : "rasoat_cases";
}

/* ---- tables ---- */

static const char *column_type(enum column_type type)
{
	switch (type) {
	case COL_BOOL:
		return "smallint";
	case COL_INT:
	case COL_MONEY:
		return "bigint";
	default:
		return "text COLLATE \"C\"";
	}
}

void pg_table_columns(const struct table *t, const char *more, struct str *out)
{
	for (int i = 0; i < t->n_columns; i++)
		str_addf(out, "%s%s %s%s", i ? ", " : "", t->columns[i].name, column_type(t->columns[i].type),
			 t->columns[i].key ? " NOT NULL" : "");
	str_add(out, more);
}

void pg_table_ddl(const char *schema, const struct table *t, const char *more, struct str *out)
{
	const char *sep = "";

	str_addf(out, "CREATE TABLE %s.%s(\n", schema, t->name);
	for (int i = 0; i < t->n_columns; i++)
		str_addf(out, "  %s %s%s,\n", t->columns[i].name, column_type(t->columns[i].type),
			 t->columns[i].key ? " NOT NULL" : "");
	str_addf(out, "%s  PRIMARY KEY(", more);
	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].key) {
			str_addf(out, "%s%s", sep, t->columns[i].name);
			sep = ", ";
		}
	str_add(out, "));\n");
}

void pg_index_ddl(const char *schema, const char *table, const char *columns, struct str *out)
{
	str_addf(out, "CREATE INDEX %s_", table);
	for (const char *c = columns; *c; c++)
		if (*c != ' ')
			str_addc(out, *c == ',' ? '_' : *c);
	str_addf(out, " ON %s.%s(%s);\n", schema, table, columns);
}

void pg_schema_ddl(enum store_kind kind, struct str *out)
{
	const char *s = pg_schema(kind), *table, *columns;
	const struct table *t;
	int n;

	str_addf(out, "CREATE SCHEMA %s;\nREVOKE ALL ON SCHEMA %s FROM PUBLIC;\n", s, s);
	str_addf(out,
		 "CREATE TABLE %s.rasoat_meta(name text COLLATE \"C\" PRIMARY KEY, value text);\n"
		 "INSERT INTO %s.rasoat_meta VALUES('kind', '%d'), ('version', '%d');\n",
		 s, s, kind, SCHEMA_VERSION);
	t = schema_tables(&n);
	for (int i = 0; i < n; i++)
		if (t[i].stores & 1u << kind)
			pg_table_ddl(s, &t[i], "", out);
	for (int i = 0; schema_index(i, &table, &columns); i++)
		if (schema_table(table)->stores & 1u << kind)
			pg_index_ddl(s, table, columns, out);
	str_addf(out,
		 "CREATE TABLE %s.import_log(\n"
		 "  file_name text COLLATE \"C\" NOT NULL,\n  table_name text COLLATE \"C\" NOT NULL,\n"
		 "  sha256 text COLLATE \"C\" NOT NULL,\n"
		 "  rows_read bigint,\n  rows_loaded bigint,\n  rows_quarantined bigint,\n"
		 "  PRIMARY KEY(file_name, sha256)\n);\n"
		 "CREATE TABLE %s.quarantine(\n"
		 "  table_name text COLLATE \"C\" NOT NULL,\n  file_name text COLLATE \"C\" NOT NULL,\n"
		 "  line bigint NOT NULL,\n  column_name text COLLATE \"C\",\n  reason text COLLATE \"C\",\n"
		 "  row_key text COLLATE \"C\",\n  raw text COLLATE \"C\",\n"
		 "  PRIMARY KEY(table_name, file_name, line)\n);\n",
		 s, s);
}

/* ---- functions ---- */

/* A day from 1900-01-01 to 2199-12-31 that there is, as date.c reads it. */
#define DAY_PATTERN                                                                              \
	"^(?:(?:19|20|21)[0-9][0-9]-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"            \
	"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"                    \
	"|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)$"

/*
 * The digits one by one, without a cast of text: postgres_fdw sends no such cast to a shard. SQL
 * functions are inlined, so a shard needs none of them.
 */
static const char dates_ddl[] =
	"CREATE OR REPLACE FUNCTION rasoat_functions.as_of() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE\n"
	"AS $$ SELECT nullif(current_setting('rasoat.as_of', true), '') $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.day(a text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
	"AS $$ SELECT CASE WHEN a ~ '" DAY_PATTERN "'\n"
	"  THEN make_date(ascii(a) * 1000 + ascii(substr(a, 2, 1)) * 100 + ascii(substr(a, 3, 1)) * 10\n"
	"    + ascii(substr(a, 4, 1)) - 53328, ascii(substr(a, 6, 1)) * 10 + ascii(substr(a, 7, 1)) - 528,\n"
	"    ascii(substr(a, 9, 1)) * 10 + ascii(substr(a, 10, 1)) - 528) END $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.days_between(a text, b text) RETURNS bigint\n"
	"LANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
	"AS $$ SELECT (rasoat_functions.day(b) - rasoat_functions.day(a))::bigint $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.add_days(a text, n bigint) RETURNS text\n"
	"LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$\n"
	"DECLARE d date := rasoat_functions.day(a);\n"
	"BEGIN\n"
	"  IF d IS NULL OR n < -200000 OR n > 200000 THEN RETURN NULL; END IF;\n"
	"  d := d + n::int;\n"
	"  IF d < make_date(1900, 1, 1) OR d > make_date(2199, 12, 31) THEN RETURN NULL; END IF;\n"
	"  RETURN to_char(d, 'YYYY-MM-DD');\n"
	"END $$;\n";

/*
 * calendar(day, worked, upto): upto counts the worked days up to and with this one. It is data, so
 * these are STABLE.
 */
static const char workdays_ddl[] =
	"CREATE TABLE IF NOT EXISTS rasoat_functions.calendar(day text COLLATE \"C\" PRIMARY KEY,\n"
	"  worked boolean NOT NULL, upto bigint NOT NULL);\n"
	"CREATE INDEX IF NOT EXISTS calendar_worked ON rasoat_functions.calendar(upto) WHERE worked;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.workdays_between(a text, b text) RETURNS bigint\n"
	"LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$\n"
	"BEGIN\n"
	"  RETURN (SELECT c.upto FROM rasoat_functions.calendar c WHERE c.day = b)\n"
	"    - (SELECT c.upto FROM rasoat_functions.calendar c WHERE c.day = a);\n"
	"END $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.add_workdays(a text, n bigint) RETURNS text\n"
	"LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$\n"
	"DECLARE start rasoat_functions.calendar;\n"
	"BEGIN\n"
	"  SELECT * INTO start FROM rasoat_functions.calendar c WHERE c.day = a;\n"
	"  IF n < -200000 OR n > 200000 OR start.day IS NULL THEN RETURN NULL; END IF;\n"
	"  IF n = 0 THEN RETURN a; END IF;\n"
	"  RETURN (SELECT c.day FROM rasoat_functions.calendar c WHERE c.worked\n"
	"    AND c.upto = start.upto + n + (n < 0 AND NOT start.worked)::int);\n"
	"END $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.next_workday(a text) RETURNS text\n"
	"LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$\n"
	"DECLARE start rasoat_functions.calendar;\n"
	"BEGIN\n"
	"  SELECT * INTO start FROM rasoat_functions.calendar c WHERE c.day = a;\n"
	"  IF start.day IS NULL OR start.worked THEN RETURN start.day; END IF;\n"
	"  RETURN (SELECT c.day FROM rasoat_functions.calendar c\n"
	"    WHERE c.worked AND c.upto = start.upto + 1);\n"
	"END $$;\n";

/*
 * PCRE2 and PostgreSQL agree on this part of the language, but for "." and "$" which are written
 * out: in PCRE2 the one does not match a line's end and the other also stands before the last one.
 * Anything else is refused, so no pattern can mean two things.
 */
static const char matches_ddl[] =
	"CREATE OR REPLACE FUNCTION rasoat_functions.pattern(p text) RETURNS text\n"
	"LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$\n"
	"DECLARE\n"
	"  rest text := p; part text; made text := ''; level int := 0; atom boolean := false;\n"
	"  lf constant text := chr(10);\n"
	"BEGIN\n"
	"  WHILE rest <> '' LOOP\n"
	"    part := substring(rest FROM '^\\[\\^?(?:\\\\[][!\"#$%&''()*+,./:;<=>?@\\\\^_`{|}~-]|[^][\\\\])+\\]');\n"
	"    IF part IS NOT NULL THEN made := made || part; atom := true;\n"
	"    ELSE\n"
	"      part := substring(rest FROM '^(?:\\\\[][!\"#$%&''()*+,./:;<=>?@\\\\^_`{|}~-]|\\(\\?:'\n"
	"        || '|[*+?]\\?" "?(?![*+?{])|\\{[0-9]{1,3}(?:,[0-9]{0,3})?\\}\\?" "?(?![*+?{])"
	"|[^][\\\\(){}*+?]|\\((?!\\?|\\*)|\\))');\n"
	"      IF part IS NULL THEN EXIT; END IF;\n"
	"      IF part = '.' THEN made := made || '[^' || lf || ']'; atom := true;\n"
	"      ELSIF part = '^' THEN made := made || part; atom := false;\n"
	"      ELSIF part = '$' THEN made := made || '(?:$|(?=' || lf || '$))'; atom := false;\n"
	"      ELSIF part = '|' THEN made := made || part; atom := false;\n"
	"      ELSIF part = '(' OR part = '(?:' THEN level := level + 1; made := made || '(?:'; atom := false;\n"
	"      ELSIF part = ')' THEN\n"
	"        IF level = 0 THEN EXIT; END IF;\n"
	"        level := level - 1; made := made || part; atom := true;\n"
	"      ELSIF left(part, 1) IN ('*', '+', '?', '{') THEN\n"
	"        IF NOT atom OR (left(part, 1) = '{' AND part ~ '([3-9]..|2[6-9].|25[6-9])') THEN EXIT; END IF;\n"
	"        made := made || part; atom := false;\n"
	"      ELSE made := made || part; atom := true;\n"
	"      END IF;\n"
	"    END IF;\n"
	"    rest := substr(rest, length(part) + 1);\n"
	"  END LOOP;\n"
	"  IF rest <> '' OR level > 0 THEN\n"
	"    RAISE EXCEPTION 'matches: the pattern ''%'' is outside the part of PCRE2 that PostgreSQL reads"
	" the same way; use letters, [...], . ^ $ | ( ) * + ? {m,n} and escaped signs', p;\n"
	"  END IF;\n"
	"  RETURN '***:' || made;\n"
	"END $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.matches(t text, p text) RETURNS bigint\n"
	"LANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
	"AS $$ SELECT ((t COLLATE \"C\") ~ rasoat_functions.pattern(p))::int::bigint $$;\n";

static const char group_concat_ddl[] =
	"CREATE OR REPLACE FUNCTION rasoat_functions.concat_step(s text, v text, sep text) RETURNS text\n"
	"LANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
	"AS $$ SELECT CASE WHEN v IS NULL THEN s WHEN s IS NULL THEN v ELSE s || coalesce(sep, '') || v END $$;\n"
	"CREATE OR REPLACE FUNCTION rasoat_functions.concat_step(s text, v text) RETURNS text\n"
	"LANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
	"AS $$ SELECT CASE WHEN v IS NULL THEN s WHEN s IS NULL THEN v ELSE s || ',' || v END $$;\n"
	"CREATE OR REPLACE AGGREGATE rasoat_functions.group_concat(text, text)\n"
	"  (SFUNC = rasoat_functions.concat_step, STYPE = text);\n"
	"CREATE OR REPLACE AGGREGATE rasoat_functions.group_concat(text)\n"
	"  (SFUNC = rasoat_functions.concat_step, STYPE = text);\n";

static const char vietnamese[] =
	"àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
	"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";

/* Vietnamese text goes the short way; any other letter is looked up in the table. */
static void fold_ddl(struct str *out)
{
	CLEANUP(str_free) struct str plain = STR_INIT;

	text_fold(vietnamese, strlen(vietnamese), &plain);
	str_addf(out,
		 "CREATE TABLE IF NOT EXISTS rasoat_functions.folding(letter text COLLATE \"C\" PRIMARY KEY,\n"
		 "  folded text COLLATE \"C\" NOT NULL);\n"
		 "CREATE OR REPLACE FUNCTION rasoat_functions.fold(t text) RETURNS text\n"
		 "LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$\n"
		 "DECLARE made text := translate(t, '%s', '%s');\n"
		 "BEGIN\n"
		 "  IF octet_length(made) = length(made) THEN RETURN lower(made COLLATE \"C\"); END IF;\n"
		 "  RETURN coalesce((SELECT string_agg(coalesce(f.folded, lower(c.letter COLLATE \"C\")), '' ORDER BY c.n)\n"
		 "    FROM unnest(string_to_array(t, NULL)) WITH ORDINALITY AS c(letter, n)\n"
		 "    LEFT JOIN rasoat_functions.folding f ON f.letter = c.letter), '');\n"
		 "END $$;\n",
		 vietnamese, plain.p);
}

void pg_functions_ddl(struct str *out)
{
	str_add(out, "CREATE SCHEMA IF NOT EXISTS rasoat_functions;\n"
		     "REVOKE ALL ON SCHEMA rasoat_functions FROM PUBLIC;\n"
		     "CREATE TABLE IF NOT EXISTS rasoat_functions.rasoat_meta(name text COLLATE \"C\" PRIMARY KEY, "
		     "value text);\n");
	str_add(out, "CREATE TABLE IF NOT EXISTS rasoat_functions.shard(province_code text COLLATE \"C\" PRIMARY KEY,\n"
		     "  server text COLLATE \"C\" NOT NULL);\n");
	str_add(out, dates_ddl);
	str_add(out, workdays_ddl);
	str_add(out, matches_ddl);
	str_add(out, group_concat_ddl);
	fold_ddl(out);
}

void pg_functions_digest(char out[65])
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct hash *h = hash_new();

	pg_functions_ddl(&text);
	pg_folding_rows(&text);
	hash_add(h, text.p, text.len);
	hash_hex(h, out);
}

/* ---- their data ---- */

static size_t utf8(uint32_t cp, char out[5])
{
	size_t n = 0;

	if (cp < 0x800) {
		out[n++] = (char)(0xC0 | cp >> 6);
	} else if (cp < 0x10000) {
		out[n++] = (char)(0xE0 | cp >> 12);
		out[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
	} else {
		out[n++] = (char)(0xF0 | cp >> 18);
		out[n++] = (char)(0x80 | (cp >> 12 & 0x3F));
		out[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
	}
	out[n++] = (char)(0x80 | (cp & 0x3F));
	out[n] = '\0';
	return n;
}

/* Every letter beyond ASCII that fold() changes; the last planes hold none. */
void pg_folding_rows(struct str *out)
{
	CLEANUP(str_free) struct str folded = STR_INIT;

	for (uint32_t cp = 0x80; cp < 0xF0000; cp++) {
		char letter[5];
		size_t n;

		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		n = utf8(cp, letter);
		str_clear(&folded);
		text_fold(letter, n, &folded);
		if (strcmp(folded.p, letter) != 0)
			str_addf(out, "%s\t%s\n", letter, folded.p);
	}
}

void pg_calendar_rows(const struct workdays *w, struct str *out)
{
	char iso[11];
	bool worked;
	int64_t upto = 0;

	for (day_t day = w->first; day <= w->last; day++) {
		if (!workdays_is_worked(w, day, &worked))
			continue;
		upto += worked;
		str_addf(out, "%s\t%c\t%lld\n", date_iso(day, iso), worked ? 't' : 'f', (long long)upto);
	}
}

void pg_calendar_digest(const struct workdays *w, char out[65])
{
	CLEANUP(str_free) struct str rows = STR_INIT;
	struct hash *h = hash_new();

	pg_calendar_rows(w, &rows);
	hash_add(h, rows.p, rows.len);
	hash_hex(h, out);
}

/* ---- temporary relations ---- */

/*
 * unit_path is walked once and kept: a subquery for each row of a rule would walk the tree again.
 * It is filled inside the snapshot that all queries share.
 */
static bool is_kept(const struct relation *r)
{
	return strcmp(r->name, "unit_path") == 0;
}

static void kept_table(const struct relation *r, struct str *out)
{
	(void)r;
	str_add(out, "CREATE TEMP TABLE unit_path(unit_id text COLLATE \"C\", ancestor_id text COLLATE "
		     "\"C\", depth bigint, PRIMARY KEY(unit_id, ancestor_id));\n");
}

/* With its classified columns too, under the name that a statement with clearance reads (pg_context). */
static void cleared_view(const struct table *t, const char *schema, struct str *out)
{
	if (!schema_has_classified(t))
		return;
	str_addf(out, "ALTER VIEW pg_temp.%s RENAME TO %s__open;\n", t->name, t->name);
	schema_as_of_view(t, schema, true, out);
	str_addf(out, "ALTER VIEW pg_temp.%s RENAME TO %s" PG_CLEARED ";\n"
		 "ALTER VIEW pg_temp.%s__open RENAME TO %s;\n", t->name, t->name, t->name, t->name);
}

void pg_views(enum store_kind kind, bool split, struct str *out)
{
	int n;
	const struct table *t = schema_tables(&n);
	const struct relation *r;

	if (split) {
		pg_placed_views(kind, out);
		pg_unplaced_views(kind, out);
	}
	for (int i = 0; i < n; i++)
		if (t[i].stores & 1u << kind) {
			schema_as_of_view(&t[i], pg_schema(kind), false, out);
			cleared_view(&t[i], pg_schema(kind), out);
		}
	r = schema_relations(&n);
	for (int i = 0; i < n; i++) {
		if (!(r[i].stores & 1u << kind))
			continue;
		if (is_kept(&r[i]))
			kept_table(&r[i], out);
		else if (split && pg_is_local(&r[i]))
			str_addf(out, "CREATE TEMP VIEW %s AS SELECT * FROM %s__placed UNION ALL SELECT * FROM "
				 "%s__unplaced;\n", r[i].name, r[i].name, r[i].name);
		else
			str_addf(out, "CREATE TEMP VIEW %s AS\n%s;\n", r[i].name, r[i].sql);
	}
	str_add(out, "CREATE TEMP TABLE unit_scope(unit_id text COLLATE \"C\" PRIMARY KEY);\n"
		     "CREATE TEMP TABLE key_list(key text COLLATE \"C\" PRIMARY KEY);\n");
	if (kind == STORE_ACCOUNTS)
		schema_waiver_ddl("text COLLATE \"C\"", "bigint", out);
	if (kind == STORE_CASES)
		str_add(out, "CREATE TEMP TABLE case_clock(\n"
			     "  case_id text COLLATE \"C\" NOT NULL, term text COLLATE \"C\" NOT NULL,\n"
			     "  starts_on text COLLATE \"C\", due_on text COLLATE \"C\", ended_on text COLLATE \"C\",\n"
			     "  status text COLLATE \"C\", overdue_days bigint, reason text COLLATE \"C\",\n"
			     "  PRIMARY KEY(case_id, term));\n");
}

void pg_fill(enum store_kind kind, struct str *out)
{
	int n;
	const struct relation *r = schema_relations(&n);

	for (int i = 0; i < n; i++)
		if (r[i].stores & 1u << kind && is_kept(&r[i]))
			str_addf(out, "INSERT INTO %s %s;\nANALYZE %s;\n", r[i].name, r[i].sql, r[i].name);
}
