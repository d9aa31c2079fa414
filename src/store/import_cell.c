/* One cell of an extract: text to value, or why not. */
#include "import_parts.h"

#include <rasoat/arena.h>
#include <rasoat/date.h>
#include <rasoat/text.h>
#include <string.h>
#include <strings.h>

#define SHOWN 40 /* characters of a cell that a reason quotes */

struct cell {
	const struct column *column;
	const char *p;
	size_t n;
	bool plain; /* visible ASCII and blanks only */
	bool secret;
	struct arena *arena;
	struct str *reason;
};

/* ---- reasons ---- */

static void reason_begin(const struct cell *c)
{
	if (c->reason->len)
		str_add(c->reason, "; ");
	str_addf(c->reason, "%s: ", c->column->name);
}

/*
 * No file format can carry these; line breaks and tabs in a text are fine. C1 controls mostly come
 * from text that was decoded twice.
 */
static bool is_control(uint32_t cp)
{
	if (cp < 0x20)
		return cp != '\t' && cp != '\n' && cp != '\r';
	return (cp >= 0x7F && cp <= 0x9F) || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
}

/* The cell in quotes, on one line, cut at a character. */
static void quote_cell(const struct cell *c)
{
	size_t i = 0, count = 0;
	uint32_t cp;

	if (c->secret) {
		str_add(c->reason, "the cell (not shown, identities are classified)");
		return;
	}
	str_addc(c->reason, '"');
	while (i < c->n && count++ < SHOWN) {
		size_t used = text_next(c->p + i, c->n - i, &cp);

		if (cp < 0x20 || is_control(cp))
			str_addc(c->reason, ' ');
		else
			str_addn(c->reason, c->p + i, used);
		i += used;
	}
	str_add(c->reason, i < c->n ? "...\"" : "\"");
}

static bool bad(const struct cell *c, const char *why)
{
	reason_begin(c);
	str_add(c->reason, why);
	return false;
}

static bool bad_cell(const struct cell *c, const char *why)
{
	reason_begin(c);
	quote_cell(c);
	str_addc(c->reason, ' ');
	str_add(c->reason, why);
	return false;
}

/* ---- text ---- */

static size_t blank_at_start(const char *p, size_t n)
{
	if (n && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		return 1;
	return n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0 ? 2 : 0; /* no-break space */
}

static void trim(struct cell *c)
{
	size_t blank;

	while ((blank = blank_at_start(c->p, c->n)) != 0) {
		c->p += blank;
		c->n -= blank;
	}
	for (;;) {
		if (c->n && blank_at_start(c->p + c->n - 1, 1))
			c->n--;
		else if (c->n >= 2 && blank_at_start(c->p + c->n - 2, 2) == 2)
			c->n -= 2;
		else
			return;
	}
}

static bool check_utf8(const struct cell *c)
{
	size_t at = text_invalid_at(c->p, c->n);

	if (at == c->n)
		return true;
	reason_begin(c);
	str_addf(c->reason, "not UTF-8 at byte %zu; save the extract as \"CSV UTF-8\"", at + 1);
	return false;
}

/* In a code they make two codes of what the eye takes for one. U+FFFD is a letter lost earlier. */
bool is_hidden(uint32_t cp)
{
	return cp < 0x20 || cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || cp == 0xFFFD;
}

static bool check_characters(const struct cell *c)
{
	bool code = c->column->type == COL_CODE;
	uint32_t cp;

	for (size_t i = 0; i < c->n;) {
		i += text_next(c->p + i, c->n - i, &cp);
		if (is_control(cp)) {
			reason_begin(c);
			str_addf(c->reason, "holds the control character 0x%02X", (unsigned)cp);
			return false;
		}
		if (code && is_hidden(cp)) {
			reason_begin(c);
			str_addf(c->reason, "holds U+%04X, which nobody sees in a code; remove it",
				 (unsigned)cp);
			return false;
		}
	}
	return true;
}

static bool is_ascii(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return false;
	return true;
}

static void give_text(struct cell *c, const char *p, size_t n, struct value *ret)
{
	*ret = value_null();
	ret->kind = V_TEXT;
	ret->text = p == c->p && p[n] == '\0' ? p : arena_strndup(c->arena, p, n);
	ret->len = n;
}

static bool read_text(struct cell *c, struct value *ret)
{
	CLEANUP(str_free) struct str nfc = STR_INIT;

	if (!c->plain && !check_characters(c))
		return false;
	if (c->plain || is_ascii(c->p, c->n)) {
		give_text(c, c->p, c->n, ret);
		return true;
	}
	text_nfc(c->p, c->n, &nfc);
	give_text(c, nfc.p, nfc.len, ret);
	return true;
}

/* "1.23E+11": what a spreadsheet makes of a long number; the lost digits do not come back. */
static bool is_shortened_number(const char *p, size_t n)
{
	size_t i = 1;

	if (n < 4 || p[0] < '0' || p[0] > '9')
		return false;
	if (p[i] == '.' || p[i] == ',')
		for (i++; i < n && p[i] >= '0' && p[i] <= '9'; i++)
			;
	if (i + 2 >= n || (p[i] != 'E' && p[i] != 'e') || p[i + 1] != '+')
		return false;
	for (i += 2; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

static bool read_code(struct cell *c, struct value *ret)
{
	if (is_shortened_number(c->p, c->n))
		return bad_cell(c, "is a number that a spreadsheet shortened; export the column as text");
	return read_text(c, ret);
}

/* ---- typed cells ---- */

static bool read_date(struct cell *c, struct value *ret)
{
	char iso[11];
	day_t day;

	if (date_parse_iso(c->p, c->n, &day)) {
		give_text(c, c->p, c->n, ret);
		return true;
	}
	if (!date_parse_any(c->p, c->n, &day))
		return bad_cell(c, "is not a date (want YYYY-MM-DD or dd/mm/yyyy)");
	date_iso(day, iso);
	give_text(c, iso, 10, ret);
	return true;
}

/* Digits only; 0 no number, -1 too large. */
static int parse_digits(const char *p, size_t n, int64_t *ret)
{
	int64_t v = 0;

	if (!n)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return 0;
		if (v >= 0 && (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, p[i] - '0', &v)))
			v = -1; /* too large, but read on: it may be no number at all */
	}
	*ret = v;
	return v < 0 ? -1 : 1;
}

static bool is_negative(const char **p, size_t *n)
{
	bool negative = *n && **p == '-';

	if (negative || (*n && **p == '+')) {
		(*p)++;
		(*n)--;
	}
	return negative;
}

static bool read_int(struct cell *c, struct value *ret)
{
	const char *p = c->p;
	size_t n = c->n;
	bool negative = is_negative(&p, &n);
	int64_t v;
	int rc = parse_digits(p, n, &v);

	if (rc == 0)
		return bad_cell(c, "is not a whole number");
	if (rc < 0)
		return bad_cell(c, "is too large");
	if (negative)
		v = -v;
	if (v < c->column->min) {
		bad_cell(c, "is less than ");
		str_addf(c->reason, "%lld", (long long)c->column->min);
		return false;
	}
	*ret = value_int(v);
	return true;
}

/* "1.234.567" without its dots into `out`; false when the dots do not group thousands. */
static bool ungroup(const char *p, size_t n, char out[32], size_t *ret_n)
{
	size_t since_dot = 0, used = 0;
	bool dots = false;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '.') {
			if (dots ? since_dot != 3 : since_dot < 1 || since_dot > 3)
				return false;
			dots = true;
			since_dot = 0;
			continue;
		}
		if (used == 31)
			return false;
		out[used++] = p[i];
		since_dot++;
	}
	*ret_n = used;
	/* "0.500" is half of something, not 500. */
	return !dots || (since_dot == 3 && out[0] != '0');
}

