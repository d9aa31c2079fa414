#include "writers.h"

#include <rasoat/str.h>

static const struct writer *const writers[] = { &xlsx_writer, &pdf_writer, &jsonl_writer, &sarif_writer, &html_writer, &text_writer, NULL };

const struct writer *writer_find(const char *name)
{
	for (const struct writer *const *w = writers; *w; w++)
		if (str_eq((*w)->name, name))
			return *w;
	return NULL;
}

const char *writer_names(void)
{
	return "xlsx, pdf, jsonl, sarif, html, text";
}
