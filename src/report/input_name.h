/* input_name - what a reader of a report calls a table of the stores. */
#ifndef RASOAT_REPORT_INPUT_NAME_H
#define RASOAT_REPORT_INPUT_NAME_H

#include <rasoat/arena.h>

/* "Yêu cầu cung cấp dữ liệu (data_request)"; a table that is not known here keeps its own name. */
const char *input_name(struct arena *a, const char *table);

#endif
