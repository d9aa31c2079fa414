/*
 * Stores that lie over several servers: the tables that grow with the country's work are
 * partitioned, each partition on the server of its provinces (docs/postgresql.md). All others stay
 * on the server that rasoat speaks to, the coordinator.
 *
 * A row lies where its unit does. A row that belongs to another one (a grant to its account, an
 * event to its case) lies beside it: its table has a column unit_id there, copied from the other
 * row, which no view shows. So what joins only such tables can be joined on each server by itself.
 */
#include "postgresql_parts.h"

#include <ctype.h>
#include <string.h>

struct split_table {
	const char *name, *by;           /* the column that decides */
	const char *parent, *parent_key; /* the row it lies beside; NULL: its own unit decides */
	bool hashed;                     /* by persons, who know no province */
};

/* Parents first. */
static const struct split_table split_tables[] = {
	{ "account", "unit_id", NULL, NULL, false },
	{ "account_role", "unit_id", "account", "account_id", false },
	{ "account_action", "unit_id", "account", "account_id", false },
	{ "case_file", "unit_id", NULL, NULL, false },
	{ "case_event", "unit_id", "case_file", "case_id", false },
	{ "case_outcome", "unit_id", "case_file", "case_id", false },
	{ "case_execution", "unit_id", "case_file", "case_id", false },
	{ "case_party", "unit_id", "case_file", "case_id", false },
	{ "petition", "unit_id", NULL, NULL, false },
	{ "visit", "unit_id", NULL, NULL, false },
	{ "benefit_payment", "person_id", NULL, NULL, true },
	{ "insurance_book", "person_id", NULL, NULL, true },
	{ "insured_person", "birth_date", NULL, NULL, true }, /* who may be one person meets */
};

#define N_SPLIT ((int)(sizeof(split_tables) / sizeof(split_tables[0])))
#define COPIED "  unit_id text COLLATE \"C\",\n"

static const struct split_table *find_split(const char *name)
{
	for (int i = 0; i < N_SPLIT; i++)
		if (strcmp(split_tables[i].name, name) == 0)
			return &split_tables[i];
	return NULL;
}

bool pg_splits(const char *table)
{
	return find_split(table) != NULL;
}

static enum store_kind kind_of(const struct split_table *t)
{
	return schema_table(t->name)->stores & IN_ACCOUNTS ? STORE_ACCOUNTS : STORE_CASES;
}

/* ---- the tables of a shard ---- */

void schema_shard_sql(struct str *out)
{
	const char *table, *columns;

	str_add(out, "-- The tables of one shard, made by 'rasoat schema --for shard'.\nBEGIN;\n");
	for (int kind = STORE_CASES; kind <= STORE_ACCOUNTS; kind++) {
		const char *s = pg_schema((enum store_kind)kind);

		str_addf(out, "CREATE SCHEMA %s;\nREVOKE ALL ON SCHEMA %s FROM PUBLIC;\n", s, s);
	}
	for (int i = 0; i < N_SPLIT; i++)
		pg_table_ddl(pg_schema(kind_of(&split_tables[i])), schema_table(split_tables[i].name),
			     split_tables[i].parent ? COPIED : "", out);
	for (int i = 0; schema_index(i, &table, &columns); i++)
		if (find_split(table))
			pg_index_ddl(pg_schema(kind_of(find_split(table))), table, columns, out);
	str_add(out, "COMMIT;\n");
}

/* ---- the partitions on the coordinator ---- */

/*
 * Runs as often as wanted: rows that lie on the wrong server are moved. What no server is named for
 * stays in the partition "rest", on the coordinator.
 */
