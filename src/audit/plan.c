/*
 * Reads the plan that SQLite prints. Steps on one level are nested loops, the first one outermost;
 * "main.NAME" is a table of the store, other names are subqueries, or case_clock, or small.
 */
#include <rasoat/plan.h>

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <ctype.h>
#include <string.h>

#define CLOCK "case_clock"

struct line {
	int depth;
	const char *text;
};

struct derived { /* a subquery whose rows are kept, by the name the plan gives it */
	const char *name;
	bool large;
};

struct reader {
	struct arena *arena;
	const char *sql;
	struct line *lines;
	int n_lines, cap_lines;
	struct derived *derived;
	int n_derived, cap_derived;
	struct plan_harm *harms;
	int n_harms, cap_harms;
};

struct loops { /* of one SELECT */
	int n;
	const char *outer;
	bool repeated; /* the SELECT runs for each row of another one */
	bool large;    /* it reads a large table */
};

static void split(struct reader *r, const char *plan)
{
	while (*plan) {
		size_t blanks = strspn(plan, " "), n = strcspn(plan + blanks, "\n");

		*ARENA_PUSH(r->arena, r->lines, r->n_lines, r->cap_lines) =
			(struct line){ (int)blanks / 2, arena_strndup(r->arena, plan + blanks, n) };
		plan += blanks + n;
		plan += *plan == '\n';
	}
}

/* ---- names ---- */

static const char *first_word(struct arena *a, const char *text)
{
	return arena_strndup(a, text, strcspn(text, " "));
}

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return n;
}

static struct derived *find_derived(const struct reader *r, const char *name)
{
	for (int i = r->n_derived - 1; i >= 0; i--)
		if (str_eq(r->derived[i].name, name))
			return &r->derived[i];
	return NULL;
}

/* What `alias` stands for: "case_clock k" and "held AS x", when the plan only says k and x. */
static const char *meant_by(const struct reader *r, const char *alias)
{
	const char *before = "";

	if (str_eq(alias, CLOCK) || find_derived(r, alias))
		return alias;
	for (const char *p = r->sql; *p;) {
		size_t n = word_length(p);
		const char *word = n ? arena_strndup(r->arena, p, n) : "";

		if (str_eq(word, alias) && (str_eq(before, CLOCK) || find_derived(r, before)))
			return before;
		if (n && !str_eq(word, "AS") && !str_eq(word, "as"))
			before = word;
		else if (!n && !isspace((unsigned char)*p))
			before = "";
		p += n ? n : 1;
	}
	return alias;
}

/* The '(' that belongs to the ')' at `end`, or NULL. */
static const char *opening(const char *sql, const char *end)
{
	int depth = 0;

	for (const char *p = end; p >= sql; p--) {
		depth += (*p == ')') - (*p == '(');
		if (depth == 0)
			return p;
	}
	return NULL;
}

/* "(SELECT max(day) FROM ...) AS alias": an aggregate of everything is one row. */
static bool is_one_row(const char *sql, const char *alias, struct arena *a)
{
	static const char *const words[] = { "count(", "min(", "max(", "sum(", "avg(", "total(" };
	size_t n = strlen(alias);

	for (const char *p = strstr(sql, alias); p; p = strstr(p + n, alias)) {
		const char *end = p, *start, *text;

		while (end > sql && isspace((unsigned char)end[-1]))
			end--;
		if (end - sql > 2 && strncasecmp(end - 2, "AS", 2) == 0)
			for (end -= 2; end > sql && isspace((unsigned char)end[-1]);)
				end--;
		if (word_length(p) != n || end == sql || end[-1] != ')')
			continue;
		start = opening(sql, end - 1);
		text = start ? arena_strndup(a, start, (size_t)(end - start)) : "";
		if (strcasestr(text, "group by") || strcasestr(text, "over") ||
		    !strcasestr(text, "select") || strcasestr(strcasestr(text, "select") + 1, "select"))
			return false;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strcasestr(text, words[i]))
				return true;
		return false;
	}
	return false;
}

struct source {
	const struct table *table;
	const char *name;
	int64_t rows; /* 0: not known */
	bool large, one_row;
};

/* "account_left_rows": a shared relation as an audit keeps it. */
static const struct relation *find_relation(const struct reader *r, const char *name)
{
	int n;
	const struct relation *all = schema_relations(&n);

	for (int i = 0; i < n; i++)
		if (all[i].shared && str_eq(arena_printf(r->arena, "%s_rows", all[i].name), name))
			return &all[i];
	return NULL;
}

static struct source find_source(const struct reader *r, const char *text)
{
	const char *word = first_word(r->arena, text);
	struct source ret = { .name = word };
	const struct relation *kept;
	const struct derived *d;

