/*
 * clock_annex - how the due days of one case came about, as a page for its file: each clock with
 * what started it, each step with its days and document, the last day, the verdict, and a drawing.
 */
#ifndef RASOAT_CLOCK_ANNEX_H
#define RASOAT_CLOCK_ANNEX_H

#include <rasoat/clock.h>
#include <rasoat/document.h>
#include <rasoat/units.h>
#include <rasoat/workspace.h>

struct document *clock_annex(struct arena *a, const struct workspace *w, const struct clock_file *f, const char *unit);
/* Its file name without suffix: "clock-VV-C5-03-2026-10-05"; what no file name should hold is "_". */
const char *clock_annex_name(struct arena *a, const struct clock_file *f);
/* "Khiếu nại lần đầu, phức tạp (căn cứ: BB 12), vùng sâu, vùng xa; đơn vị: BHXH …" */
const char *clock_file_words(struct arena *a, const struct clock_file *f, const char *unit);
/* "quá hạn 12 ngày" */
const char *clock_verdict(struct arena *a, const struct clock_entry *x, day_t as_of);

#endif