static const char split_by_unit[] =
	"CREATE FUNCTION pg_temp.split_by_unit(s text, t text, columns text, parent text, key text)\n"
	"RETURNS void LANGUAGE plpgsql AS $$\n"
	"DECLARE\n"
	"  whole text := format('%I.%I', s, t); rest text := format('%I.%I', s, t || '__rest');\n"
	"  part text; r record;\n"
	"BEGIN\n"
	"  IF (SELECT c.relkind FROM pg_class c WHERE c.oid = whole::regclass) = 'r' THEN\n"
	"    EXECUTE format('ALTER TABLE %s RENAME TO %I', whole, t || '__rest');\n"
	"    IF parent IS NOT NULL THEN\n"
	"      EXECUTE format('ALTER TABLE %s ADD unit_id text COLLATE \"C\"', rest);\n"
	"      EXECUTE format('UPDATE %s c SET unit_id = p.unit_id FROM %I.%I p WHERE p.%I = c.%I',\n"
	"        rest, s, parent, key, key);\n"
	"    END IF;\n"
	"    EXECUTE format('CREATE TABLE %s(%s) PARTITION BY LIST(unit_id)', whole, columns);\n"
	"  END IF;\n"
	"  FOR r IN SELECT i.inhrelid::regclass AS part FROM pg_inherits i WHERE i.inhparent = whole::regclass LOOP\n"
	"    EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', whole, r.part);\n"
	"  END LOOP;\n"
	"  EXECUTE format('CREATE TEMP TABLE moved(%s)', columns);\n"
	"  FOR r IN EXECUTE format('SELECT v.srvname AS server, coalesce(array_agg(u.unit_id ORDER BY u.unit_id)\n"
	"      FILTER (WHERE u.unit_id IS NOT NULL), ''{}'') AS units\n"
	"    FROM pg_foreign_server v LEFT JOIN rasoat_functions.shard d ON d.server = v.srvname\n"
	"    LEFT JOIN %I.unit u ON u.province_code = d.province_code GROUP BY 1 ORDER BY 1', s) LOOP\n"
	"    part := format('%I.%I', s, t || '__' || r.server);\n"
	"    IF to_regclass(part) IS NULL THEN\n"
	"      CONTINUE WHEN r.units = '{}';\n"
	"      EXECUTE format('CREATE FOREIGN TABLE %s(%s) SERVER %I OPTIONS(schema_name %L, table_name %L)',\n"
	"        part, columns, r.server, s, t);\n"
	"    END IF;\n"
	"    EXECUTE format('WITH gone AS (DELETE FROM %s WHERE unit_id IS NULL OR unit_id <> ALL($1) RETURNING *)\n"
	"      INSERT INTO moved SELECT * FROM gone', part) USING r.units;\n"
	"    EXECUTE format('WITH gone AS (DELETE FROM %s WHERE unit_id = ANY($1) RETURNING *)\n"
	"      INSERT INTO moved SELECT * FROM gone', rest) USING r.units;\n"
	"    IF r.units = '{}' THEN\n"
	"      EXECUTE format('DROP FOREIGN TABLE %s', part);\n"
	"    ELSE\n"
	"      EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%s)', whole, part,\n"
	"        (SELECT string_agg(quote_literal(u.unit_id), ', ') FROM unnest(r.units) AS u(unit_id)));\n"
	"    END IF;\n"
	"  END LOOP;\n"
	"  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s DEFAULT', whole, rest);\n"
	"  EXECUTE format('INSERT INTO %s SELECT * FROM moved', whole);\n"
	"  DROP TABLE moved;\n"
	"END $$;\n";

static const char split_by_hash[] =
	"CREATE FUNCTION pg_temp.split_by_hash(s text, t text, columns text, key text)\n"
	"RETURNS void LANGUAGE plpgsql AS $$\n"
	"DECLARE\n"
	"  whole text := format('%I.%I', s, t); old text := format('%I.%I', s, t || '__old');\n"
	"  servers text[] := (SELECT array_agg(DISTINCT server ORDER BY server) FROM rasoat_functions.shard);\n"
	"  parts text[] := (SELECT array_agg(c.relname ORDER BY c.relname) FROM pg_inherits i\n"
	"    JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = whole::regclass);\n"
	"  part text;\n"
	"BEGIN\n"
	"  IF parts = (SELECT array_agg(t || '__' || v ORDER BY v) FROM unnest(servers) v) THEN RETURN; END IF;\n"
	"  EXECUTE format('CREATE TEMP TABLE moved AS SELECT * FROM %s', whole);\n"
	"  EXECUTE format('DELETE FROM %s', whole);\n"
	"  EXECUTE format('DROP TABLE %s', whole);\n"
	"  EXECUTE format('CREATE TABLE %s(%s) PARTITION BY HASH(%I)', whole, columns, key);\n"
	"  FOR i IN 1 .. array_length(servers, 1) LOOP\n"
	"    EXECUTE format('CREATE FOREIGN TABLE %I.%I PARTITION OF %s FOR VALUES WITH (MODULUS %s, REMAINDER %s)\n"
	"      SERVER %I OPTIONS(schema_name %L, table_name %L)', s, t || '__' || servers[i], whole,\n"
	"      array_length(servers, 1), i - 1, servers[i], s, t);\n"
	"  END LOOP;\n"
	"  EXECUTE format('INSERT INTO %s SELECT * FROM moved', whole);\n"
	"  DROP TABLE moved;\n"
	"END $$;\n";

