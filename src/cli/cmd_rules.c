/* rasoat rules: what the rules check, by pack, and by which law; as a list, for programs, and as a guide for inspectors. */
#include "cli.h"

#include <rasoat/json.h>
#include <rasoat/rules_guide.h>

#include <stdio.h>

struct rules_args {
	const char **packs, **rules, *format, *out;
	bool json, guide;
};

static const struct opt rules_opts[] = {
	{ "pack", 'p', OPT_LIST, "NAME", offsetof(struct rules_args, packs), "only this pack (may come again)" },
	{ "rule", 'r', OPT_LIST, "ID", offsetof(struct rules_args, rules), "only this rule (may come again)" },
	{ "json", 0, OPT_FLAG, NULL, offsetof(struct rules_args, json), "for programs: an object a line, one for each rule" },
	{ "guide", 'g', OPT_FLAG, NULL, offsetof(struct rules_args, guide),
	  "write the guide for inspectors: rules-guide.pdf and .html, in Vietnamese, with drawings" },
	{ "format", 'f', OPT_TEXT, "LIST", offsetof(struct rules_args, format), "of the guide: pdf, html; default pdf,html" },
	{ "output", 'o', OPT_TEXT, "DIR", offsetof(struct rules_args, out), "where the guide goes; default out/" },
	{ 0 },
};

static const char *const mark_words[] = { [MARK_VERIFIED] = "verified", [MARK_INFERENCE] = "inference",
					  [MARK_MEMORY] = "memory" };
static const char *const param_words[] = { [PARAM_DAYS] = "days", [PARAM_INT] = "int", [PARAM_TEXT] = "text",
					   [PARAM_DATE] = "date" };
static const char *const store_words[] = { [STORE_CASES] = "cases", [STORE_ACCOUNTS] = "accounts" };

static bool in_list(const char *const *list, const char *word)
{
	for (; list && *list; list++)
		if (str_eq(*list, word))
			return true;
	return false;
}

static bool is_chosen(const struct rules_args *a, const struct rule *r)
{
	if (!a->packs && !a->rules)
		return true;
	return in_list(a->packs, r->pack) || in_list(a->rules, r->id);
}

/* "accounts, cases, permissions" */
static const char *pack_names(struct cli *cli, const struct rule_set *set)
{
	const char *names = "", *last = "";

	for (int i = 0; i < set->n_rules; i++) {
		if (str_eq(set->rules[i]->pack, last))
			continue;
		last = set->rules[i]->pack;
		names = arena_printf(cli->arena, "%s%s%s", names, *names ? ", " : "", last);
	}
	return names;
}

static bool has_pack(const struct rule_set *set, const char *pack)
{
	for (int i = 0; i < set->n_rules; i++)
		if (str_eq(set->rules[i]->pack, pack))
			return true;
	return false;
}

static enum status check_names(struct cli *cli, const struct rules_args *a, const struct rule_set *set, struct err *e)
{
	for (const char **p = a->packs; p && *p; p++)
		if (!has_pack(set, *p))
			return err_set(e, "--pack: unknown pack '%s' (there are %s)", *p, pack_names(cli, set));
	for (const char **r = a->rules; r && *r; r++)
		if (!rules_find(set, *r))
			return err_set(e, "--rule: unknown rule '%s'; 'rasoat rules' lists them", *r);
	return ST_OK;
}

/* --- for people --- */

static void print_basis(const struct basis *b)
{
	static const char *const marks[] = { "", " [inference]", " [from memory]" };

	printf("        law      %s%s%s%s%s%s\n", b->document, b->date ? ", " : "", b->date ? b->date : "",
	       b->clause ? ", " : "", b->clause ? b->clause : "", marks[b->mark]);
}

static bool is_set(const struct rule_param *p)
{
	return p->initial && !str_eq(p->initial, p->value);
}

static void print_param(const struct rule_param *p)
{
	printf("        param    %s = %s", p->name, *p->value ? p->value : "(empty)");
	if (is_set(p))
		printf(" (set in rasoat.xml; default %s)", *p->initial ? p->initial : "(empty)");
	printf("%s%s\n", p->doc ? ": " : "", p->doc ? p->doc : "");
}

static void print_valid(const struct rule *r)
{
	char from[11], to[11];

	if (r->valid_from == DAY_NONE && r->valid_to == DAY_NONE)
		return;
	printf("        valid   ");
	if (r->valid_from != DAY_NONE)
		printf(" from %s", date_iso(r->valid_from, from));
	if (r->valid_to != DAY_NONE)
		printf(" to %s", date_iso(r->valid_to, to));
	printf("%s\n", r->event ? ", by the day of the event" : "");
}

static void print_rule(const struct rule *r)
{
	printf("\n%-8s%s, %s\n        %s\n", r->id, severity_words[r->severity], r->subject, r->title);
	for (int i = 0; i < r->n_bases; i++)
		print_basis(&r->bases[i]);
	print_valid(r);
	for (int i = 0; i < r->n_params; i++)
		print_param(&r->params[i]);
}

static void print_pack(const struct rules_args *a, const struct rule_set *set, int first)
{
	const struct rule *head = set->rules[first];
	int n = 0;

	for (int i = first; i < set->n_rules; i++)
		n += str_eq(set->rules[i]->pack, head->pack) && is_chosen(a, set->rules[i]);
	printf("%s: %d rule%s on the %s (%s)\n", head->pack, n, n == 1 ? "" : "s",
	       head->store == STORE_CASES ? "case store" : "account store", head->file);
}

