/* What differs between two runs as wholes: days, facts, rules, terms, calendar, units, waivers. */
#include "compare_int.h"

#include <rasoat/arena.h>
#include <string.h>

enum { MOST_UNITS = 20 };

/* A line of the list of units (run_inputs.c). */
struct unit_line {
	const char *id, *parent, *name, *level, *remote, *there, *province, *from, *to;
};

struct unit_lines {
	struct unit_line *items;
	int n, cap;
};

static void read_units(struct arena *a, const char *content, struct unit_lines *ret)
{
	char *text = content ? arena_strdup(a, content) : NULL, *lines = NULL;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line; line = strtok_r(NULL, "\n", &lines)) {
		const char *cells[9] = { "", "", "", "", "", "", "", "", "" };
		char *p = line;

		for (int i = 0; i < 9 && p; i++) {
			cells[i] = p;
			p = strchr(p, '\t');
			if (p)
				*p++ = '\0';
		}
		*ARENA_PUSH(a, ret->items, ret->n, ret->cap) =
			(struct unit_line){ cells[0], cells[1], cells[2], cells[3], cells[4], cells[5],
							cells[6], cells[7], cells[8] };
	}
}

/* They are sorted by id. */
static const struct unit_line *find(const struct unit_lines *u, const char *id)
{
	int low = 0, high = u->n - 1;

	while (low <= high) {
		int middle = low + (high - low) / 2, order = strcmp(id, u->items[middle].id);

		if (!order)
			return &u->items[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return NULL;
}

static bool below(const struct unit_lines *u, const char *id, const char *top)
{
	const struct unit_line *line = find(u, id);

	for (int depth = 0; line && depth < 64; depth++) {
		if (str_eq(line->id, top))
			return true;
		line = find(u, line->parent);
	}
	return false;
}

static bool same_line(const struct unit_line *a, const struct unit_line *b)
{
	return a && b && str_eq(a->parent, b->parent) && str_eq(a->name, b->name) && str_eq(a->level, b->level) &&
	       str_eq(a->remote, b->remote) && str_eq(a->there, b->there) && str_eq(a->province, b->province) &&
	       str_eq(a->from, b->from) && str_eq(a->to, b->to);
}

static enum status add_unit(struct compare *x, const struct unit_lines u[2], const char *id, struct err *e)
{
	const char *top = x->after.line.unit;
	bool was = !top || below(&u[0], id, top), now = !top || below(&u[1], id, top);
	const struct value values[] = { value_text(id), value_int(was), value_int(now), value_int(1) };

	return compare_do(x->l, "INSERT OR IGNORE INTO temp.compared_unit VALUES(?, ?, ?, ?)", values, 4, e);
}

static const char *unit_sentence(struct arena *a, const struct unit_line *was, const struct unit_line *now)
{
	const char *head;

	if (!was)
		return arena_printf(a, "Đơn vị %s (%s) có thêm trong danh sách", now->name, now->id);
	if (!now)
		return arena_printf(a, "Đơn vị %s (%s) không còn trong danh sách", was->name, was->id);
	head = arena_printf(a, "Đơn vị %s (%s)", now->name, now->id);
	if (!str_eq(was->parent, now->parent))
		return arena_printf(a, "%s chuyển từ đơn vị %s sang đơn vị %s", head, *was->parent ? was->parent : "(không có)",
				    *now->parent ? now->parent : "(không có)");
	if (!str_eq(was->there, now->there))
		return arena_printf(a, "%s %s", head, str_eq(now->there, "1") ? "bắt đầu hoạt động" : "thôi hoạt động");
	return arena_printf(a, "%s thay đổi tên, cấp, địa bàn hoặc thời gian hoạt động", head);
}

static void add_input(struct compare *x, unsigned cause, const char *text)
{
	*ARENA_PUSH(x->a, x->c->inputs, x->c->n_inputs, x->inputs_cap) = (struct compared_input){ cause, text };
}

/* Into the runs' unit or out of it, though its own line is the same: what it stands under moved. */
static bool moved(const struct compare *x, const struct unit_lines u[2], const char *id)
{
	const char *top = x->after.line.unit;

	return top && below(&u[0], id, top) != below(&u[1], id, top);
}

/* Each unit of either list once, in order. */
static enum status each_unit(struct compare *x, bool tell, struct err *e)
{
	struct unit_lines u[2] = { { 0 }, { 0 } };
	int at[2] = { 0, 0 }, changed = 0;

	if (!x->before.units || !x->after.units || str_eq(x->before.organisation, x->after.organisation))
		return ST_OK;
	read_units(x->a, x->before.units, &u[0]);
	read_units(x->a, x->after.units, &u[1]);
	while (at[0] < u[0].n || at[1] < u[1].n) {
		const struct unit_line *was = at[0] < u[0].n ? &u[0].items[at[0]] : NULL;
		const struct unit_line *now = at[1] < u[1].n ? &u[1].items[at[1]] : NULL;
		const char *id = was ? was->id : now ? now->id : "";
		bool same;

		if (was && now && strcmp(now->id, was->id) < 0)
			id = now->id;
		was = was && str_eq(was->id, id) ? was : NULL;
		now = now && str_eq(now->id, id) ? now : NULL;
		at[0] += was != NULL;
		at[1] += now != NULL;
		same = same_line(was, now);
		if (!tell && (!same || moved(x, u, id)) && add_unit(x, u, id, e) != ST_OK)
			return ST_ERR;
		if (tell && !same && ++changed <= MOST_UNITS)
			add_input(x, CAUSE_ORGANISATION, unit_sentence(x->a, was, now));
	}
	if (changed > MOST_UNITS)
		add_input(x, CAUSE_ORGANISATION, arena_printf(x->a, "%d đơn vị khác cũng có thay đổi", changed - MOST_UNITS));
	return ST_OK;
}

enum status compare_units(struct compare *x, struct err *e)
{
	return each_unit(x, false, e);
}

/* ---- rules ---- */

/* The value of "RULE.param" in the JSON object of a run's parameters; NULL when it has none. */
static const char *param_value(struct arena *a, const char *json, const char *rule, const char *param)
{
	const char *key = arena_printf(a, "\"%s.%s\":\"", rule, param);
	const char *at = json ? strstr(json, key) : NULL, *end;

	if (!at)
		return NULL;
	at += strlen(key);
	for (end = at; *end && *end != '"'; end++)
		if (*end == '\\' && end[1])
			end++;
	return arena_strndup(a, at, (size_t)(end - at));
}

static const char *param_changes(struct compare *x, const struct compared_rule *r)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; r->rule && i < r->rule->n_params; i++) {
		const char *name = r->rule->params[i].name;
		const char *was = param_value(x->a, x->before.params, r->rule_id, name);
		const char *now = param_value(x->a, x->after.params, r->rule_id, name);

		if (was && now && !str_eq(was, now))
			str_addf(&out, "%stham số %s từ %s thành %s", out.len ? ", " : "", name, was, now);
	}
	return out.len ? arena_strdup(x->a, out.p) : "điều kiện";
}

