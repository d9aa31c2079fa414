#include <rasoat/outfile.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct outfile {
	char *path; /* as the caller named it */
	char *real; /* what is renamed over: a symbolic link is followed */
	char *temp;
	int lock; /* keeps a lock on `temp`, which says that its owner lives */
	FILE *stream;
	bool finished;
};

static const char *remedy(int code)
{
	switch (code) {
	case EACCES:
	case EPERM:
		return "change the permissions or choose another folder";
	case EROFS:
		return "the disk is read-only, choose another folder";
	case ENOSPC:
	case EDQUOT:
		return "free some disk space and run again";
	case EFBIG:
		return "the file is larger than this user may write";
	case ENOENT:
		return "check the name";
	case ENOTDIR:
		return "a part of the path is a file, choose another name";
	case ENAMETOOLONG:
		return "choose a shorter name";
	default:
		return "check the disk and the path";
	}
}

static enum status io_error(struct err *e, const char *path, const char *what, int code)
{
	return err_set(e, "%s: %s: %s; %s", path, what, strerror(code), remedy(code));
}

/* Creates the folder `path[0..n)`; the byte at n is put back. */
static bool make_dir(char *path, size_t n)
{
	char kept = path[n];
	struct stat st;
	int code;

	path[n] = '\0';
	code = mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : errno;
	if (!code && stat(path, &st) != 0)
		code = errno;
	else if (!code && !S_ISDIR(st.st_mode))
		code = ENOTDIR;
	else if (code && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		code = 0; /* read-only disks answer EROFS even when the folder is there */
	path[n] = kept;
	errno = code;
	return code == 0;
}

enum status make_dirs(const char *path, struct err *e)
{
	CLEANUP(str_free) struct str copy = STR_INIT;

	str_add(&copy, path);
	for (size_t i = 1; i <= copy.len; i++) {
		if (copy.p[i] != '/' && copy.p[i] != '\0')
			continue;
		if (copy.p[i - 1] != '/' && !make_dir(copy.p, i))
			return io_error(e, path, "cannot create the folder", errno);
	}
	return ST_OK;
}

static char *copy_of(const char *s, size_t n)
{
	char *p = xmalloc(n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

/* Length of the folder part with its slash; 0 when there is none. */
static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/*
 * Whether a temporary file was left by a process that died. A live process shows by its id;
 * where ids repeat (containers) or are of another machine, by the lock it holds.
 */
static bool is_orphan(const char *temp, long pid)
{
	bool free_to_lock;
	int fd;

	if (pid != (long)getpid() && (kill((pid_t)pid, 0) == 0 || errno != ESRCH))
		return false;
	fd = open(temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return false;
	free_to_lock = flock(fd, LOCK_EX | LOCK_NB) == 0;
	close(fd);
	return free_to_lock;
}

/* The process id in ".NAME.PID.part", or 0 for any other name. */
static long part_pid(const char *entry, const char *name)
{
	size_t n = strlen(name);
	char *end;
	long pid;

	if (entry[0] != '.' || strncmp(entry + 1, name, n) != 0 || entry[n + 1] != '.')
		return 0;
	if (entry[n + 2] < '1' || entry[n + 2] > '9')
		return 0;
	errno = 0;
	pid = strtol(entry + n + 2, &end, 10);
	return errno || pid > INT32_MAX || strcmp(end, ".part") != 0 ? 0 : pid;
}

/* Best effort: what cannot be read or removed does no harm to this run. */
static void remove_orphans(const struct outfile *o)
{
	size_t n = folder_length(o->real);
	CLEANUP(str_free) struct str path = STR_INIT;
	struct dirent *entry;
	DIR *dir;

	str_addn(&path, o->real, n);
	dir = opendir(n ? path.p : ".");
	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		long pid = part_pid(entry->d_name, o->real + n);

		if (!pid)
			continue;
		str_clear(&path);
		str_addn(&path, o->real, n);
		str_add(&path, entry->d_name);
		if (is_orphan(path.p, pid))
			unlink(path.p);
	}
	closedir(dir);
}

/* Fills real and temp; a target that is there must be a plain file. */
static enum status resolve(struct outfile *o, mode_t *mode, struct err *e)
{
	CLEANUP(str_free) struct str temp = STR_INIT;
	struct stat st;
	size_t n;

	*mode = 0;
	o->real = realpath(o->path, NULL);
	if (!o->real)
		o->real = copy_of(o->path, strlen(o->path));
	n = folder_length(o->real);
	if (!o->real[n])
		return err_set(e, "%s: this is a folder; give a file name", o->path);
	if (stat(o->real, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return err_set(e, "%s: this is a folder; give a file name", o->path);
		if (!S_ISREG(st.st_mode))
			return err_set(e, "%s: not a plain file; choose another name", o->path);
		*mode = st.st_mode & 0777;
	}
	str_addn(&temp, o->real, n);
	str_addf(&temp, ".%s.%ld.part", o->real + n, (long)getpid());
	o->temp = copy_of(temp.p, temp.len);
	return ST_OK;
}

static enum status create_temp(struct outfile *o, mode_t mode, struct err *e)
{
	o->lock = open(o->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (o->lock < 0) {
		int code = errno;

		if (code == EEXIST) {
			free(o->temp); /* not ours to remove */
			o->temp = NULL;
			return err_set(e, "%s: is being written already; give each output its own name",
				       o->path);
		}
		return io_error(e, o->path, "cannot write", code);
	}
	/* File systems without locks do without: the process id still protects. */
	(void)flock(o->lock, LOCK_EX | LOCK_NB);
	/* A report that was closed to others stays closed. */
	if (mode)
		(void)fchmod(o->lock, mode);
	return ST_OK;
}

static void outfile_free(struct outfile *o)
{
	if (o->stream)
		(void)fclose(o->stream);
	if (o->lock >= 0)
		close(o->lock);
	free(o->path);
	free(o->real);
	free(o->temp);
	free(o);
}

enum status outfile_open(const char *path, struct outfile **ret, struct err *e)
{
	CLEANUP(str_free) struct str folder = STR_INIT;
	struct outfile *o;
	mode_t mode;

	str_addn(&folder, path, folder_length(path));
	if (folder.len && make_dirs(folder.p, e) != ST_OK)
		return ST_ERR;
	o = xmalloc(sizeof(*o));
	*o = (struct outfile){ .path = copy_of(path, strlen(path)), .lock = -1 };
	if (resolve(o, &mode, e) == ST_OK) {
		remove_orphans(o);
		if (create_temp(o, mode, e) == ST_OK) {
			*ret = o;
			return ST_OK;
		}
	}
	outfile_free(o);
	return ST_ERR;
}

const char *outfile_temp_path(const struct outfile *o)
{
	return o->temp;
}

const char *outfile_path(const struct outfile *o)
{
	return o->path;
}

FILE *outfile_stream(struct outfile *o)
{
	int fd;

	if (o->stream || o->finished)
		return o->stream;
	fd = fcntl(o->lock, F_DUPFD_CLOEXEC, 3);
	o->stream = fd < 0 ? NULL : fdopen(fd, "w");
	if (!o->stream && fd >= 0)
		close(fd);
	return o->stream;
}

/* Through the path, since a library may have put another file there. */
static int sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int code = 0;

	if (fd < 0)
		return errno;
	/* EINVAL: the file system cannot sync, which is no fault of the file. */
	if (fsync(fd) != 0 && errno != EINVAL)
		code = errno;
	if (close(fd) != 0 && !code)
		code = errno;
	return code;
}

/* Closes the stream; errno of the first thing that went wrong, else 0. */
static int close_stream(struct outfile *o)
{
	bool failed;
	int code = 0;

	if (!o->stream)
		return 0;
	failed = ferror(o->stream);
	if (fflush(o->stream) != 0)
		code = errno;
	if (fclose(o->stream) != 0 && !code)
		code = errno;
	o->stream = NULL;
	return failed && !code ? EIO : code;
}

enum status outfile_finish(struct outfile *o, struct err *e)
{
	int code;

	if (o->finished)
		return ST_OK;
	code = close_stream(o);
	if (!code)
		code = sync_path(o->temp);
	if (code)
		return io_error(e, o->path, "cannot write", code);
	o->finished = true;
	return ST_OK;
}

enum status outfile_commit(struct outfile *o, struct err *e)
{
	CLEANUP(str_free) struct str folder = STR_INIT;

	if (outfile_finish(o, e) != ST_OK) {
		outfile_drop(o);
		return ST_ERR;
	}
	if (rename(o->temp, o->real) != 0) {
		io_error(e, o->path, "cannot write", errno);
		outfile_drop(o);
		return ST_ERR;
	}
	/* So that the new name outlives a power cut; the data are safe already. */
	str_addn(&folder, o->real, folder_length(o->real));
	(void)sync_path(folder.len ? folder.p : ".");
	outfile_free(o);
	return ST_OK;
}

void outfile_drop(struct outfile *o)
{
	if (!o)
		return;
	if (o->temp)
		(void)unlink(o->temp);
	outfile_free(o);
}

void outfile_cleanup(struct outfile **o)
{
	outfile_drop(*o);
	*o = NULL;
}

/* Appends what `fd` holds, but stops as soon as `limit` is passed; errno or 0. */
static int read_all(int fd, size_t limit, struct str *out)
{
	char block[65536];

	while (out->len <= limit) {
		ssize_t n = read(fd, block, sizeof(block));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			return 0;
		str_addn(out, block, (size_t)n);
	}
	return 0;
}

enum status read_file(const char *path, size_t limit, char **ret, size_t *ret_len, struct err *e)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int code = fd < 0 ? errno : 0;

	if (fd >= 0) {
		code = read_all(fd, limit, &text);
		close(fd);
	}
	if (code == EISDIR)
		return err_set(e, "%s: this is a folder; give a file name", path);
	if (code)
		return io_error(e, path, "cannot read", code);
	if (text.len > limit)
		return err_set(e, "%s: larger than %zu bytes; give a smaller file", path, limit);
	*ret_len = text.len;
	*ret = text.cap ? text.p : copy_of("", 0);
	text = (struct str)STR_INIT; /* now the caller's */
	return ST_OK;
}