static const char check_shards[] =
	"DO $$ BEGIN\n"
	"  IF NOT EXISTS (SELECT 1 FROM rasoat_functions.shard) THEN\n"
	"    RAISE EXCEPTION 'rasoat_functions.shard is empty; put a row (province_code, server) there for each province';\n"
	"  END IF;\n"
	"  IF EXISTS (SELECT 1 FROM rasoat_functions.shard d LEFT JOIN pg_foreign_server v ON v.srvname = d.server\n"
	"      WHERE v.srvname IS NULL) THEN\n"
	"    RAISE EXCEPTION 'rasoat_functions.shard names a server that does not exist; CREATE SERVER first';\n"
	"  END IF;\n"
	"  IF NOT EXISTS (SELECT 1 FROM rasoat_cases.unit) THEN\n"
	"    RAISE EXCEPTION 'rasoat_cases.unit is empty; import unit.csv first';\n"
	"  END IF;\n"
	"END $$;\n";

static void split_call(const struct split_table *t, struct str *out)
{
	const char *schema = pg_schema(kind_of(t));

	str_addf(out, "SELECT pg_temp.split_by_%s('%s', '%s', '", t->hashed ? "hash" : "unit", schema, t->name);
	pg_table_columns(schema_table(t->name), t->parent ? ", unit_id text COLLATE \"C\"" : "", out);
	if (t->hashed)
		str_addf(out, "', '%s');\n", t->by);
	else if (t->parent)
		str_addf(out, "', '%s', '%s');\n", t->parent, t->parent_key);
	else
		str_add(out, "', NULL, NULL);\n");
}

void schema_coordinator_sql(struct str *out)
{
	str_add(out, "-- The partitions on the coordinator, made by 'rasoat schema --for coordinator'.\nBEGIN;\n");
	str_add(out, check_shards);
	str_add(out, split_by_unit);
	str_add(out, split_by_hash);
	for (int i = 0; i < N_SPLIT; i++)
		split_call(&split_tables[i], out);
	str_add(out, "COMMIT;\n");
}

/* ---- what joins rows that lie beside each other ---- */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool mentions(const char *sql, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = sql; (p = strstr(p, word)); p++)
		if ((p == sql || !is_word(p[-1])) && !is_word(p[n]))
			return true;
	return false;
}

static const char *family(const struct split_table *t)
{
	return t->parent ? t->parent : t->name;
}

/* The key by which the relation joins rows that lie beside each other, and reads no others; else NULL. */
static const char *local_key(const struct relation *r)
{
	const char *root = NULL, *key = NULL;
	const struct relation *relations;
	const struct table *t;
	int n;

	t = schema_tables(&n);
	for (int i = 0; i < n; i++) {
		const struct split_table *split = find_split(t[i].name);

		if (!mentions(r->sql, t[i].name))
			continue;
		if (!split || split->hashed || (root && strcmp(root, family(split)) != 0))
			return NULL;
		root = family(split);
		key = split->parent ? split->parent_key : key;
	}
	relations = schema_relations(&n);
	for (int i = 0; i < n; i++)
		if (mentions(r->sql, relations[i].name))
			return NULL;
	return key && mentions(r->sql, root) ? key : NULL;
}

bool pg_is_local(const struct relation *r)
{
	return local_key(r) != NULL;
}

/* The length of "alias.key" at `p`, or 0. */
static size_t qualified(const char *p, const char *key)
{
	size_t n = 0;

	while (is_word(p[n]))
		n++;
	if (!n || p[n] != '.' || strncmp(p + n + 1, key, strlen(key)) != 0 || is_word(p[n + 1 + strlen(key)]))
		return 0;
	return n + 1 + strlen(key);
}

/*
 * "g.account_id = a.account_id" and also "g.unit_id = a.unit_id": the planner then knows that only
 * partitions of the same shard can meet.
 */
static void add_placed(const char *sql, const char *key, struct str *out)
{
	for (const char *p = sql; *p;) {
		bool begins = p == sql || !(is_word(p[-1]) || p[-1] == '.');
		size_t n = begins ? qualified(p, key) : 0, m;

		if (!n || strncmp(p + n, " = ", 3) != 0 || !(m = qualified(p + n + 3, key))) {
			str_addc(out, *p++);
			continue;
		}
		str_addf(out, "%.*s AND %.*s.unit_id = %.*s.unit_id", (int)(n + 3 + m), p,
			 (int)strcspn(p, "."), p, (int)strcspn(p + n + 3, "."), p + n + 3);
		p += n + 3 + m;
	}
}