	if (str_starts(word, "main.")) {
		ret.name = word + strlen("main.");
		ret.table = schema_table(ret.name);
		ret.rows = ret.table ? ret.table->rows : 0;
		ret.large = ret.rows >= SCHEMA_LARGE;
		return ret;
	}
	kept = str_ends(word, "_rows") ? find_relation(r, word) : NULL;
	if (kept) {
		ret.name = kept->name;
		ret.rows = kept->rows;
		ret.large = ret.rows >= SCHEMA_LARGE;
		return ret;
	}
	ret.name = meant_by(r, word);
	d = find_derived(r, ret.name);
	ret.one_row = d && is_one_row(r->sql, ret.name, r->arena);
	ret.large = d ? d->large && !ret.one_row : str_eq(ret.name, CLOCK);
	return ret;
}

/* ---- steps ---- */

static void add_harm(struct reader *r, enum plan_harm_kind kind, const struct source *s, const char *outer,
		     const char *columns)
{
	for (int i = 0; i < r->n_harms; i++)
		if (r->harms[i].kind == kind && str_eq(r->harms[i].name, s->name))
			return;
	*ARENA_PUSH(r->arena, r->harms, r->n_harms, r->cap_harms) =
		(struct plan_harm){ kind, s->table, s->name, s->rows, outer, columns };
}

/* "... INDEX (a=? AND b=?)" -> "a, b" */
static const char *index_columns(struct arena *a, const char *text)
{
	const char *p = strchr(text, '('), *list = "";

	while (p && *p && *p != ')') {
		size_t n = word_length(++p);

		list = arena_printf(a, "%s%s%.*s", list, *list ? ", " : "", (int)n, p);
		p = strstr(p, " AND ");
		p = p ? p + strlen(" AND") : NULL;
	}
	return list;
}

/* One SCAN or SEARCH among the loops of its SELECT. */
static void read_loop(struct reader *r, const char *text, struct loops *l)
{
	const char *lookup = strstr(text, " VIRTUAL TABLE INDEX "); /* of case_clock: 0 = by nothing, 2 = by the term */
	bool scan = str_starts(text, "SCAN ") && (!lookup || strstr(lookup, " 0:") || strstr(lookup, " 2:"));
	struct source s;

	if (strstr(text, "CONSTANT ROW"))
		return;
	s = find_source(r, text + strlen(str_starts(text, "SCAN ") ? "SCAN " : "SEARCH "));
	if (scan && s.large && l->repeated)
		add_harm(r, PLAN_SUBQUERY, &s, NULL, NULL);
	else if (scan && s.large && l->n)
		add_harm(r, PLAN_AGAIN, &s, l->outer, NULL);
	/* The result of a subquery can have no other index; and it is built in one pass. */
	if (s.table && s.large && strstr(text, " USING AUTOMATIC "))
		add_harm(r, PLAN_INDEX, &s, NULL, index_columns(r->arena, text));
	l->large |= s.large;
	if (s.one_row)
		return;
	if (!l->n++)
		l->outer = s.name;
}

static int read_block(struct reader *r, int at, bool repeated, bool *ret_large);

/* An automatic index over a co-routine is filled once, so the co-routine runs once. */
static bool runs_once(const struct reader *r, int at)
{
	for (int i = at + 1; i < r->n_lines && r->lines[i].depth >= r->lines[at].depth; i++)
		if (r->lines[i].depth == r->lines[at].depth && str_starts(r->lines[i].text, "SEARCH ") &&
		    !str_starts(r->lines[i].text, "SEARCH main.") &&
		    strstr(r->lines[i].text, " USING AUTOMATIC "))
			return true;
	return false;
}

/* Rows that are kept, or that come one by one: these are read no more often than they are made. */
static int read_derived(struct reader *r, int at, bool kept, bool repeated)
{
	const char *text = r->lines[at].text;
	struct derived d = { .name = first_word(r->arena, strchr(text, ' ') + 1) };

	if (kept || runs_once(r, at))
		repeated = false;
	at = read_block(r, at + 1, repeated, &d.large);
	d.large &= !repeated; /* else the table in it was named */
	*ARENA_PUSH(r->arena, r->derived, r->n_derived, r->cap_derived) = d;
	return at;
}

/* One step with all below it; the index of the next step. */
static int read_step(struct reader *r, int at, struct loops *l)
{
	const char *text = r->lines[at].text;
	bool large = false;
	int next;

	if (str_starts(text, "MATERIALIZE ") || str_starts(text, "CO-ROUTINE "))
		return read_derived(r, at, *text == 'M', l->repeated);
	if (str_starts(text, "SCAN ") || str_starts(text, "SEARCH "))
		read_loop(r, text, l);
	if (str_starts(text, "CORRELATED ") || str_starts(text, "RECURSIVE STEP"))
		return read_block(r, at + 1, true, &large);
	if (str_starts(text, "SCALAR SUBQUERY") || str_starts(text, "LIST SUBQUERY"))
		return read_block(r, at + 1, false, &large);
	next = read_block(r, at + 1, l->repeated, &large);
	l->large |= large;
	return next;
}

