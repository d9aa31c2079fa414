#include "xlsx_text.h"

#include <rasoat/err.h>
#include <rasoat/text.h>

#include <ctype.h>
#include <string.h>

#define CUT_MARK " … (xem bản JSON Lines)"

enum {
	CELL_UNITS_MAX = 32767, /* Excel's limit, in UTF-16 units */
	CELL_UNITS_CUT = 32700, /* what stays of a longer text, before the mark */
	CHAR_UNITS_MAX = 7,
};

/* Whether s begins with something Excel takes for an escaped character: _xHHHH_. */
static bool looks_escaped(const char *s)
{
	if (s[0] != '_' || s[1] != 'x')
		return false;
	for (int i = 2; i < 6; i++)
		if (!isxdigit((unsigned char)s[i]))
			return false;
	return s[6] == '_';
}

/* One character; returns the units it takes in the file. Others control characters libxlsxwriter escapes. */
static int add_char(struct str *out, const char *s, size_t bytes, uint32_t cp)
{
	if (cp == '_' && looks_escaped(s)) {
		str_add(out, "_x005F_");
		return CHAR_UNITS_MAX;
	}
	if (cp == 0xFFFE || cp == 0xFFFF) {
		str_add(out, "\xEF\xBF\xBD");
		return 1;
	}
	str_addn(out, s, bytes);
	if (cp < 0x20 && cp != '\n' && cp != '\t')
		return CHAR_UNITS_MAX;
	return cp > 0xFFFF ? 2 : 1;
}

/* Short enough however it is counted, no "_x0041_", no U+FFFE or U+FFFF (EF BF BE, EF BF BF). */
static bool is_plain(const char *s, size_t n)
{
	return n <= CELL_UNITS_MAX / CHAR_UNITS_MAX && !memchr(s, 0xEF, n) && !strstr(s, "_x");
}

const char *xlsx_cell_text(struct str *out, const char *s)
{
	size_t n = strlen(s), keep = 0;
	int units = 0;

	if (is_plain(s, n))
		return s;
	str_clear(out);
	for (size_t at = 0; at < n;) {
		uint32_t cp;
		size_t used = text_next(s + at, n - at, &cp);

		units += add_char(out, s + at, used, cp);
		at += used;
		if (units <= CELL_UNITS_CUT)
			keep = out->len;
		if (units > CELL_UNITS_MAX) {
			out->len = keep;
			out->p[keep] = 0;
			str_add(out, CUT_MARK);
			break;
		}
	}
	return out->p;
}

void xlsx_short_text(struct str *out, const char *s, int max)
{
	size_t n = strlen(s);

	str_clear(out);
	for (size_t at = 0; at < n; max--) {
		uint32_t cp;
		size_t used = text_next(s + at, n - at, &cp);

		if (max <= 1 && at + used < n) {
			str_add(out, "…");
			return;
		}
		if (cp < 0x20)
			str_addc(out, ' ');
		else
			add_char(out, s + at, used, cp);
		at += used;
	}
}

void xlsx_header_text(struct str *out, const char *s, int max)
{
	CLEANUP(str_free) struct str cut = STR_INIT;

	xlsx_short_text(&cut, s, max);
	str_clear(out);
	for (const char *p = cut.p; *p; p++) {
		if (*p == '&')
			str_addc(out, '&');
		str_addc(out, *p);
	}
}

static void add_cell_name(struct str *out, int row, int col)
{
	char letters[8];
	size_t k = sizeof(letters);

	letters[--k] = 0;
	for (int c = col + 1; c > 0; c = (c - 1) / 26)
		letters[--k] = (char)('A' + (c - 1) % 26);
	str_addf(out, "%s%d", letters + k, row + 1);
}

void xlsx_formula(struct str *out, const struct sheet_cell *c)
{
	const struct cell_formula *f = c->value.formula;

	str_clear(out);
	if (f->kind == FORMULA_SUM_ROWS) {
		str_add(out, "=SUM(");
		add_cell_name(out, c->sum_first_row, c->col);
		str_addc(out, ':');
		add_cell_name(out, c->sum_last_row, c->col);
		str_addc(out, ')');
		return;
	}
	str_addc(out, '=');
	for (int i = 0; i < f->n_terms; i++) {
		if (f->terms[i].sign < 0)
			str_addc(out, '-');
		else if (i)
			str_addc(out, '+');
		str_add(out, c->terms_text ? "N(" : "");
		add_cell_name(out, c->row, c->leaf_cols[f->terms[i].column]);
		str_add(out, c->terms_text ? ")" : "");
	}
}

void xlsx_link_sheet(struct str *out, const char *name)
{
	str_add(out, "internal:'");
	for (const char *p = name; *p; p++)
		str_add(out, (char[3]){ *p, *p == '\'' ? '\'' : 0, 0 });
	str_add(out, "'!A1");
}

bool xlsx_link(struct str *out, const struct document *d, const char *id)
{
	for (int i = 0; i < d->n_sections; i++)
		if (str_eq(d->sections[i].id, id)) {
			xlsx_link_sheet(out, d->sections[i].name);
			return true;
		}
	return false;
}

double xlsx_serial(int32_t day)
{
	int32_t serial = day + 25569; /* 1970-01-01 */

	return serial > 60 ? serial : serial - 1;
}