static bool is_mine(const struct split_table *t, enum store_kind kind)
{
	return kind_of(t) == kind && !t->hashed;
}

/* As-of view of a table whose copied unit shows. */
static void placed_view(const struct split_table *split, const char *schema, struct str *out)
{
	static const struct column unit = { .name = "unit_id", .type = COL_CODE };
	struct column columns[32];
	struct table t = *schema_table(split->name);

	memcpy(columns, t.columns, (size_t)t.n_columns * sizeof(*columns));
	columns[t.n_columns++] = unit;
	t.columns = columns;
	schema_as_of_view(&t, schema, false, out);
}

void pg_placed_views(enum store_kind kind, struct str *out)
{
	int n;
	const struct relation *r = schema_relations(&n);

	for (int i = 0; i < N_SPLIT; i++)
		if (is_mine(&split_tables[i], kind) && split_tables[i].parent)
			placed_view(&split_tables[i], pg_schema(kind), out);
		else if (is_mine(&split_tables[i], kind))
			schema_as_of_view(schema_table(split_tables[i].name), pg_schema(kind), false, out);
	for (int i = 0; i < n; i++)
		if (r[i].stores & 1u << kind && pg_is_local(&r[i])) {
			str_addf(out, "CREATE TEMP VIEW %s__placed AS\n", r[i].name);
			add_placed(r[i].sql, local_key(&r[i]), out);
			str_add(out, ";\n");
		}
	for (int i = 0; i < N_SPLIT; i++)
		if (is_mine(&split_tables[i], kind))
			str_addf(out, "ALTER VIEW pg_temp.%s RENAME TO %s__placed;\n", split_tables[i].name,
				 split_tables[i].name);
}

/* NULL is equal to no NULL: rows without a unit are joined by themselves. They lie on the coordinator. */
void pg_unplaced_views(enum store_kind kind, struct str *out)
{
	int n;
	const struct relation *r = schema_relations(&n);

	for (int i = 0; i < N_SPLIT; i++) {
		const struct split_table *split = &split_tables[i];
		CLEANUP(str_free) struct str name = STR_INIT;
		struct table t;

		if (!is_mine(split, kind))
			continue;
		t = *schema_table(split->name);
		str_addf(&name, "%s__rest", t.name);
		t.name = name.p;
		schema_as_of_view(&t, pg_schema(kind), false, out);
		str_addf(out, "CREATE TEMP VIEW %s AS SELECT * FROM %s%s;\n", split->name, name.p,
			 split->parent ? "" : " WHERE unit_id IS NULL");
	}
	for (int i = 0; i < n; i++)
		if (r[i].stores & 1u << kind && pg_is_local(&r[i]))
			str_addf(out, "CREATE TEMP VIEW %s__unplaced AS\n%s;\n", r[i].name, r[i].sql);
	for (int i = 0; i < N_SPLIT; i++)
		if (is_mine(&split_tables[i], kind))
			str_addf(out, "ALTER VIEW pg_temp.%s RENAME TO %s__unplaced;\n", split_tables[i].name,
				 split_tables[i].name);
}

/* ---- import ---- */

static bool is_bound(const struct column *c, const struct column *const *columns, int n)
{
	for (int i = 0; i < n; i++)
		if (columns[i] == c)
			return true;
	return false;
}

/* "a, b, unit_id" of all columns of the table, those in the extract prefixed so, the others so. */
static void all_columns(const struct table *t, const struct column *const *columns, int n,
			const char *given, const char *other, struct str *out)
{
	for (int i = 0; i < t->n_columns; i++)
		str_addf(out, "%s%s%s", i ? ", " : "", is_bound(&t->columns[i], columns, n) ? given : other,
			 t->columns[i].name);
}

/* "t.key = r.key" with another alias for r. */
static void same_key(const struct table *t, const char *r, struct str *out)
{
	const char *between = "";

	for (int i = 0; i < t->n_columns; i++)
		if (t->columns[i].key) {
			str_addf(out, "%st.%s = %s.%s", between, t->columns[i].name, r, t->columns[i].name);
			between = " AND ";
		}
}

