/* rasoat init: a workspace with stores, rules, templates and a sample rasoat.xml. */
#include "cli.h"

#include <rasoat/ledger.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct init_args {
	bool stores;
};

static const struct opt init_opts[] = {
	{ "stores", 0, OPT_FLAG, NULL, offsetof(struct init_args, stores),
	  "in a workspace: create the stores that rasoat.xml names, or bring them up to date" },
	{ 0 },
};

static enum status init_write(const char *path, const char *text, size_t n, struct err *e)
{
	CLEANUP(outfile_cleanup) struct outfile *f = NULL;
	struct outfile *done;

	if (outfile_open(path, &f, e) != ST_OK)
		return ST_ERR;
	if (outfile_stream(f))
		fwrite(text, 1, n, outfile_stream(f));
	done = f;
	f = NULL;
	return outfile_commit(done, e);
}

static int init_is_xml(const struct dirent *d)
{
	return str_ends(d->d_name, ".xml") || str_ends(d->d_name, ".xsd");
}

/* Copies FROM/NAME/ *.xml|xsd to DIR/NAME; files that are there already stay as they are. */
static enum status init_copy(struct cli *cli, const char *from, const char *dir, const char *name, int *copied,
			     struct err *e)
{
	const char *source = arena_printf(cli->arena, "%s/%s", from, name);
	struct dirent **list = NULL;
	int n = scandir(source, &list, init_is_xml, alphasort);
	enum status st = ST_OK;

	if (n < 0)
		return err_set(e, "%s: cannot read; reinstall rasoat or run it from its build folder", source);
	for (int i = 0; i < n; i++) {
		const char *to = arena_printf(cli->arena, "%s/%s/%s", dir, name, list[i]->d_name);
		char *text = NULL;
		size_t len = 0;

		if (st == ST_OK && access(to, F_OK) != 0) {
			st = read_file(arena_printf(cli->arena, "%s/%s", source, list[i]->d_name), 64u << 20,
				       &text, &len, e);
			if (st == ST_OK)
				st = init_write(to, text, len, e);
			*copied += st == ST_OK;
			free(text);
		}
		free(list[i]);
	}
	free(list);
	return st;
}

static enum status init_store(struct cli *cli, const char *dir, const char *file, enum store_kind kind, struct err *e)
{
	struct store *s = NULL;

	if (store_open(arena_printf(cli->arena, "sqlite:%s/%s", dir, file), kind, STORE_CREATE, &s, e) != ST_OK)
		return ST_ERR;
	store_close(s);
	return ST_OK;
}

static enum status init_waivers(const char *path, struct err *e)
{
	CLEANUP(str_free) struct str xml = STR_INIT;

	if (access(path, F_OK) == 0)
		return ST_OK;
	waivers_sample(&xml);
	return init_write(path, xml.p, xml.len, e);
}

static enum status init_all(struct cli *cli, const char *dir, const char *from, int *copied, struct err *e)
{
	CLEANUP(str_free) struct str xml = STR_INIT;

	if (make_dirs(dir, e) != ST_OK || make_dirs(arena_printf(cli->arena, "%s/out", dir), e) != ST_OK)
		return ST_ERR;
	if (init_copy(cli, from, dir, "rules", copied, e) != ST_OK ||
	    init_copy(cli, from, dir, "templates", copied, e) != ST_OK ||
	    init_copy(cli, from, dir, "schemas", copied, e) != ST_OK)
		return ST_ERR;
	if (init_store(cli, dir, "cases.db", STORE_CASES, e) != ST_OK ||
	    init_store(cli, dir, "accounts.db", STORE_ACCOUNTS, e) != ST_OK ||
	    init_store(cli, dir, "ledger.db", STORE_LEDGER, e) != ST_OK)
		return ST_ERR;
	if (init_waivers(arena_printf(cli->arena, "%s/waivers.xml", dir), e) != ST_OK)
		return ST_ERR;
	/* Last, so that a folder with a rasoat.xml is a whole workspace. */
	workspace_sample(&xml);
	return init_write(arena_printf(cli->arena, "%s/rasoat.xml", dir), xml.p, xml.len, e);
}

/* A store that is there already stays as it is, but for its helper functions and calendar. */
static enum status init_named(const struct workspace *w, const char *uri, enum store_kind kind, struct err *e)
{
	CLEANUP(store_cleanup) struct store *s = NULL;

	if (store_open(uri, kind, STORE_CREATE, &s, e) != ST_OK)
		return ST_ERR;
	store_set_workdays(s, w->workdays);
	if (store_save_calendar(s, e) != ST_OK)
		return ST_ERR;
	printf("%s: ready\n", store_name(s));
	return ST_OK;
}

static enum status init_ledger(const struct workspace *w, struct err *e)
{
	CLEANUP(ledger_cleanup) struct ledger *l = NULL;

	if (ledger_open(w->ledger_uri, &l, e) != ST_OK)
		return ST_ERR;
	printf("%s: ready\n", ledger_name(l));
	return ST_OK;
}

static int init_stores(struct cli *cli, const char *dir)
{
	struct err e = ERR_INIT;
	struct workspace *w = NULL;

	cli->dir = dir;
	if (!cli_workspace(cli, true, false, &w))
		return EXIT_FAILED;
	if (init_named(w, w->cases_uri, STORE_CASES, &e) != ST_OK ||
	    init_named(w, w->accounts_uri, STORE_ACCOUNTS, &e) != ST_OK ||
	    init_ledger(w, &e) != ST_OK)
		return cli_fail(&e);
	return EXIT_DONE;
}

static int init_run(struct cli *cli, const void *args, char **operands, int n)
{
	const struct init_args *a = args;
	struct err e = ERR_INIT;
	const char *dir = n ? operands[0] : cli->dir;
	const char *from = workspace_datadir(cli->arena);
	int copied = 0;

	if (n > 1)
		return cli_usage(&cmd_init, "unexpected argument '%s'", operands[1]);
	if (a->stores)
		return init_stores(cli, dir);
	if (access(arena_printf(cli->arena, "%s/rasoat.xml", dir), F_OK) == 0) {
		err_set(&e, "%s: is a workspace already (rasoat.xml); nothing was changed", dir);
		return cli_fail(&e);
	}
	if (!from) {
		err_set(&e, "cannot find the rules and templates to copy; set RASOAT_DATADIR to the folder that has rules/ and templates/");
		return cli_fail(&e);
	}
	if (init_all(cli, dir, from, &copied, &e) != ST_OK)
		return cli_fail(&e);
	printf("%s: new workspace: cases.db, accounts.db, ledger.db, %d rule, template and schema files\n"
	       "Next: put your agency into %s/rasoat.xml, then 'rasoat -C %s import DIR'\n",
	       dir, copied, dir, dir);
	return EXIT_DONE;
}

const struct command cmd_init = {
	.name = "init",
	.operands = "[DIR]",
	.summary = "make a workspace: stores, rules, templates, rasoat.xml",
	.opts = init_opts,
	.args_size = sizeof(struct init_args),
	.run = init_run,
};
