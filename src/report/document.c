/*
 * The document model: building it, and how its cells read in print.
 */
#include <rasoat/document.h>

#include <rasoat/str.h>
#include <rasoat/text.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	SECTIONS_START = 256, /* so that section pointers stay put in all but huge documents */
	SHEET_NAME_MAX = 31,  /* UTF-16 units, Excel's limit */
	NUMBER_MAX = 400,     /* digits of the largest double, with separators */
};

struct document *doc_new(struct arena *a)
{
	struct document *d = ARENA_NEW(a, struct document);

	d->arena = a;
	d->created = DAY_NONE;
	return d;
}

/* UTF-16 units a code point takes: what Excel counts. */
static int utf16_units(uint32_t cp)
{
	return cp > 0xFFFF ? 2 : 1;
}

/* Appends one character of a sheet name; what Excel refuses becomes a blank or a hyphen. */
static int sheet_name_char(struct str *out, const char *s, size_t bytes, uint32_t cp)
{
	if (cp < 0x20 || cp == 0x7F) {
		str_addc(out, ' ');
		return 1;
	}
	if (cp == 0xFFFD || cp == 0xFFFE || cp == 0xFFFF) {
		str_addc(out, '_');
		return 1;
	}
	if (cp < 0x80 && strchr("[]:*?/\\", (int)cp)) {
		str_addc(out, '-');
		return 1;
	}
	str_addn(out, s, bytes);
	return utf16_units(cp);
}

static void trim_ends(struct str *s)
{
	size_t lead = 0;

	while (s->len && strchr(" '", s->p[s->len - 1]))
		s->p[--s->len] = 0;
	while (lead < s->len && strchr(" '", s->p[lead]))
		lead++;
	memmove(s->p, s->p + lead, s->len - lead + 1);
	s->len -= lead;
}

/* `name` cut to `room` units, without the characters and the apostrophes at its ends that Excel refuses. */
static void sheet_name_valid(struct str *out, const char *name, int room)
{
	size_t n = strlen(name), at = 0;
	int units = 0;

	str_clear(out);
	while (at < n) {
		uint32_t cp;
		size_t used = text_next(name + at, n - at, &cp);

		if (units + utf16_units(cp) > room)
			break;
		units += sheet_name_char(out, name + at, used, cp);
		at += used;
	}
	if (out->len)
		trim_ends(out);
	if (!out->len)
		str_add(out, "Sheet");
}

static bool name_taken(struct arena *a, const char *name, const char *const *taken, int n)
{
	const char *up = text_upper(a, name);

	if (!strcmp(up, "HISTORY")) /* Excel keeps this name for itself */
		return true;
	for (int i = 0; i < n; i++)
		if (!strcmp(up, text_upper(a, taken[i])))
			return true;
	return false;
}

const char *doc_sheet_name(struct arena *a, const char *name, int first, const char *const *taken, int n_taken)
{
	CLEANUP(str_free) struct str s = STR_INIT;
	CLEANUP(arena_cleanup) struct arena *tmp = arena_new();

	for (int k = first; ; k++) {
		char tail[24] = "";

		if (k > 1)
			snprintf(tail, sizeof(tail), " (%d)", k);
		sheet_name_valid(&s, name ? name : "", SHEET_NAME_MAX - (int)strlen(tail));
		str_add(&s, tail);
		if (!name_taken(tmp, s.p, taken, n_taken))
			return arena_strdup(a, s.p);
		arena_reset(tmp);
	}
}

struct doc_section *doc_section_add(struct document *d, const char *id, const char *name, bool a3, bool landscape)
{
	CLEANUP(arena_cleanup) struct arena *tmp = arena_new();
	const char **taken = ARENA_ARRAY(tmp, (size_t)d->n_sections + 1, const char *);
	struct doc_section *s;

	for (int i = 0; i < d->n_sections; i++)
		taken[i] = d->sections[i].name;
	if (!d->sections) {
		d->sections = ARENA_ARRAY(d->arena, SECTIONS_START, struct doc_section);
		d->cap = SECTIONS_START;
	}
	name = doc_sheet_name(d->arena, name, 1, taken, d->n_sections);
	s = ARENA_PUSH(d->arena, d->sections, d->n_sections, d->cap);
	*s = (struct doc_section){ .id = arena_strdup(d->arena, id), .name = name, .a3 = a3, .landscape = landscape };
	return s;
}

/* The section `s` was: the array may have moved since the caller got its pointer. */
static struct doc_section *section_now(struct document *d, struct doc_section *s)
{
	if (s >= d->sections && s < d->sections + d->n_sections)
		return s;
	for (int i = 0; i < d->n_sections; i++)
		if (str_eq(d->sections[i].id, s->id))
			return &d->sections[i];
	return s;
}

struct doc_block *doc_add(struct document *d, struct doc_section *s, enum block_kind kind, const char *text)
{
	struct doc_block *b;

