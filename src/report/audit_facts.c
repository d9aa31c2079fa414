/* What programs are told of a rule: in JSON Lines on the first line, in SARIF as the rule's descriptor. */
#include "audit_int.h"

#include <string.h>

static const char *const mark_words[] = { [MARK_VERIFIED] = "verified", [MARK_INFERENCE] = "inference",
					  [MARK_MEMORY] = "memory" };

/* By parts, so that a program need not take the sentence of `basis` apart. */
static struct doc_fact law_fact(struct arena *a, const struct rule *r)
{
	struct doc_fact *laws = ARENA_ARRAY(a, (size_t)r->n_bases + 1, struct doc_fact);

	for (int i = 0; i < r->n_bases; i++) {
		const struct basis *b = &r->bases[i];
		struct doc_fact *law = ARENA_ARRAY(a, 4, struct doc_fact);

		law[0] = (struct doc_fact){ .key = "document", .value = cell_str(b->document) };
		law[1] = (struct doc_fact){ .key = "date", .value = cell_str(b->date) };
		law[2] = (struct doc_fact){ .key = "clause", .value = cell_str(b->clause) };
		law[3] = (struct doc_fact){ .key = "mark", .value = cell_str(mark_words[b->mark]) };
		laws[i] = (struct doc_fact){ .key = "law", .object = law, .n_object = 4 };
	}
	return (struct doc_fact){ .key = "law", .object = laws, .n_object = r->n_bases, .array = true };
}

static struct doc_fact param_fact(struct arena *a, const struct rule *r)
{
	struct doc_fact *params = ARENA_ARRAY(a, (size_t)r->n_params + 1, struct doc_fact);

	for (int i = 0; i < r->n_params; i++)
		params[i] = (struct doc_fact){ .key = r->params[i].name,
					       .value = { .kind = CELL_TEXT, .text = r->params[i].value } };
	return (struct doc_fact){ .key = "params", .object = params, .n_object = r->n_params };
}

/* In the workspace: the same wherever the workspace stands. */
static const char *rule_file(const struct audit_report_input *in, const struct rule *r)
{
	const char *dir = in->workspace->dir, *slash;
	size_t n = dir ? strlen(dir) : 0;

	if (n && strncmp(r->file, dir, n) == 0 && (r->file[n] == '/' || dir[n - 1] == '/'))
		return r->file + n + (r->file[n] == '/');
	if (*r->file != '/')
		return r->file;
	slash = strrchr(r->file, '/');
	return slash + 1;
}

/* examined = passed + found + indeterminate + waived + outside. */
static struct doc_fact counts_fact(struct arena *a, const struct rule_outcome *o)
{
	const struct {
		const char *key;
		int64_t n;
	} counts[] = { { "examined", o->examined }, { "passed", o->passed }, { "found", o->found },
		       { "indeterminate", o->indeterminate }, { "waived", o->waived }, { "outside", o->outside } };
	enum { N = sizeof(counts) / sizeof(*counts) };
	struct doc_fact *facts = ARENA_ARRAY(a, N, struct doc_fact);

	for (int i = 0; i < N; i++)
		facts[i] = (struct doc_fact){ .key = counts[i].key, .value = cell_int(counts[i].n) };
	return (struct doc_fact){ .key = "counts", .object = facts, .n_object = N };
}

struct doc_fact audit_rule_fact(struct arena *a, const struct audit_report_input *in, const struct rule_outcome *o)
{
	struct doc_fact *about = ARENA_ARRAY(a, 14, struct doc_fact);
	const struct rule *r = o->rule;
	const char *state = o->error ? "error" : o->not_applicable ? "not_applicable" : "ran";
	int n = 0;

	about[n++] = (struct doc_fact){ .key = "title", .value = cell_str(r->title) };
	about[n++] = (struct doc_fact){ .key = "severity", .value = cell_str(severity_words[r->severity]) };
	about[n++] = (struct doc_fact){ .key = "remedy", .value = cell_str(r->remedy) };
	about[n++] = (struct doc_fact){ .key = "basis", .value = cell_str(audit_basis(a, r)) };
	about[n++] = (struct doc_fact){ .key = "pack", .value = cell_str(r->pack) };
	about[n++] = (struct doc_fact){ .key = "subject", .value = cell_str(r->subject) };
	about[n++] = law_fact(a, r);
	about[n++] = (struct doc_fact){ .key = "valid_from", .value = cell_day(r->valid_from) };
	about[n++] = (struct doc_fact){ .key = "valid_to", .value = cell_day(r->valid_to) };
	about[n++] = param_fact(a, r);
	about[n++] = (struct doc_fact){ .key = "file", .value = cell_str(rule_file(in, r)) };
	about[n++] = (struct doc_fact){ .key = "line", .value = cell_int(r->line) };
	about[n++] = (struct doc_fact){ .key = "state", .value = cell_str(state) };
	if (audit_ran(o))
		about[n++] = counts_fact(a, o);
	return (struct doc_fact){ .key = r->id, .object = about, .n_object = n };
}
