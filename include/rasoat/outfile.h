/*
 * outfile - files are written whole or not at all.
 *
 * Output goes to a hidden temporary file ".NAME.PID.part" beside the target;
 * outfile_commit() syncs it and renames it over the target; outfile_drop()
 * removes it. A killed run or a full disk leaves the old file or none.
 * Left-over temporaries of processes that are gone are removed on open.
 * Several outputs of one command are first all written, then all committed
 * (struct outset).
 */
#ifndef RASOAT_OUTFILE_H
#define RASOAT_OUTFILE_H

#include <rasoat/err.h>
#include <stdio.h>

struct outfile;

/* Creates missing parent folders. The error names the path and the remedy. */
enum status outfile_open(const char *path, struct outfile **ret, struct err *e) MUST_CHECK;
/* For libraries that write to a path by themselves. */
const char *outfile_temp_path(const struct outfile *o);
const char *outfile_path(const struct outfile *o);
/* A stream on the temporary file, opened on first call, owned by the outfile. */
FILE *outfile_stream(struct outfile *o);
/* Flush, sync and close, but keep under the temporary name: a full disk shows here. */
enum status outfile_finish(struct outfile *o, struct err *e) MUST_CHECK;
/* finish if needed, rename over the target, free. On error the temporary is gone, the old file stays. */
enum status outfile_commit(struct outfile *o, struct err *e) MUST_CHECK;
void outfile_drop(struct outfile *o); /* NULL is fine */
void outfile_cleanup(struct outfile **o);

/* mkdir -p; ok when it exists. */
enum status make_dirs(const char *path, struct err *e) MUST_CHECK;
/* Whole file into malloc'd memory, NUL added; limit in bytes. The caller frees *ret. */
enum status read_file(const char *path, size_t limit, char **ret, size_t *ret_len, struct err *e) MUST_CHECK;

#endif
