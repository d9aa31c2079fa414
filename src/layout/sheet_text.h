/*
 * sheet_text - how wide a text is and how many lines it takes, for column
 * widths and row heights. By the metrics of Times, a little on the safe side:
 * a row slightly too high is fine, a cut line is not.
 */
#ifndef RASOAT_SHEET_TEXT_H
#define RASOAT_SHEET_TEXT_H

#include <rasoat/arena.h>
#include <stdbool.h>
#include <stddef.h>

#define SHEET_TEXT_FILL 0.96 /* of a cell's width: programs draw a little wider than the metrics say */

/* Points; `s` is valid UTF-8. */
double sheet_text_width(const char *s, size_t n, double size, bool bold);
/* Width of the widest word. */
double sheet_word_width(const char *s, double size, bool bold);
/*
 * Lines of `s` wrapped at blanks into `width` points, at least 1 and at most `max`; *used = the bytes these lines
 * hold.
 */
int sheet_text_lines(const char *s, double size, bool bold, double width, int max, size_t *used);
/* Height of a row of that many lines. */
double sheet_lines_height(int lines, double size);

#endif
