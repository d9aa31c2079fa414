/*
 * cli - what the commands share. This room alone prints and chooses exit codes:
 * 0 done, nothing found; 2 done, findings or failed checks; 1 could not run, the reason on stderr.
 *
 * To add a command: write cmd_NAME.c with its arguments struct, its option table and its run
 * function, declare the command here, and put it into the table of main.c. Help, completion
 * and parsing all come from that table.
 */
#ifndef RASOAT_CLI_H
#define RASOAT_CLI_H

#include <rasoat/arena.h>
#include <rasoat/document.h>
#include <rasoat/err.h>
#include <rasoat/outfile.h>
#include <rasoat/store.h>
#include <rasoat/str.h>
#include <rasoat/workspace.h>
#include <rasoat/writer.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_FOUND = 2 };

/* With the workspace's folder: no findings in stores without data would look like a clean bill of health. */
#define CLI_NO_IMPORT "%s: nothing has been imported yet; run 'rasoat import DIR|FILE…' first"

enum opt_type {
	OPT_FLAG, /* bool */
	OPT_TEXT, /* const char * */
	OPT_LIST, /* const char ** in the arena, NULL-terminated; the option may come again */
};

struct opt {
	const char *name; /* long name without the dashes */
	char letter;      /* or 0 */
	enum opt_type type;
	const char *arg;  /* what help calls the value: "DATE"; NULL for flags */
	size_t offset;    /* in the command's arguments struct */
	const char *help;
};

struct cli {
	struct arena *arena; /* lives as long as the command */
	const char *dir;     /* -C, or "." */
	bool progress;       /* stderr is a terminal */
};

struct command {
	const char *name;
	const char *operands; /* for the usage line: "DIR|FILE..." */
	const char *summary;  /* one line */
	const char *more;     /* a paragraph for --help, or NULL */
	const struct opt *opts; /* ends with a NULL name */
	size_t args_size;
	int (*run)(struct cli *cli, const void *args, char **operands, int n_operands);
};

extern const struct command cmd_init, cmd_import, cmd_check, cmd_audit, cmd_report, cmd_explain,
	cmd_rules, cmd_schema, cmd_completion, cmd_verify, cmd_compare, cmd_worklist;
const struct command *const *cli_commands(void); /* NULL-terminated */

/* Fills `args` (zeroed before). Returns -1 to go on, else the exit code (help, usage error). */
int opt_parse(struct cli *cli, const struct command *cmd, void *args, int *argc, char **argv);
void opt_help(const struct command *cmd);

/* "rasoat: text" on stderr; returns EXIT_FAILED. */
int cli_fail(const struct err *e);
int cli_usage(const struct command *cmd, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Every diag as "file:line: error: text" on stderr. */
void cli_diags(const struct diags *d);
/* The workspace with its rules (and templates); problems are printed. False: exit with EXIT_FAILED. */
bool cli_workspace(struct cli *cli, bool rules, bool templates, struct workspace **ret);
/* "2026-10-05" or "05/10/2026"; the error names the option. */
bool cli_date(const char *option, const char *text, day_t *ret);
/* Comma-separated writer names -> writers, NULL-terminated; unknown names are printed. */
const struct writer **cli_writers(struct cli *cli, const char *formats);
/* What an audit with these options would send, rule by rule; the exit code. */
struct audit_options;
int cli_explain_plan(struct cli *cli, const struct audit_options *o);
/* Text in columns: pads with blanks to `width` terminal columns (cut with … when longer). */
void cli_column(struct str *out, const char *text, size_t width, bool right);
const char *cli_number(struct cli *cli, int64_t n); /* 12345 -> "12.345" */

/* Outputs of one command: all are written before the first is put in place. */
struct outputs {
	struct outfile **files;
	int n, cap;
};
/* A file of the command's own, owned by `o`; the caller writes and finishes it. */
enum status outputs_open(struct outputs *o, const char *path, struct outfile **ret, struct err *e) MUST_CHECK;
enum status outputs_write(struct outputs *o, const struct document *d, const struct writer *w,
			  const char *font_dir, const char *path, struct err *e) MUST_CHECK;
enum status outputs_commit(struct outputs *o, struct err *e) MUST_CHECK;
/* Moves the files of `from`, which another thread may have written, behind those of `o`. */
void outputs_take(struct outputs *o, struct outputs *from);
void outputs_drop(struct outputs *o); /* after a commit it only frees */

/* Every file of a command is open until the last one is written: room for so many, or why not. */
enum status cli_allow_files(int files, int jobs, struct err *e) MUST_CHECK;
/* Whether `level` is one of the levels of units; the error names `option` and all of them. */
enum status cli_level(const char *option, const char *level, struct err *e) MUST_CHECK;

/* --jobs: 1 to 64 threads; `text` NULL is the number of processors. Wrong values are printed. */
bool cli_jobs(const char *text, int *ret);

#endif
