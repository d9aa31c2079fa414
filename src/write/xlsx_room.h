/*
 * xlsx_room - is there room for the temporary files of a workbook?
 *
 * libxlsxwriter writes each part of a workbook to a temporary file and reads
 * it back without looking whether all of it was written: on a full disk it
 * makes a damaged workbook and reports success. So the size of the largest
 * part is estimated from above, and that much room is asked for beforehand.
 */
#ifndef RASOAT_XLSX_ROOM_H
#define RASOAT_XLSX_ROOM_H

#include <rasoat/err.h>

#include <stdint.h>

struct xlsx_room {
	const char *folder;
	int64_t sheet;   /* bytes of the sheet in hand */
	int64_t strings; /* of all texts */
	int64_t largest; /* of the sheets before */
};

/* TMPDIR if it names a folder that can be written to, else /tmp. */
const char *xlsx_temp_folder(void);
/* `n` cells with one text between them. */
void xlsx_room_cell(struct xlsx_room *r, int n, const char *text);
void xlsx_room_sheet(struct xlsx_room *r, int rows);
/* "PATH: cannot write temporary files in FOLDER …" when the largest part does not fit. */
enum status xlsx_room_check(const struct xlsx_room *r, const char *path, struct err *e) MUST_CHECK;

#endif
