#include "xlsx_room.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BASE_BYTES = 64 * 1024, /* styles, properties, charts */
	CELL_BYTES = 96,        /* a cell's element with a number, and its merged range */
	ROW_BYTES = 120,
};

const char *xlsx_temp_folder(void)
{
	const char *s = getenv("TMPDIR");
	struct stat st;

	if (s && *s && stat(s, &st) == 0 && S_ISDIR(st.st_mode) && access(s, W_OK | X_OK) == 0)
		return s;
	return "/tmp";
}

/* Bytes of a text in XML: at most six for a character that is escaped, seven for a control character. */
static int64_t xml_bytes(const char *s)
{
	int64_t n = 0;

	for (; *s; s++) {
		bool escaped = *s == '<' || *s == '>' || *s == '&' || *s == '"' || *s == '\'';

		n += (unsigned char)*s < 0x20 || *s == '_' ? 7 : escaped ? 6 : 1;
	}
	return n;
}

void xlsx_room_cell(struct xlsx_room *r, int n, const char *text)
{
	int64_t bytes = xml_bytes(text);

	r->sheet += (int64_t)n * CELL_BYTES + bytes;
	r->strings += CELL_BYTES + bytes;
}

void xlsx_room_sheet(struct xlsx_room *r, int rows)
{
	r->sheet += (int64_t)rows * ROW_BYTES;
	if (r->sheet > r->largest)
		r->largest = r->sheet;
	r->sheet = 0;
}

enum status xlsx_room_check(const struct xlsx_room *r, const char *path, struct err *e)
{
	int64_t need = BASE_BYTES + (r->largest > r->strings ? r->largest : r->strings);
	int fd = open(r->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), why;

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
		char name[4096];

		if (snprintf(name, sizeof(name), "%s/rasoat.XXXXXX", r->folder) >= (int)sizeof(name))
			return err_set(e, "%s: the name of the temporary folder (TMPDIR) is too long", path);
		fd = mkostemp(name, O_CLOEXEC);
		if (fd >= 0)
			unlink(name);
	}
	why = fd < 0 ? errno : posix_fallocate(fd, 0, need);
	if (fd >= 0)
		close(fd);
	if (!why)
		return ST_OK;
	return err_set(e, "%s: cannot write temporary files of up to %lld KiB in %s (TMPDIR names another folder): %s",
		       path, (long long)(need / 1024), r->folder, strerror(why));
}
