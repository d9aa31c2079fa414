/* What the commands share: messages, the workspace, columns, outputs. */
#include "cli.h"

#include <rasoat/pool.h>
#include <rasoat/schema.h>
#include <rasoat/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MOST_JOBS 64

int cli_fail(const struct err *e)
{
	fflush(stdout);
	fprintf(stderr, "rasoat: %s\n", e->text);
	return EXIT_FAILED;
}

int cli_usage(const struct command *cmd, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "rasoat %s: ", cmd->name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "; see 'rasoat %s --help'\n", cmd->name);
	return EXIT_FAILED;
}

void cli_diags(const struct diags *d)
{
	fflush(stdout);
	for (size_t i = 0; i < d->count; i++) {
		const struct diag *g = &d->items[i];

		if (g->line > 0)
			fprintf(stderr, "%s:%d: %s: %s\n", g->file, g->line, g->warning ? "warning" : "error",
				g->text);
		else
			fprintf(stderr, "%s: %s: %s\n", g->file, g->warning ? "warning" : "error", g->text);
	}
}

bool cli_workspace(struct cli *cli, bool rules, bool templates, struct workspace **ret)
{
	struct err e = ERR_INIT;
	struct diags d;
	struct workspace *w = NULL;
	enum status st;

	diags_init(&d, cli->arena);
	st = workspace_open(cli->arena, cli->dir, &w, &d, &e);
	if (st == ST_OK && rules)
		st = workspace_load_rules(cli->arena, w, &d, &e);
	if (st == ST_OK && templates)
		st = workspace_load_templates(cli->arena, w, &d, &e);
	cli_diags(&d);
	if (st != ST_OK) {
		/* The diags say it in full; the err is for what is not in a file. */
		if (d.errors == 0)
			cli_fail(&e);
		return false;
	}
	if (audience_find(&w->audiences, AUDIENCE_DEFAULT, &w->audience, &e) != ST_OK)
		return cli_fail(&e), false;
	*ret = w;
	return true;
}

bool cli_date(const char *option, const char *text, day_t *ret)
{
	if (date_parse_any(text, strlen(text), ret))
		return true;
	fprintf(stderr, "rasoat: %s: \"%s\" is not a date (want YYYY-MM-DD or dd/mm/yyyy)\n", option, text);
	return false;
}

const struct writer **cli_writers(struct cli *cli, const char *formats)
{
	const struct writer **list = ARENA_ARRAY(cli->arena, strlen(formats) + 2, const struct writer *);
	int n = 0;

	for (char *s = arena_strdup(cli->arena, formats), *save = NULL, *word = strtok_r(s, ",", &save); word;
	     word = strtok_r(NULL, ",", &save)) {
		const struct writer *w = writer_find(word);
		bool twice = false;

		if (!w) {
			fprintf(stderr, "rasoat: --format: unknown format '%s' (want %s)\n", word, writer_names());
			return NULL;
		}
		for (int i = 0; i < n; i++)
			twice |= list[i] == w;
		if (!twice)
			list[n++] = w;
	}
	if (n == 0)
		fprintf(stderr, "rasoat: --format: no format given (want %s)\n", writer_names());
	return n ? list : NULL;
}

void cli_column(struct str *out, const char *text, size_t width, bool right)
{
	size_t n = strlen(text), used = text_columns(text, n), cut = 0, w = 0;

	if (used > width) {
		while (cut < n) {
			uint32_t cp;
			size_t step = text_next(text + cut, n - cut, &cp);
			size_t cols = text_columns(text + cut, step);

			if (w + cols > width - 1)
				break;
			w += cols;
			cut += step;
		}
		str_addn(out, text, cut);
		str_add(out, "…");
		used = w + 1;
	} else if (!right) {
		str_addn(out, text, n);
	}
	for (size_t i = used; i < width; i++)
		str_addc(out, ' ');
	if (right && used == text_columns(text, n))
		str_addn(out, text, n);
}

const char *cli_number(struct cli *cli, int64_t n)
{
	return doc_number(cli->arena, n);
}

static void outputs_push(struct outputs *o, struct outfile *f)
{
	if (o->n == o->cap) {
		o->cap = o->cap ? o->cap * 2 : 16;
		o->files = xrealloc(o->files, (size_t)o->cap * sizeof(*o->files));
	}
	o->files[o->n++] = f;
}

enum status outputs_open(struct outputs *o, const char *path, struct outfile **ret, struct err *e)
{
	if (outfile_open(path, ret, e) != ST_OK)
		return ST_ERR;
	outputs_push(o, *ret);
	return ST_OK;
}

enum status outputs_write(struct outputs *o, const struct document *d, const struct writer *w,
			  const char *font_dir, const char *path, struct err *e)
{
	struct write_options wo = { .font_dir = font_dir };
	struct outfile *f = NULL;

	if (outputs_open(o, path, &f, e) != ST_OK)
		return ST_ERR;
	if (w->write(d, &wo, outfile_temp_path(f), e) != ST_OK)
		return err_in(e, "%s", path);
	return outfile_finish(f, e);
}

enum status outputs_commit(struct outputs *o, struct err *e)
{
	for (int i = 0; i < o->n; i++) {
		struct outfile *f = o->files[i];

		o->files[i] = NULL;
		if (outfile_commit(f, e) != ST_OK)
			return ST_ERR;
	}
	o->n = 0;
	return ST_OK;
}

void outputs_take(struct outputs *o, struct outputs *from)
{
	for (int i = 0; i < from->n; i++)
		outputs_push(o, from->files[i]);
	from->n = 0;
	outputs_drop(from);
}

void outputs_drop(struct outputs *o)
{
	for (int i = 0; i < o->n; i++)
		outfile_drop(o->files[i]);
	free(o->files);
	*o = (struct outputs){ 0 };
}

enum status cli_allow_files(int files, int jobs, struct err *e)
{
	const rlim_t want = (rlim_t)files + 64 + 8 * (rlim_t)jobs;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= want)
		return ST_OK;
	if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < want)
		return err_set(e, "%d files are put in place together, but this user may open %llu; raise the limit "
			       "(ulimit -Hn), or make fewer forms or formats at a time", files,
			       (unsigned long long)limit.rlim_max);
	limit.rlim_cur = want;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
	return ST_OK;
}

enum status cli_level(const char *option, const char *level, struct err *e)
{
	const char *levels = schema_column(schema_table("unit"), "level")->values;

	if (*level && !strchr(level, ' ') && word_in(level, levels))
		return ST_OK;
	return err_set(e, "%s: '%s' is no level of units; want one of: %s", option, level, levels);
}

bool cli_jobs(const char *text, int *ret)
{
	char *end;
	long n;

	if (!text) {
		n = pool_processors();
		*ret = n > MOST_JOBS ? MOST_JOBS : (int)n;
		return true;
	}
	n = strtol(text, &end, 10);
	if (*end || end == text || n < 1 || n > MOST_JOBS) {
		fprintf(stderr, "rasoat: --jobs: '%s' is no number of threads; want 1 to %d\n", text, MOST_JOBS);
		return false;
	}
	*ret = (int)n;
	return true;
}