static void add_rules(struct compare *x)
{
	for (int i = 0; i < x->c->n_rules; i++) {
		const struct compared_rule *r = &x->c->rules[i];
		const struct rule_row *was = &x->rows[i][0], *now = &x->rows[i][1];
		const char *what;

		if (!r->changed || r->skipped)
			continue;
		if (was->there != now->there)
			what = now->there ? "được bổ sung" : "không còn";
		else if (was->in_force != now->in_force)
			what = now->in_force ? "bắt đầu có hiệu lực" : "hết hiệu lực";
		else
			what = arena_printf(x->a, "thay đổi %s", param_changes(x, r));
		add_input(x, CAUSE_RULE, arena_printf(x->a, "Quy tắc %s %s", r->rule_id, what));
	}
}

/* ---- all ---- */

enum status compare_inputs(struct compare *x, struct err *e)
{
	const struct run_row *b = &x->before, *n = &x->after;
	const struct {
		const char *was, *now;
		unsigned cause;
		const char *text;
	} files[] = {
		{ b->facts[STORE_CASES], n->facts[STORE_CASES], CAUSE_DATA, "Dữ liệu vụ việc được nạp thêm hoặc sửa" },
		{ b->facts[STORE_ACCOUNTS], n->facts[STORE_ACCOUNTS], CAUSE_DATA, "Dữ liệu tài khoản được nạp thêm hoặc sửa" },
		{ b->terms, n->terms, CAUSE_CALENDAR, "Bảng thời hạn (terms.xml) thay đổi" },
		{ b->calendar, n->calendar, CAUSE_CALENDAR, "Lịch làm việc (calendar.xml) thay đổi" },
		{ b->waivers ? b->waivers : "", n->waivers ? n->waivers : "", CAUSE_WAIVER,
		  "Danh sách miễn trừ (waivers.xml) thay đổi" },
		{ b->program, n->program, 0, "Phiên bản chương trình thay đổi" },
	};
	char was[11], now[11];

	if (b->line.as_of != n->line.as_of)
		add_input(x, CAUSE_TIME, arena_printf(x->a, "Ngày chốt số liệu từ %s thành %s", date_dmy(b->line.as_of, was),
							    date_dmy(n->line.as_of, now)));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (files[i].was && files[i].now && !str_eq(files[i].was, files[i].now))
			add_input(x, files[i].cause, files[i].text);
	add_rules(x);
	return each_unit(x, true, e);
}
