#include "plain_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { POUR_BYTES = 256 * 1024 };

enum status plain_open(struct plain_file *f, const char *path, struct err *e)
{
	*f = (struct plain_file){ .path = path, .buf = STR_INIT };
	f->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	return f->fd < 0 ? err_set(e, "%s: cannot write: %s", path, strerror(errno)) : ST_OK;
}

static enum status write_all(struct plain_file *f, struct err *e)
{
	const char *p = f->buf.p;
	size_t left = f->buf.len;

	while (left) {
		ssize_t n = write(f->fd, p, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, "%s: cannot write: %s", f->path, strerror(n ? errno : ENOSPC));
		p += n;
		left -= (size_t)n;
	}
	str_clear(&f->buf);
	return ST_OK;
}

enum status plain_pour(struct plain_file *f, struct err *e)
{
	return f->buf.len < (size_t)POUR_BYTES ? ST_OK : write_all(f, e);
}

enum status plain_close(struct plain_file *f, struct err *e)
{
	enum status st = write_all(f, e);
	int fd = f->fd;

	f->fd = -1;
	if (close(fd) != 0 && st == ST_OK)
		return err_set(e, "%s: cannot write: %s", f->path, strerror(errno));
	return st;
}

void plain_drop(struct plain_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	str_free(&f->buf);
}
