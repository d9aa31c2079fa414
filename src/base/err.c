#include <rasoat/err.h>

#include <rasoat/arena.h>
#include <stdio.h>
#include <string.h>

#undef err_set
#undef err_in

/* One line: what a library or a file put in must not break the terminal or the log. */
static void flatten(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7F)
			*s = ' ';
}

/* Ends `text`, which is full, with "..." without cutting a character in two. */
static void mark_cut(char *text, size_t size)
{
	size_t at = size - sizeof("...");

	while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	memcpy(text + at, "...", sizeof("..."));
}

static void format_line(char *text, size_t size, const char *fmt, va_list ap)
{
	int n = vsnprintf(text, size, fmt, ap);

	if (n < 0)
		snprintf(text, size, "unprintable message");
	else if ((size_t)n >= size)
		mark_cut(text, size);
	flatten(text);
}

enum status err_set(struct err *e, const char *fmt, ...)
{
	struct err made; /* the arguments may point into *e */
	va_list ap;

	va_start(ap, fmt);
	format_line(made.text, sizeof(made.text), fmt, ap);
	va_end(ap);
	memcpy(e->text, made.text, strlen(made.text) + 1);
	return ST_ERR;
}

enum status err_in(struct err *e, const char *fmt, ...)
{
	struct err context;
	va_list ap;

	va_start(ap, fmt);
	format_line(context.text, sizeof(context.text), fmt, ap);
	va_end(ap);
	return err_set(e, "%s: %s", context.text, e->text);
}

void diags_init(struct diags *d, struct arena *a)
{
	*d = (struct diags){ .arena = a };
}

static void diag_add(struct diags *d, const char *file, int line, int warning, const char *fmt,
		     va_list ap)
{
	char *text = arena_vprintf(d->arena, fmt, ap);

	flatten(text);
	*ARENA_PUSH(d->arena, d->items, d->count, d->cap) = (struct diag){
		.file = arena_strdup(d->arena, file ? file : ""),
		.line = line > 0 ? line : 0,
		.text = text,
		.warning = warning,
	};
	if (!warning)
		d->errors++;
}

void diag_error(struct diags *d, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add(d, file, line, 0, fmt, ap);
	va_end(ap);
}

void diag_warn(struct diags *d, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add(d, file, line, 1, fmt, ap);
	va_end(ap);
}

enum status diags_status(const struct diags *d, struct err *e)
{
	const struct diag *first = d->items;

	if (!d->errors)
		return ST_OK;
	while (first->warning)
		first++;
	err_set(e, "%s", first->text);
	if (d->errors > 1)
		err_set(e, "%s (and %zu more)", e->text, d->errors - 1);
	if (!*first->file)
		return ST_ERR;
	if (!first->line)
		return err_in(e, "%s", first->file);
	return err_in(e, "%s:%d", first->file, first->line);
}
