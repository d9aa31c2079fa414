#include "html_text.h"

#include <rasoat/text.h>

#include <string.h>

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static bool turns_text(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

static void add_ascii(struct str *out, char c, bool breaks)
{
	const char *name = entity(c);

	if (name)
		str_add(out, name);
	else if (c == '\n' && breaks)
		str_add(out, "<br>");
	else if (c == '\n' || c == '\t' || c == '\r')
		str_addc(out, ' ');
	else if ((unsigned char)c < 0x20 || c == 0x7F)
		str_add(out, "\xEF\xBF\xBD");
	else
		str_addc(out, c);
}

void html_text(struct str *out, const char *s, bool breaks)
{
	size_t n = s ? strlen(s) : 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t used = 1;

		if ((unsigned char)s[i] < 0x80) {
			add_ascii(out, s[i], breaks);
		} else {
			used = text_next(s + i, n - i, &cp);
			if (turns_text(cp))
				str_addf(out, "[U+%04X]", (unsigned)cp);
			else if (cp == 0xFFFD || (cp >= 0x80 && cp < 0xA0))
				str_add(out, "\xEF\xBF\xBD");
			else
				str_addn(out, s + i, used);
		}
		i += used;
	}
}

void html_id(struct str *out, const char *name)
{
	for (const unsigned char *p = (const unsigned char *)(name ? name : ""); *p; p++)
		if ((*p >= '0' && *p <= '9') || ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z') || *p == '-')
			str_addc(out, (char)*p);
		else
			str_addf(out, "_%02X", *p);
}
