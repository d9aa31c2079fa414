#include "writers.h"

#include <rasoat/str.h>

static const struct writer *const writers[] = { &xlsx_writer, &pdf_writer, &jsonl_writer, &text_writer };

const struct writer *writer_find(const char *name)
{
	for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++)
		if (str_eq(writers[i]->name, name))
			return writers[i];
	return NULL;
}

const char *writer_names(void)
{
	return "xlsx, pdf, jsonl, text";
}
