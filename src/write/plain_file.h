/*
 * plain_file - a file written as text through one buffer, for the writers
 * that need no library. What is in `buf` goes out in large pieces; every
 * error of the way shows at the latest in plain_close().
 */
#ifndef RASOAT_PLAIN_FILE_H
#define RASOAT_PLAIN_FILE_H

#include <rasoat/err.h>
#include <rasoat/str.h>

struct plain_file {
	const char *path;
	struct str buf; /* append here, then plain_pour() */
	int fd;
};

enum status plain_open(struct plain_file *f, const char *path, struct err *e) MUST_CHECK;
/* Writes when much has gathered. */
enum status plain_pour(struct plain_file *f, struct err *e) MUST_CHECK;
/* Writes the rest and closes. */
enum status plain_close(struct plain_file *f, struct err *e) MUST_CHECK;
void plain_drop(struct plain_file *f); /* for CLEANUP(); after plain_close nothing is left to do */

#endif
