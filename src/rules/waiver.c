#include <rasoat/waiver.h>

#include "bind.h"
#include <rasoat/arena.h>
#include <rasoat/hash.h>
#include <rasoat/str.h>
#include <string.h>
#include <unistd.h>

#define ID_MOST 64

static const struct shape shapes[] = {
	{ "waivers", NULL, NULL, NULL, NULL, NULL, "waiver", TEXT_NONE, NULL },
	{ "waiver", "id rule from to", "unit key", "reason requester approver document", NULL, NULL, NULL, TEXT_NONE,
	  NULL },
	{ "reason", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "requester", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "approver", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "document", "number date", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:waivers:1", "waivers.xsd", shapes };

struct reader {
	struct bind b;
	struct waiver_set *set;
	const struct rule_set *rules;
	int longest;
};

static bool is_id(const char *id)
{
	size_t n = strlen(id);

	return n <= ID_MOST && strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./") == n;
}

static void read_id(const struct reader *r, struct waiver *w, const struct xml_node *n)
{
	w->id = xml_attr(n, "id") ? xml_attr(n, "id") : "";
	if (!is_id(w->id))
		bind_error(&r->b, n, "attribute 'id' of <waiver> is '%s'; expected at most %d letters A-Z, digits, '-', '_', "
			   "'.' and '/'", w->id, ID_MOST);
	for (int i = 0; *w->id && i < r->set->n; i++)
		if (strcmp(r->set->items[i].id, w->id) == 0) {
			bind_error(&r->b, n, "waiver '%s' is there twice; the first is in line %d", w->id,
				   r->set->items[i].line);
			return;
		}
}

static void read_rule(const struct reader *r, struct waiver *w, const struct xml_node *n)
{
	const char *id = xml_attr(n, "rule"), *known = "";

	if (!id || !*id)
		return;
	w->rule = rules_find(r->rules, id);
	for (int i = 0; !w->rule && i < r->rules->n_rules; i++)
		known = arena_printf(r->b.a, "%s %s", known, r->rules->rules[i]->id);
	if (!w->rule)
		bind_error(&r->b, n, "attribute 'rule' of <waiver>: there is no rule '%s'%s", id,
			   bind_hint(r->b.a, id, known, "known"));
	else if (str_eq(w->rule->pack, WAIVER_PACK))
		bind_error(&r->b, n, "rule '%s' is about waivers; it cannot be waived", id);
}

static void read_days(const struct reader *r, struct waiver *w, const struct xml_node *n)
{
	bind_range(&r->b, n, &w->from, &w->to);
	if (w->from == DAY_NONE || w->to == DAY_NONE || w->to - w->from < r->longest)
		return;
	bind_error(&r->b, n, "waiver '%s' lasts %d days; at most %d (longest of <waivers> in rasoat.xml)", w->id,
		   (int)(w->to - w->from) + 1, r->longest);
}

static void read_waiver(struct reader *r, const struct xml_node *n)
{
	struct waiver *w = &r->set->items[r->set->n];
	const struct xml_node *document = bind_child(n, "document");

	*w = (struct waiver){ .line = n->line, .unit = xml_attr(n, "unit"), .key = xml_attr(n, "key") };
	read_id(r, w, n);
	read_rule(r, w, n);
	read_days(r, w, n);
	w->reason = bind_text(&r->b, n, "reason");
	w->requester = bind_text(&r->b, n, "requester");
	w->approver = bind_text(&r->b, n, "approver");
	w->document = document ? xml_attr(document, "number") : NULL;
	w->document_on = document ? bind_day(&r->b, document, "date") : DAY_NONE;
	r->set->n++;
}

struct waiver_set *waivers_load(struct arena *a, const char *file, const char *schema_dir, const struct rule_set *rules,
				int longest, struct diags *d)
{
	struct reader r = { .b = { .a = a, .d = d }, .set = ARENA_NEW(a, struct waiver_set), .rules = rules,
			    .longest = longest };
	const struct xml_node *root;
	struct hash *h;

	r.set->file = file;
	if (access(file, F_OK) != 0)
		return r.set;
	h = hash_new();
	root = bind_open(&r.b, &format, file, h);
	if (root) {
		r.set->items = ARENA_ARRAY(a, (size_t)bind_count(root, "waiver") + 1, struct waiver);
		for (const struct xml_node *n = bind_child(root, "waiver"); n; n = bind_next(n, "waiver"))
			read_waiver(&r, n);
	}
	bind_close(&r.b, &format, schema_dir);
	hash_hex(h, r.set->digest);
	return r.set;
}

static const char sample[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- Approved exceptions (waivers). A finding that one covers is shown as waived, never hidden. After a change\n"
	"     run 'rasoat check'. rule: which rule; unit: only this unit and those below it; key: only the finding with\n"
	"     this key; from, to: the first and the last day. requester and approver: a staff_id or a full name, and not\n"
	"     the same person.\n"
	"\n"
	"  <waiver id=\"MT-2026-01\" rule=\"ACC-05\" unit=\"80\" key=\"TK-0001\" from=\"2026-07-01\" to=\"2026-12-31\">\n"
	"    <reason>Cán bộ được cử đi học tập trung, giữ tài khoản để dùng lại</reason>\n"
	"    <requester>Nguyễn Văn An</requester>\n"
	"    <approver>Trần Thị Bình</approver>\n"
	"    <document number=\"123/QĐ-BHXH\" date=\"2026-06-25\"/>\n"
	"  </waiver> -->\n"
	"<waivers xmlns=\"urn:rasoat:waivers:1\">\n"
	"</waivers>\n";

void waivers_sample(struct str *out)
{
	str_add(out, sample);
}
