#include <rasoat/regex.h>

#include <rasoat/arena.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MATCH_LIMIT 1000000U /* steps; an honest pattern on a field needs some thousands */
#define JIT_STACK_FIRST ((size_t)32 * 1024)
#define JIT_STACK_LAST ((size_t)1024 * 1024)

/* Holds its own match data: one regex serves one thread at a time. */
struct regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack; /* NULL without JIT */
};

static const void *need(const void *p)
{
	if (!p)
		free(xmalloc((size_t)-1)); /* ends the process like any lack of memory */
	return p;
}

enum status regex_new(const char *pattern, struct regex **ret, struct err *e)
{
	/* UCP: \w, \b and case follow Vietnamese letters, not ASCII only. */
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE offset = 0;
	PCRE2_UCHAR reason[256];
	struct regex *r;
	int code = 0;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options,
					     &code, &offset, NULL);

	if (!compiled) {
		pcre2_get_error_message(code, reason, sizeof(reason));
		return err_set(e, "pattern '%s': %s at offset %zu; correct the pattern", pattern,
			       (const char *)reason, (size_t)offset);
	}
	r = xmalloc(sizeof(*r));
	*r = (struct regex){ .code = compiled };
	r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
	r->context = pcre2_match_context_create(NULL);
	need(r->data);
	need(r->context);
	pcre2_set_match_limit(r->context, MATCH_LIMIT);
	/* Without JIT (hardened kernels) pcre2_match() interprets: slower, same answers. */
	if (pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0) {
		r->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LAST, NULL);
		need(r->stack);
		pcre2_jit_stack_assign(r->context, NULL, r->stack);
	}
	*ret = r;
	return ST_OK;
}

int regex_match(struct regex *r, const char *text, size_t n)
{
	/* pcre2_match() checks the UTF-8 itself, so bytes of any kind end in -1, not in a crash. */
	int code = pcre2_match(r->code, (PCRE2_SPTR)text, n, 0, 0, r->data, r->context);

	if (code == PCRE2_ERROR_NOMATCH)
		return 0;
	return code < 0 ? -1 : 1;
}

void regex_free(struct regex *r)
{
	if (!r)
		return;
	pcre2_jit_stack_free(r->stack);
	pcre2_match_context_free(r->context);
	pcre2_match_data_free(r->data);
	pcre2_code_free(r->code);
	free(r);
}
