/* The cells of a finding in one column: a JSON array that any tool can read. */
#include "ledger_int.h"

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <string.h>

void json_string(const char *text, struct str *out)
{
	str_addc(out, '"');
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '"' || c == '\\')
			str_addf(out, "\\%c", c);
		else if (c == '\n')
			str_add(out, "\\n");
		else if (c == '\t')
			str_add(out, "\\t");
		else if (c < 0x20)
			str_addf(out, "\\u%04x", c);
		else
			str_addc(out, *p);
	}
	str_addc(out, '"');
}

void fields_write(const char *const *fields, int n, struct str *out)
{
	str_addc(out, '[');
	for (int i = 0; i < n; i++) {
		if (i)
			str_addc(out, ',');
		if (fields[i])
			json_string(fields[i], out);
		else
			str_add(out, "null");
	}
	str_addc(out, ']');
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c ? strchr(digits, c | 0x20) : NULL;

	return p ? (int)(p - digits) : -1;
}

/* Only what json_string() writes: \u00xx below a blank, the two quotings, \n and \t. */
static const char *read_escape(const char *p, struct str *out)
{
	int high, low;

	switch (*p) {
	case '"':
	case '\\':
	case '/':
		str_addc(out, *p);
		return p + 1;
	case 'n':
		str_addc(out, '\n');
		return p + 1;
	case 't':
		str_addc(out, '\t');
		return p + 1;
	case 'u':
		if (strncmp(p, "u00", 3) != 0)
			return NULL;
		high = hex_digit(p[3]);
		low = high < 0 ? -1 : hex_digit(p[4]);
		if (low < 0 || high > 1)
			return NULL;
		str_addc(out, (char)(high * 16 + low));
		return p + 5;
	default:
		return NULL;
	}
}

/* From behind the opening quote to behind the closing one. */
static const char *read_string(const char *p, struct str *out)
{
	while (p && *p && *p != '"') {
		if (*p == '\\')
			p = read_escape(p + 1, out);
		else
			str_addc(out, *p++);
	}
	return p && *p == '"' ? p + 1 : NULL;
}

bool fields_read(struct arena *a, const char *json, const char *const **ret, int *ret_n)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	const char **fields = NULL, *p = json;
	int n = 0, cap = 0;

	if (*p++ != '[')
		return false;
	while (*p != ']') {
		if (n && *p++ != ',')
			return false;
		str_clear(&text);
		if (strncmp(p, "null", 4) == 0) {
			*ARENA_PUSH(a, fields, n, cap) = NULL;
			p += 4;
			continue;
		}
		p = *p == '"' ? read_string(p + 1, &text) : NULL;
		if (!p)
			return false;
		*ARENA_PUSH(a, fields, n, cap) = arena_strndup(a, text.p, text.len);
	}
	if (p[1])
		return false;
	*ret = fields;
	*ret_n = n;
	return true;
}