	s = section_now(d, s);
	b = ARENA_PUSH(d->arena, s->blocks, s->n_blocks, s->cap);
	*b = (struct doc_block){ .kind = kind, .text = arena_strdup(d->arena, text) };
	if (kind == BLOCK_HEADING)
		b->level = 1;
	return b;
}

struct doc_block *doc_addf(struct document *d, struct doc_section *s, enum block_kind kind, const char *fmt, ...)
{
	struct doc_block *b = doc_add(d, s, kind, NULL);
	va_list ap;

	va_start(ap, fmt);
	b->text = arena_vprintf(d->arena, fmt, ap);
	va_end(ap);
	return b;
}

void doc_table_simple_heads(struct document *d, struct doc_table *t)
{
	t->heads = ARENA_ARRAY(d->arena, (size_t)t->n_columns + 1, struct doc_head);
	t->n_heads = t->n_columns;
	t->head_rows = 1;
	for (int i = 0; i < t->n_columns; i++)
		t->heads[i] = (struct doc_head){ .col = i, .rowspan = 1, .colspan = 1, .text = t->columns[i].title };
}

struct array_rows {
	const struct cell *cells;
	const enum row_kind *kinds;
	int n_rows, n_columns, at;
};

static int array_next(void *ctx, struct cell *cells, enum row_kind *kind, struct err *e)
{
	struct array_rows *r = ctx;

	(void)e;
	if (r->at >= r->n_rows)
		return 0;
	memcpy(cells, r->cells + (size_t)r->at * (size_t)r->n_columns, (size_t)r->n_columns * sizeof(*cells));
	*kind = r->kinds ? r->kinds[r->at] : ROW_BODY;
	r->at++;
	return 1;
}

static enum status array_rewind(void *ctx, struct err *e)
{
	(void)e;
	((struct array_rows *)ctx)->at = 0;
	return ST_OK;
}

struct row_source doc_rows_array(struct arena *a, const struct cell *cells, const enum row_kind *kinds, int n_rows,
				 int n_columns)
{
	struct array_rows *r = ARENA_NEW(a, struct array_rows);

	*r = (struct array_rows){ cells, kinds, n_rows, n_columns, 0 };
	return (struct row_source){ .ctx = r, .next = array_next, .rewind = array_rewind, .count = n_rows };
}

/* "1234567" -> "1.234.567"; a leading minus stays. `out` has room for NUMBER_MAX bytes. */
static void group_digits(const char *digits, char *out)
{
	size_t n, k = 0;

	if (*digits == '-')
		out[k++] = *digits++;
	n = strlen(digits);
	for (size_t i = 0; i < n && k + 2 < NUMBER_MAX; i++) {
		if (i && (n - i) % 3 == 0)
			out[k++] = '.';
		out[k++] = digits[i];
	}
	out[k] = 0;
}

static void int_print(int64_t i, char out[NUMBER_MAX])
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, i);
	group_digits(digits, out);
}

/* Two decimals, comma, halves away from zero; no printf of fractions, so that no locale can step in. */
static void real_print(double r, char *buf, size_t n)
{
	char digits[NUMBER_MAX], grouped[NUMBER_MAX];
	double hundredths = round(fabs(r) * 100);

	if (!isfinite(r)) {
		snprintf(buf, n, "không xác định");
		return;
	}
	if (hundredths < 9e15) {
		int64_t h = (int64_t)hundredths;

		int_print(h / 100, grouped);
		snprintf(buf, n, "%s%s,%02d", r < 0 && h ? "-" : "", grouped, (int)(h % 100));
		return;
	}
	snprintf(digits, sizeof(digits), "%.0f", r);
	group_digits(digits, grouped);
	snprintf(buf, n, "%s,00", grouped);
}

const char *doc_number(struct arena *a, int64_t i)
{
	char grouped[NUMBER_MAX];

	int_print(i, grouped);
	return arena_strdup(a, grouped);
}

int64_t cell_millions(int64_t dong)
{
	int64_t half = dong < 0 ? -500000 : 500000;

	return dong / 1000000 + (dong % 1000000 + half) / 1000000;
}

const char *cell_text(const struct cell *c, char *buf, size_t n)
{
	char tmp[NUMBER_MAX];

	switch (c->kind) {
	case CELL_BLANK:
		return "";
	case CELL_NA:
		return "–";
	case CELL_HIDDEN:
		return "***";
	case CELL_TEXT:
		return c->text ? c->text : "";
	case CELL_INT:
		int_print(c->i, tmp);
		break;
	case CELL_MILLION:
		int_print(cell_millions(c->i), tmp);
		break;
	case CELL_REAL:
		real_print(c->r, buf, n);
		return buf;
	case CELL_DATE:
		date_dmy((day_t)c->i, tmp);
		break;
	}
	snprintf(buf, n, "%s", tmp);
	return buf;
}
