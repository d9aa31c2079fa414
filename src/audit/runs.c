/* The runs of a ledger: listed, and found by what people call them. */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_COLUMNS                                                                                                   \
	"r.run_id, r.as_of, r.unit, r.selected, s.content, s.note, r.recorded_at,\n"                                      \
	"  (SELECT sum(found) FROM run_rule x WHERE x.run_id = r.run_id),\n"                                              \
	"  (SELECT sum(indeterminate) FROM run_rule x WHERE x.run_id = r.run_id),\n"                                      \
	"  (SELECT sum(waived) FROM run_rule x WHERE x.run_id = r.run_id),\n"                                             \
	"  (SELECT count(error) FROM run_rule x WHERE x.run_id = r.run_id)\n"
#define FROM_RUNS "FROM run r LEFT JOIN seal s ON s.run_id = r.run_id\n"

static const char *text(struct arena *a, const struct stmt *st, int col)
{
	return stmt_is_null(st, col) ? NULL : arena_strdup(a, stmt_text(st, col));
}

static void read_line(struct arena *a, const struct stmt *st, struct run_line *ret)
{
	const char *iso = stmt_text(st, 1);

	*ret = (struct run_line){
		.run = stmt_int(st, 0), .as_of = DAY_NONE, .unit = text(a, st, 2), .selected = text(a, st, 3),
		.content = text(a, st, 4), .note = text(a, st, 5), .recorded_at = text(a, st, 6),
		.found = stmt_int(st, 7), .indeterminate = stmt_int(st, 8), .waived = stmt_int(st, 9),
		.errors = stmt_int(st, 10),
	};
	if (!date_parse_iso(iso, strlen(iso), &ret->as_of))
		ret->as_of = DAY_NONE;
}

enum status runs_list(struct arena *a, struct ledger *l, struct run_line **ret, int *ret_n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	struct run_line *lines = NULL;
	int n = 0, cap = 0;
	enum step step;

	if (store_prepare(l->store, "SELECT " LINE_COLUMNS FROM_RUNS "ORDER BY r.run_id", &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		read_line(a, st, ARENA_PUSH(a, lines, n, cap));
	*ret = lines;
	*ret_n = n;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

enum status run_row_read(struct arena *a, struct ledger *l, int64_t run, struct run_row *ret, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(l->store, "SELECT " LINE_COLUMNS ", r.rules_digest, r.params, r.cases_digest, r.accounts_digest,\n"
			  "r.terms_digest, r.calendar_digest, r.organisation_digest, r.waivers_digest, r.program, o.content\n"
			  FROM_RUNS "LEFT JOIN organisation o ON o.digest = r.organisation_digest WHERE r.run_id = ?", &st,
			  e) != ST_OK || stmt_bind(st, 1, value_int(run), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_DONE)
		return err_set(e, "%s: there is no run %lld; 'rasoat compare --list' lists them", store_name(l->store),
			       (long long)run);
	if (step == STEP_ERROR)
		return ST_ERR;
	read_line(a, st, &ret->line);
	ret->rules = text(a, st, 11);
	ret->params = text(a, st, 12);
	ret->facts[STORE_CASES] = text(a, st, 13);
	ret->facts[STORE_ACCOUNTS] = text(a, st, 14);
	ret->terms = text(a, st, 15);
	ret->calendar = text(a, st, 16);
	ret->organisation = text(a, st, 17);
	ret->waivers = text(a, st, 18);
	ret->program = text(a, st, 19);
	ret->units = text(a, st, 20);
	return ST_OK;
}

enum status compare_do(struct ledger *l, const char *sql, const struct value *values, int n, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;

	if (store_prepare(l->store, sql, &st, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < n; i++)
		if (stmt_bind(st, i + 1, values[i], e) != ST_OK)
			return ST_ERR;
	return stmt_step(st, e) == STEP_ERROR ? ST_ERR : ST_OK;
}

/* 0 when there is no row. */
static enum status one_run(struct ledger *l, const char *sql, struct value first, struct value second, int64_t *ret,
			   struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	if (store_prepare(l->store, sql, &st, e) != ST_OK || stmt_bind(st, 1, first, e) != ST_OK ||
	    (stmt_params(st) > 1 && stmt_bind(st, 2, second, e) != ST_OK))
		return ST_ERR;
	step = stmt_step(st, e);
	*ret = step == STEP_ROW ? stmt_int(st, 0) : 0;
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status none(const struct ledger *l, const char *what, const char *unit, struct err *e)
{
	return err_set(e, "%s: no run %s%s%s; 'rasoat compare --list' lists them", store_name(l->store), what,
		       unit ? " of unit " : "", unit ? unit : "");
}

static enum status find_by_day(struct ledger *l, const char *word, const char *unit, int64_t *ret, struct err *e)
{
	char iso[11], what[32];
	day_t day;

	if (!date_parse_any(word, strlen(word), &day))
		return err_set(e, "'%s' is no run; want a number, a date, 'latest' or 'previous'", word);
	date_iso(day, iso);
	if (one_run(l, "SELECT run_id FROM run WHERE as_of = ? AND unit IS ? ORDER BY run_id DESC LIMIT 1", value_text(iso),
		    value_text(unit), ret, e) != ST_OK)
		return ST_ERR;
	snprintf(what, sizeof(what), "as of %s", iso);
	return *ret ? ST_OK : none(l, what, unit, e);
}

enum status run_find(struct ledger *l, const char *word, const char *unit, int64_t after, int64_t *ret, struct err *e)
{
	size_t n = strlen(word);

	if (n && n < 18 && strspn(word, "0123456789") == n) {
		if (one_run(l, "SELECT run_id FROM run WHERE run_id = ?", value_int(strtoll(word, NULL, 10)), value_null(), ret,
			    e) != ST_OK)
			return ST_ERR;
		return *ret ? ST_OK : err_set(e, "%s: there is no run %s; 'rasoat compare --list' lists them",
					      store_name(l->store), word);
	}
	if (str_eq(word, "latest")) {
		if (one_run(l, "SELECT run_id FROM run WHERE unit IS ? ORDER BY run_id DESC LIMIT 1", value_text(unit),
			    value_null(), ret, e) != ST_OK)
			return ST_ERR;
		return *ret ? ST_OK : none(l, "yet", unit, e);
	}
	if (!str_eq(word, "previous") || !after)
		return find_by_day(l, word, unit, ret, e);
	if (one_run(l, "SELECT b.run_id FROM run me JOIN run b ON b.unit IS me.unit AND b.selected IS me.selected\n"
		       "AND b.as_of <= me.as_of "
		       "AND b.run_id < me.run_id WHERE me.run_id = ? ORDER BY b.as_of DESC, b.run_id DESC LIMIT 1",
		    value_int(after), value_null(), ret, e) != ST_OK)
		return ST_ERR;
	return *ret ? ST_OK : err_set(e, "%s: no run of the same units comes before run %lld; name two runs",
				      store_name(l->store), (long long)after);
}

enum status run_baseline(struct ledger *l, int64_t run, int64_t *ret, struct err *e)
{
	return one_run(l, "SELECT b.run_id FROM run me JOIN run b ON b.unit IS me.unit AND b.selected IS me.selected\n"
			  "AND b.as_of < me.as_of "
			  "AND b.run_id < me.run_id WHERE me.run_id = ? ORDER BY b.as_of DESC, b.run_id DESC LIMIT 1",
		       value_int(run), value_null(), ret, e);
}