static int print_all(const struct rules_args *a, const struct rule_set *set)
{
	const char *pack = NULL;
	int n = 0;

	for (int i = 0; i < set->n_rules; i++) {
		if (!is_chosen(a, set->rules[i]))
			continue;
		if (!str_eq(set->rules[i]->pack, pack)) {
			printf("%s", pack ? "\n\n" : "");
			print_pack(a, set, i);
			pack = set->rules[i]->pack;
		}
		print_rule(set->rules[i]);
		n++;
	}
	printf("\n%d rule%s\n", n, n == 1 ? "" : "s");
	return EXIT_DONE;
}

/* --- for programs --- */

static void json_member(struct str *out, const char *key, const char *text)
{
	str_addf(out, ",\"%s\":", key);
	if (text)
		json_text(out, text);
	else
		str_add(out, "null");
}

static void json_day(struct str *out, const char *key, day_t day)
{
	char iso[11];

	json_member(out, key, day == DAY_NONE ? NULL : date_iso(day, iso));
}

static void json_bases(struct str *out, const struct rule *r)
{
	str_add(out, ",\"basis\":[");
	for (int i = 0; i < r->n_bases; i++) {
		const struct basis *b = &r->bases[i];

		str_addf(out, "%s{\"document\":", i ? "," : "");
		json_text(out, b->document);
		json_member(out, "date", b->date);
		json_member(out, "clause", b->clause);
		json_member(out, "mark", mark_words[b->mark]);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

static void json_params(struct str *out, const struct rule *r)
{
	str_add(out, ",\"params\":[");
	for (int i = 0; i < r->n_params; i++) {
		const struct rule_param *p = &r->params[i];

		str_addf(out, "%s{\"name\":", i ? "," : "");
		json_text(out, p->name);
		json_member(out, "type", param_words[p->type]);
		json_member(out, "value", p->value);
		json_member(out, "default", p->initial ? p->initial : p->value);
		json_member(out, "doc", p->doc);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

static void json_rule(struct str *out, const struct rule *r)
{
	str_add(out, "{\"id\":");
	json_text(out, r->id);
	json_member(out, "pack", r->pack);
	json_member(out, "store", store_words[r->store]);
	json_member(out, "severity", severity_words[r->severity]);
	json_member(out, "subject", r->subject);
	json_member(out, "title", r->title);
	json_bases(out, r);
	json_day(out, "valid_from", r->valid_from);
	json_day(out, "valid_to", r->valid_to);
	json_params(out, r);
	json_member(out, "remedy", r->remedy);
	json_member(out, "file", r->file);
	str_addf(out, ",\"line\":%d}\n", r->line);
}

static int print_json(const struct rules_args *a, const struct rule_set *set)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	for (int i = 0; i < set->n_rules; i++)
		if (is_chosen(a, set->rules[i]))
			json_rule(&out, set->rules[i]);
	fputs(out.p, stdout);
	return EXIT_DONE;
}

/* --- for inspectors --- */

static enum status write_guide(struct cli *cli, const struct rules_args *a, const struct workspace *w,
			       const struct writer **writers, struct outputs *o, struct err *e)
{
	struct document *d = rules_guide(cli->arena, w, (const char *const *)a->packs);

	for (; *writers; writers++) {
		const char *path = arena_printf(cli->arena, "%s/rules-guide%s", a->out ? a->out : w->out_dir,
						(*writers)->extension);

		if (outputs_write(o, d, *writers, w->font_dir, path, e) != ST_OK)
			return ST_ERR;
	}
	return outputs_commit(o, e);
}

static int print_guide(struct cli *cli, const struct rules_args *a, const struct workspace *w)
{
	const struct writer **writers = cli_writers(cli, a->format ? a->format : "pdf,html");
	struct outputs o = { 0 };
	struct err e = ERR_INIT;
	enum status st;

	if (!writers)
		return EXIT_FAILED;
	for (const struct writer **x = writers; *x; x++)
		if (!str_eq((*x)->name, "pdf") && !str_eq((*x)->name, "html"))
			return cli_usage(&cmd_rules, "--format: the guide is pdf or html, not '%s'", (*x)->name);
	st = write_guide(cli, a, w, writers, &o, &e);
	outputs_drop(&o);
	if (st != ST_OK)
		return cli_fail(&e);
	for (; *writers; writers++)
		printf("wrote %s/rules-guide%s\n", a->out ? a->out : w->out_dir, (*writers)->extension);
	return EXIT_DONE;
}

static int rules_run(struct cli *cli, const void *v, char **operands, int n)
{
	const struct rules_args *a = v;
	struct workspace *w = NULL;
	struct err e = ERR_INIT;

	if (n)
		return cli_usage(&cmd_rules, "unexpected argument '%s'", operands[0]);
	if (!cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (check_names(cli, a, w->rules, &e) != ST_OK)
		return cli_fail(&e);
	if (a->guide)
		return print_guide(cli, a, w);
	return a->json ? print_json(a, w->rules) : print_all(a, w->rules);
}

const struct command cmd_rules = {
	.name = "rules",
	.operands = "",
	.summary = "list the rules: what each checks, its law, its parameters",
	.opts = rules_opts,
	.args_size = sizeof(struct rules_args),
	.run = rules_run,
};
