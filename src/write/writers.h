/*
 * writers - the formats, one file each; writer.c lists them.
 */
#ifndef RASOAT_WRITERS_H
#define RASOAT_WRITERS_H

#include <rasoat/writer.h>

extern const struct writer xlsx_writer, pdf_writer, jsonl_writer, sarif_writer, text_writer, html_writer;

#endif
