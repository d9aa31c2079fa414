/* html_svg - charts and timelines of a document as inline SVG: shapes tell apart what colours do. */
#ifndef RASOAT_HTML_SVG_H
#define RASOAT_HTML_SVG_H

#include <rasoat/document.h>
#include <rasoat/str.h>

/* The patterns that timelines fill with: once a page, before the first of them. */
void html_svg_patterns(struct str *out);
void html_svg_timeline(struct str *out, const struct doc_timeline *t);
void html_svg_chart(struct str *out, const struct doc_chart *c);

#endif