/* The steps from `at` on as deep as that one. Recursion ends with the depth of the query. */
static int read_block(struct reader *r, int at, bool repeated, bool *ret_large)
{
	int depth = at > 0 ? r->lines[at - 1].depth + 1 : 0;
	struct loops l = { .repeated = repeated };

	while (at < r->n_lines && r->lines[at].depth >= depth)
		at = read_step(r, at, &l);
	*ret_large |= l.large;
	return at;
}

int plan_harms(struct arena *a, struct stmt *st, const char *sql, struct plan_harm **ret, struct err *e)
{
	CLEANUP(str_free) struct str plan = STR_INIT;
	struct reader r = { .arena = a, .sql = sql };
	bool large = false;

	if (stmt_explain(st, &plan, e) != ST_OK)
		return -1;
	split(&r, plan.p);
	read_block(&r, 0, false, &large);
	*ret = r.harms;
	return r.n_harms;
}

/* ---- what to do about it ---- */

/* Whether the query, planned anew, reads the table through the index just made; its columns. */
static const char *uses_trial(struct arena *a, struct store *s, const char *sql)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str plan = STR_INIT;
	struct err ignored = ERR_INIT;
	const char *at;

	if (store_prepare(s, sql, &st, &ignored) != ST_OK || stmt_explain(st, &plan, &ignored) != ST_OK)
		return NULL;
	at = strstr(plan.p, "INDEX rasoat_trial (");
	return at ? index_columns(a, at) : NULL;
}

void plan_advise(struct arena *a, struct store *s, const char *sql, struct plan_harm *harm)
{
	CLEANUP(str_free) struct str make = STR_INIT;
	struct err ignored = ERR_INIT;

	for (int i = 0; harm->table && !harm->columns && i < harm->table->n_columns; i++) {
		str_clear(&make);
		str_addf(&make, "SAVEPOINT trial; CREATE INDEX main.rasoat_trial ON %s(%s)",
			 harm->table->name, harm->table->columns[i].name);
		if (store_exec(s, make.p, &ignored) == ST_OK)
			harm->columns = uses_trial(a, s, sql);
		(void)!store_exec(s, "ROLLBACK TO trial; RELEASE trial", &ignored);
	}
}

/* "account_role (about 2,500,000 rows in the whole country)" */
static void add_name(struct str *out, const struct plan_harm *h)
{
	CLEANUP(str_free) struct str digits = STR_INIT;

	if (!h->rows && !str_eq(h->name, CLOCK)) {
		str_addf(out, "the rows of %s%s", *h->name == '(' ? "a subquery" : "subquery ",
			 *h->name == '(' ? "" : h->name);
		return;
	}
	str_add(out, h->name);
	if (!h->rows)
		return;
	str_addf(&digits, "%lld", (long long)h->rows);
	str_add(out, " (about ");
	for (size_t i = 0; i < digits.len; i++) {
		if (i && (digits.len - i) % 3 == 0)
			str_addc(out, ',');
		str_addc(out, digits.p[i]);
	}
	str_add(out, " rows in the whole country)");
}

static void add_remedy(struct str *out, const struct plan_harm *h)
{
	if (h->table && h->columns)
		str_addf(out, "join it on an indexed column (docs/stores.md lists them), or declare an index on "
			 "%s(%s) in src/store/schema.c", h->name, h->columns);
	else if (h->table)
		str_add(out, "write the join in 'from', with = on an indexed column by itself "
			     "(docs/stores.md lists them)");
	else if (str_eq(h->name, CLOCK))
		str_add(out, "join it with = on case_id");
	else if (h->rows)
		str_add(out, "join it with = on one of its columns");
	else
		str_add(out, "join it with = on a column that it takes from a table as it is, or write "
			     "CAST(... AS TEXT) around the expression");
}

void plan_warn(struct diags *d, const char *file, int line, const char *what, const struct plan_harm *h)
{
	CLEANUP(str_free) struct str text = STR_INIT;

	str_add(&text, h->kind == PLAN_INDEX	  ? "builds an index over "
		       : h->kind == PLAN_SUBQUERY ? "a subquery reads "
						  : "reads ");
	add_name(&text, h);
	if (h->kind == PLAN_INDEX)
		str_add(&text, " in every run; ");
	else if (h->kind == PLAN_SUBQUERY)
		str_add(&text, " whole for each row; ");
	else
		str_addf(&text, " whole again for each row of %s; ",
			 *h->outer == '(' ? "a subquery" : h->outer);
	add_remedy(&text, h);
	diag_warn(d, file, line, "%s: %s", what, text.p);
}
