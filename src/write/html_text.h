/*
 * html_text - the one place where text becomes HTML, in an element or in an attribute between double quotes.
 */
#ifndef RASOAT_HTML_TEXT_H
#define RASOAT_HTML_TEXT_H

#include <rasoat/str.h>
#include <stdbool.h>

/*
 * & < > " ' are escaped. A line's end becomes a blank or, in an element when `breaks`, <br>. Other control
 * characters and bytes that are not UTF-8 become U+FFFD. Characters that turn the direction of text are shown by
 * name, "[U+202E]": what is printed is what is there. NULL is nothing.
 */
void html_text(struct str *out, const char *s, bool breaks);
/* A name as the value of id or href="#…": letters, digits and "-" stay, others become "_XX" in hex. */
void html_id(struct str *out, const char *name);

#endif
