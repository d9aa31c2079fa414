/* Filling an empty table: sorting its indexes at the end is several times faster than keeping them. */
#include "sqlite_functions.h"

#include <rasoat/str.h>
#include <string.h>

static void add_name(struct str *out, const char *name)
{
	str_addc(out, '"');
	for (; *name; name++) {
		if (*name == '"')
			str_addc(out, '"');
		str_addc(out, *name);
	}
	str_addc(out, '"');
}

/* The text of an index is kept without the store's name: "CREATE INDEX a ON …" */
static void add_creation(struct str *out, const char *alias, const char *sql)
{
	static const char word[] = " INDEX ";
	const char *name = strstr(sql, word) + strlen(word);

	str_addn(out, sql, (size_t)(name - sql));
	str_addf(out, "%s.%s;\n", alias, name);
}

enum status sqlite_fill_begin(struct store *s, const char *alias, const char *table, struct str *put_back,
			      struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT, drops = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	str_addf(&sql,
		 "SELECT name, sql FROM %s.sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND "
		 "instr(sql, ' INDEX ') > 0 ORDER BY rowid", alias);
	if (store_prepare(s, sql.p, &st, e) != ST_OK || stmt_bind(st, 1, value_text(table), e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW) {
		str_addf(&drops, "DROP INDEX %s.", alias);
		add_name(&drops, stmt_text(st, 0));
		str_add(&drops, ";\n");
		add_creation(put_back, alias, stmt_text(st, 1));
	}
	stmt_close(st);
	st = NULL;
	return step == STEP_DONE ? store_exec(s, drops.p, e) : ST_ERR;
}

/* A sorter takes as much memory as the store's cache, with a second thread twice. */
#define SORT_CACHE "-12288"

enum status sqlite_fill_end(struct store *s, const char *put_back, int jobs, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	int64_t cache = 0;

	if (store_query_int(s, "PRAGMA main.cache_size", &cache, e) != ST_OK)
		return ST_ERR;
	str_addf(&sql,
		 "PRAGMA threads = %d; PRAGMA main.cache_size = " SORT_CACHE ";\n%s"
		 "PRAGMA main.cache_size = %lld;", jobs > 1 ? 1 : 0, put_back, (long long)cache);
	return store_exec(s, sql.p, e);
}
