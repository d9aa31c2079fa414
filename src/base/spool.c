#include <rasoat/spool.h>

#include <errno.h>
#include <fcntl.h>
#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEEP = 1 << 18 }; /* bytes in memory: all of a short spool, else what is not in the file yet */

struct spool {
	int fd;        /* -1 until there is more than memory takes */
	int64_t filed; /* bytes in the file */
	struct str tail;
};

struct spool *spool_new(void)
{
	struct spool *s = xmalloc(sizeof(*s));

	*s = (struct spool){ .fd = -1, .tail = STR_INIT };
	return s;
}

void spool_free(struct spool *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	str_free(&s->tail);
	free(s);
}

static const char *folder(void)
{
	const char *dir = getenv("TMPDIR");

	return dir && *dir ? dir : "/tmp";
}

static enum status fail(struct err *e, const char *what)
{
	return err_set(e, "%s: %s a temporary file: %s; free some disk space there, or set TMPDIR to another folder",
		       folder(), what, strerror(errno));
}

static enum status open_file(struct spool *s, struct err *e)
{
	CLEANUP(str_free) struct str path = STR_INIT;

	str_addf(&path, "%s/rasoat-XXXXXX", folder());
	s->fd = mkostemp(path.p, O_CLOEXEC);
	if (s->fd < 0)
		return fail(e, "cannot create");
	(void)unlink(path.p);
	return ST_OK;
}

static enum status put(struct spool *s, const char *p, size_t n, struct err *e)
{
	while (n) {
		ssize_t did = pwrite(s->fd, p, n, s->filed);

		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0)
			return fail(e, "cannot write");
		p += did;
		n -= (size_t)did;
		s->filed += did;
	}
	return ST_OK;
}

enum status spool_add(struct spool *s, const void *p, size_t n, struct err *e)
{
	if (s->tail.len + n > KEEP) {
		if (s->fd < 0 && open_file(s, e) != ST_OK)
			return ST_ERR;
		if (put(s, s->tail.p, s->tail.len, e) != ST_OK)
			return ST_ERR;
		str_clear(&s->tail);
		if (n > KEEP)
			return put(s, p, n, e);
	}
	str_addn(&s->tail, p, n);
	return ST_OK;
}

int64_t spool_size(const struct spool *s)
{
	return s->filed + (int64_t)s->tail.len;
}

/* Of the part [at, at + n) what lies in the file. */
static enum status get(const struct spool *s, int64_t at, char *p, size_t n, struct err *e)
{
	while (n) {
		ssize_t did = pread(s->fd, p, n, at);

		if (did < 0 && errno == EINTR)
			continue;
		if (did == 0)
			errno = EIO;
		if (did <= 0)
			return fail(e, "cannot read");
		p += did;
		at += did;
		n -= (size_t)did;
	}
	return ST_OK;
}

enum status spool_read(const struct spool *s, int64_t at, void *p, size_t n, size_t *got, struct err *e)
{
	int64_t size = spool_size(s);
	size_t in_file = 0;

	if (at >= size)
		n = 0;
	else if ((int64_t)n > size - at)
		n = (size_t)(size - at);
	if (at < s->filed)
		in_file = (int64_t)n < s->filed - at ? n : (size_t)(s->filed - at);
	if (get(s, at, p, in_file, e) != ST_OK)
		return ST_ERR;
	if (n > in_file)
		memcpy((char *)p + in_file, s->tail.p + (at + (int64_t)in_file - s->filed), n - in_file);
	*got = n;
	return ST_OK;
}
