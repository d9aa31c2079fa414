/*
 * The anchor: the chain values in a file beside the ledger. Whoever cuts runs off the end of the ledger has to
 * cut the anchor too; whoever cuts both is found by a value noted elsewhere (ledger_verify).
 */
#include "ledger_int.h"

#include <errno.h>
#include <fcntl.h>
#include <rasoat/arena.h>
#include <rasoat/outfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define MOST_BYTES (64u << 20)

char *anchor_path(const char *ledger)
{
	static const char ending[] = ".anchor";
	size_t n = strlen(ledger);
	char *path;

	if (!*ledger || str_eq(ledger, ":memory:"))
		return NULL;
	if (str_ends(ledger, ".db"))
		n -= 3;
	path = xmalloc(n + sizeof(ending));
	memcpy(path, ledger, n);
	memcpy(path + n, ending, sizeof(ending));
	return path;
}

static enum status cannot(const char *path, const char *what, struct err *e)
{
	return err_set(e, "%s: cannot be %s (%s); check the folder, the permissions and the disk", path, what,
		       strerror(errno));
}

static bool is_digest(const char *p, size_t n)
{
	return n == HASH_HEX - 1 && strspn(p, "0123456789abcdef") >= n;
}

/* "12 6f0c…": false when it is something else. */
static bool read_line(const char *p, size_t n, struct anchor_line *ret)
{
	char *end;

	ret->run = *p >= '1' && *p <= '9' ? strtoll(p, &end, 10) : 0;
	if (!ret->run || *end != ' ' || !is_digest(end + 1, n - (size_t)(end + 1 - p)))
		return false;
	memcpy(ret->chain, end + 1, HASH_HEX - 1);
	ret->chain[HASH_HEX - 1] = '\0';
	return true;
}

static void read_lines(struct anchor *a, const char *p)
{
	for (int line = 1; *p && !a->bad_line; line++) {
		size_t n = strcspn(p, "\n");

		if (a->n == a->cap) {
			a->cap = a->cap ? a->cap * 2 : 64;
			a->lines = xrealloc(a->lines, (size_t)a->cap * sizeof(*a->lines));
		}
		if (p[n] == '\n' && read_line(p, n, &a->lines[a->n]))
			a->n++;
		else
			a->bad_line = line;
		p += n + (p[n] == '\n');
	}
}

enum status anchor_open(const char *path, bool write, struct anchor *a, struct err *e)
{
	char *text = NULL;
	size_t n;

	*a = (struct anchor){ .fd = -1 };
	a->missing = access(path, F_OK) != 0 && errno == ENOENT;
	if (write) {
		a->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	} else if (a->missing) {
		return ST_OK;
	} else {
		a->fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (a->fd < 0 || flock(a->fd, write ? LOCK_EX : LOCK_SH) != 0) {
		cannot(path, write ? "written" : "read", e);
		anchor_close(a);
		return ST_ERR;
	}
	if (read_file(path, MOST_BYTES, &text, &n, e) != ST_OK) {
		anchor_close(a);
		return ST_ERR;
	}
	read_lines(a, text);
	free(text);
	return ST_OK;
}

enum status anchor_add(struct anchor *a, const char *path, int64_t run, const char *chain, struct err *e)
{
	CLEANUP(str_free) struct str line = STR_INIT;

	str_addf(&line, "%lld %s\n", (long long)run, chain);
	for (size_t at = 0; at < line.len;) {
		ssize_t n = write(a->fd, line.p + at, line.len - at);

		if (n < 0 && errno != EINTR)
			return cannot(path, "written", e);
		at += n > 0 ? (size_t)n : 0;
	}
	return fsync(a->fd) == 0 ? ST_OK : cannot(path, "written", e);
}

void anchor_close(struct anchor *a)
{
	if (a->fd >= 0)
		close(a->fd);
	free(a->lines);
	*a = (struct anchor){ .fd = -1 };
}

/* Of run `run`; "" when it has no seal. */
static enum status chain_of(struct ledger *l, int64_t run, char ret[HASH_HEX], struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str sql = STR_INIT;
	enum step step;
	size_t n;

	ret[0] = '\0';
	str_addf(&sql, "SELECT coalesce(chain, '') FROM seal WHERE run_id = %lld", (long long)run);
	if (store_prepare(l->store, sql.p, &st, e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	n = step == STEP_ROW ? strlen(stmt_text(st, 0)) : 0;
	if (n && n < HASH_HEX)
		memcpy(ret, stmt_text(st, 0), n + 1);
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static enum status compare_last(struct ledger *l, const struct anchor *a, struct err *e)
{
	static const char remedy[] = "put the true ledger back, 'rasoat verify' says more";
	static const char anew[] = "when 'rasoat verify' finds nothing else, 'rasoat verify --new-anchor' writes it anew";
	int64_t runs = 0, last = a->n ? a->lines[a->n - 1].run : 0;
	char chain[HASH_HEX];

	if (store_query_int(l->store, "SELECT coalesce(max(run_id), 0) FROM run", &runs, e) != ST_OK)
		return ST_ERR;
	if (a->bad_line)
		return err_set(e, "%s:%d: is not a run and its chain value; %s", l->anchor, a->bad_line, remedy);
	if (last > runs)
		return err_set(e, "%s: tells of run %lld, but %s has %lld; %s", l->anchor, (long long)last,
			       store_name(l->store), (long long)runs, remedy);
	if (last < runs)
		return err_set(e, "%s: %s at run %lld, but %s has %lld; %s", l->anchor,
			       a->missing ? "is missing: it ends" : "ends", (long long)last, store_name(l->store),
			       (long long)runs, anew);
	if (last && chain_of(l, last, chain, e) != ST_OK)
		return ST_ERR;
	if (last && !str_eq(chain, a->lines[a->n - 1].chain))
		return err_set(e, "%s: has another chain value for run %lld than %s; %s", l->anchor, (long long)last,
			       store_name(l->store), remedy);
	return ST_OK;
}

enum status anchor_check(struct ledger *l, struct err *e)
{
	struct anchor a;
	enum status st;

	if (!l->anchor)
		return ST_OK;
	if (anchor_open(l->anchor, false, &a, e) != ST_OK)
		return ST_ERR;
	st = compare_last(l, &a, e);
	anchor_close(&a);
	return st;
}

enum status anchor_rewrite(struct ledger *l, struct err *e)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(outfile_cleanup) struct outfile *f = NULL;
	struct outfile *done;
	enum step step;

	if (!l->anchor)
		return ST_OK;
	if (outfile_open(l->anchor, &f, e) != ST_OK ||
	    store_prepare(l->store, "SELECT run_id, chain FROM seal ORDER BY run_id", &st, e) != ST_OK)
		return ST_ERR;
	while ((step = stmt_step(st, e)) == STEP_ROW)
		if (outfile_stream(f))
			fprintf(outfile_stream(f), "%lld %s\n", (long long)stmt_int(st, 0), stmt_text(st, 1));
	if (step == STEP_ERROR)
		return ST_ERR;
	done = f;
	f = NULL;
	return outfile_commit(done, e);
}