static bool read_money(struct cell *c, struct value *ret)
{
	const char *p = c->p;
	size_t n = c->n, digits = 0;
	bool negative = is_negative(&p, &n);
	char plain[32];
	int64_t v;
	int rc = ungroup(p, n, plain, &digits) ? parse_digits(plain, digits, &v) : 0;

	if (rc == 0)
		return bad_cell(c, "is not an amount (want whole đồng: 1234567 or 1.234.567)");
	if (rc < 0)
		return bad_cell(c, "is too large");
	*ret = value_int(negative ? -v : v);
	return true;
}

static bool read_bool(struct cell *c, struct value *ret)
{
	CLEANUP(str_free) struct str word = STR_INIT;

	if (c->n == 1 && (*c->p == '0' || *c->p == '1')) {
		*ret = value_int(*c->p - '0');
		return true;
	}
	text_fold(c->p, c->n, &word); /* có -> co, không -> khong */
	if (word.len && !strchr(word.p, ' ') && word_in(word.p, "1 true yes co x"))
		*ret = value_int(1);
	else if (word.len && !strchr(word.p, ' ') && word_in(word.p, "0 false no khong"))
		*ret = value_int(0);
	else
		return bad_cell(c, "is not yes or no (want 0/1, true/false, yes/no, có/không or x)");
	return true;
}

static bool read_enum(struct cell *c, struct value *ret)
{
	const char *word = c->column->values;

	while (*word) {
		size_t n = strcspn(word, " ");

		if (n == c->n && memcmp(word, c->p, n) == 0) {
			give_text(c, c->p, n, ret);
			return true;
		}
		if (n == c->n && strncasecmp(word, c->p, n) == 0) {
			give_text(c, word, n, ret);
			return true;
		}
		word += n + (word[n] == ' ');
	}
	bad_cell(c, "is not one of ");
	for (word = c->column->values; *word; word++) {
		if (*word == ' ')
			str_addc(c->reason, ',');
		str_addc(c->reason, *word);
	}
	return false;
}

bool cell_read(const struct column *column, const struct csv_field *field, bool secret, struct arena *a,
	       struct value *ret, struct str *reason)
{
	static bool (*const readers[])(struct cell *c, struct value *v) = {
		[COL_CODE] = read_code,   [COL_TEXT] = read_text, [COL_DATE] = read_date, [COL_INT] = read_int,
		[COL_MONEY] = read_money, [COL_BOOL] = read_bool, [COL_ENUM] = read_enum,
	};
	struct cell c = { column, field->p, field->n, field->plain, secret, a, reason };

	if (!c.plain && !check_utf8(&c))
		return false;
	trim(&c);
	if (c.n)
		return readers[column->type](&c, ret);
	if (column->key)
		return bad(&c, "empty, but it is part of the key");
	if (column->required)
		return bad(&c, "empty, but every row must have it");
	*ret = value_null();
	return true;
}
