/*
 * writer - the one way out: document -> file. Each format is one file of the
 * write room and one row in the table of writer.c. Writers are given a path
 * to write (an outfile's temporary) and nothing but the document: same
 * document, same bytes, on any day, in any time zone and locale.
 */
#ifndef RASOAT_WRITER_H
#define RASOAT_WRITER_H

#include <rasoat/document.h>

struct write_options {
	const char *font_dir; /* pdf: LiberationSerif-{Regular,Bold,Italic,BoldItalic}.ttf */
	int sheet_rows;       /* xlsx: rows of a sheet; 0 = Excel's 1,048,576 (tests take fewer) */
};

struct writer {
	const char *name;      /* "xlsx" "pdf" "jsonl" "sarif" "html" "text" */
	const char *extension; /* ".xlsx" ".pdf" ".jsonl" ".sarif" ".html" ".txt" */
	enum status (*write)(const struct document *d, const struct write_options *o, const char *path, struct err *e);
};

/* NULL when unknown; writer_names gives "xlsx, pdf, jsonl, sarif, html, text" for messages. */
const struct writer *writer_find(const char *name);
const char *writer_names(void);

#endif
