#include <rasoat/json.h>

#include <rasoat/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_escaped(struct str *out, unsigned char c)
{
	static const char letters[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };

	if (c == '"' || c == '\\')
		str_addf(out, "\\%c", c);
	else if (c < sizeof(letters) && letters[c])
		str_addf(out, "\\%c", letters[c]);
	else
		str_addf(out, "\\u%04x", c);
}

static bool turns_text(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

/* 0xD8 and 0xE2 begin the characters that turns_text() knows, and few others. */
static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && c != 0xD8 && c != 0xE2;
}

/* One character that is not plain; returns its bytes. */
static size_t add_character(struct str *out, const char *s, size_t n)
{
	uint32_t cp;
	size_t used;

	if ((unsigned char)*s < 0x80) {
		add_escaped(out, (unsigned char)*s);
		return 1;
	}
	used = text_next(s, n, &cp);
	if (turns_text(cp))
		str_addf(out, "\\u%04x", (unsigned)cp);
	else
		str_addn(out, s, used);
	return used;
}

/* Valid text: runs of plain bytes, and the rest one by one. */
static void add_valid(struct str *out, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		size_t plain = at;

		while (plain < n && is_plain((unsigned char)s[plain]))
			plain++;
		str_addn(out, s + at, plain - at);
		at = plain;
		if (at < n)
			at += add_character(out, s + at, n - at);
	}
}

bool json_text(struct str *out, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	bool valid = true;

	str_addc(out, '"');
	while (n) {
		size_t good = text_invalid_at(s, n);

		add_valid(out, s, good);
		s += good;
		n -= good;
		if (!n)
			break;
		str_add(out, "\xEF\xBF\xBD");
		valid = false;
		s++;
		n--;
	}
	str_addc(out, '"');
	return valid;
}

void json_real(struct str *out, double r)
{
	char buf[40];

	snprintf(buf, sizeof(buf), "%.15g", r);
	if (strtod(buf, NULL) != r)
		snprintf(buf, sizeof(buf), "%.17g", r);
	for (char *p = buf; *p; p++)
		if (*p == ',')
			*p = '.';
	str_add(out, buf);
}
