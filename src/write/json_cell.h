/*
 * json_cell - cells and facts of a document as JSON, for the writers that speak it. Text that is not
 * UTF-8 and numbers that are not finite are errors that name table, row and column.
 */
#ifndef RASOAT_JSON_CELL_H
#define RASOAT_JSON_CELL_H

#include <rasoat/document.h>
#include <rasoat/str.h>

/* Where a value stands, for messages. */
struct json_place {
	const char *table;
	int64_t row;
};

/* A cell's value: null for blank and not applicable, "***" for withheld. */
enum status json_cell(struct str *out, struct json_place at, const char *key, const struct cell *c,
		      struct err *e) MUST_CHECK;
/* Checked text, or null. */
enum status json_cell_text(struct str *out, struct json_place at, const char *key, const char *text,
			   struct err *e) MUST_CHECK;
/* "key":value of one fact, and the members of an object with commas between, without the braces. */
enum status json_fact(struct str *out, const struct doc_fact *fact, struct err *e) MUST_CHECK;
enum status json_members(struct str *out, const struct doc_fact *facts, int n, struct err *e) MUST_CHECK;

#endif