static void others(const char *prefix, const struct column *const *columns, int n, struct str *out)
{
	const char *between = "";

	for (int i = 0; i < n; i++)
		if (!columns[i]->key) {
			str_addf(out, "%s%s%s", between, prefix, columns[i]->name);
			between = ", ";
		}
}

/* The rows that lie beside another one get its unit. */
static void copied_unit(const struct split_table *split, const char *schema, const char *row, struct str *out)
{
	if (split->parent)
		str_addf(out, " LEFT JOIN %s.%s p ON p.%s = %s.%s", schema, split->parent, split->parent_key, row,
			 split->parent_key);
}

bool pg_merge_changed(enum store_kind kind, const struct table *t, const struct column *const *columns, int n,
		      struct str *out)
{
	const struct split_table *split = find_split(t->name);
	CLEANUP(str_free) struct str old = STR_INIT;
	const char *schema = pg_schema(kind);

	others("t.", columns, n, &old);
	if (!old.len)
		return false;
	str_addf(out, "WITH gone AS (DELETE FROM %s.%s t USING pg_temp.import_rows r WHERE ", schema, t->name);
	same_key(t, "r", out);
	str_addf(out, " AND (%s) IS DISTINCT FROM (", old.p);
	others("r.", columns, n, out);
	str_add(out, ") RETURNING ");
	all_columns(t, columns, n, "r.", "t.", out);
	str_addf(out, "), put AS (INSERT INTO %s.%s(", schema, t->name);
	all_columns(t, columns, n, "", "", out);
	str_addf(out, "%s) SELECT ", split->parent ? ", unit_id" : "");
	all_columns(t, columns, n, "g.", "g.", out);
	str_addf(out, "%s FROM gone g", split->parent ? ", p.unit_id" : "");
	copied_unit(split, schema, "g", out);
	/* It is there already when an import broke off between the commits of two servers. */
	str_addf(out, " WHERE NOT EXISTS (SELECT 1 FROM %s.%s t WHERE ", schema, t->name);
	same_key(t, "g", out);
	str_addf(out, " AND (%s) IS NOT DISTINCT FROM (", old.p);
	others("g.", columns, n, out);
	str_add(out, "))) SELECT count(*) FROM gone");
	return true;
}

void pg_merge_new(enum store_kind kind, const struct table *t, const struct column *const *columns, int n,
		  struct str *out)
{
	const struct split_table *split = find_split(t->name);
	const char *schema = pg_schema(kind);

	str_addf(out, "INSERT INTO %s.%s(", schema, t->name);
	for (int i = 0; i < n; i++)
		str_addf(out, "%s%s", i ? ", " : "", columns[i]->name);
	str_addf(out, "%s) SELECT ", split->parent ? ", unit_id" : "");
	for (int i = 0; i < n; i++)
		str_addf(out, "%sr.%s", i ? ", " : "", columns[i]->name);
	str_addf(out, "%s FROM pg_temp.import_rows r", split->parent ? ", p.unit_id" : "");
	copied_unit(split, schema, "r", out);
	str_addf(out, " WHERE NOT EXISTS (SELECT 1 FROM %s.%s t WHERE ", schema, t->name);
	same_key(t, "r", out);
	str_addc(out, ')');
}

bool pg_merge_follow(enum store_kind kind, const char *parent, int *at, struct str *out)
{
	const char *schema = pg_schema(kind);

	for (; *at < N_SPLIT; ++*at) {
		const struct split_table *split = &split_tables[*at];
		const struct table *t = schema_table(split->name);

		if (!split->parent || strcmp(split->parent, parent) != 0)
			continue;
		str_addf(out, "WITH gone AS (DELETE FROM %s.%s t USING %s.%s p WHERE p.%s = t.%s "
			 "AND t.unit_id IS DISTINCT FROM p.unit_id RETURNING ", schema, t->name, schema, parent,
			 split->parent_key, split->parent_key);
		all_columns(t, NULL, 0, "", "t.", out);
		str_addf(out, ", p.unit_id AS new_unit) INSERT INTO %s.%s(", schema, t->name);
		all_columns(t, NULL, 0, "", "", out);
		str_add(out, ", unit_id) SELECT ");
		all_columns(t, NULL, 0, "", "", out);
		str_addf(out, ", new_unit FROM gone g WHERE NOT EXISTS (SELECT 1 FROM %s.%s t WHERE ", schema, t->name);
		same_key(t, "g", out);
		str_add(out, " AND t.unit_id IS NOT DISTINCT FROM g.new_unit)");
		++*at;
		return true;
	}
	return false;
}
