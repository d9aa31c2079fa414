#include "text_wrap.h"

#include <rasoat/text.h>

#include <string.h>

int wrap_columns(const char *s)
{
	return (int)text_columns(s, strlen(s));
}

int wrap_widest_word(const char *s)
{
	int widest = 0;

	while (*s) {
		size_t n = strcspn(s, " \n");
		int columns = (int)text_columns(s, n);

		if (columns > widest)
			widest = columns;
		s += n + (s[n] != 0);
	}
	return widest;
}

/* As many bytes of a too long word as `width` columns hold, at least one character. */
static size_t break_word(const char *s, size_t n, int width)
{
	size_t at = 0;
	int columns = 0;

	while (at < n) {
		uint32_t cp;
		size_t used = text_next(s + at, n - at, &cp);

		columns += (int)text_columns(s + at, used);
		if (at && columns > width)
			break;
		at += used;
	}
	return at;
}

size_t wrap_line(const char *s, int width, const char **next)
{
	size_t take = strspn(s, " "); /* an indent belongs to the line */
	int columns = (int)take;

	if (!s[take])
		take = 0;
	for (;;) {
		size_t gap = columns && take ? strspn(s + take, " ") : 0;
		size_t n = strcspn(s + take + gap, " \n");
		int word = (int)text_columns(s + take + gap, n);

		if (!n)
			break;
		if (columns + (int)gap + word > width) {
			bool started = take > strspn(s, " ");

			if (!started)
				take += break_word(s + take, n, width > columns ? width - columns : 1);
			break;
		}
		take += gap + n;
		columns += (int)gap + word;
	}
	*next = s + take + strspn(s + take, " ");
	if (**next == '\n')
		++*next;
	return take;
}

static void blanks(struct str *out, int n)
{
	while (n-- > 0)
		str_addc(out, ' ');
}

void wrap_place(struct str *out, const char *s, size_t n, int width, enum align align)
{
	int room = width - (int)text_columns(s, n);
	int left = align == ALIGN_RIGHT ? room : align == ALIGN_CENTER ? room / 2 : 0;

	if (room < 0)
		room = left = 0;
	blanks(out, left);
	str_addn(out, s, n);
	blanks(out, room - left);
}
