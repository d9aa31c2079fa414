/*
 * rules_guide - the rules as an inspector reads them: what is checked, whom it concerns, the law and how sure it is, the term
 * drawn, the days around its end, what to do. A document for PDF and HTML, made from the rules alone.
 */
#ifndef RASOAT_RULES_GUIDE_H
#define RASOAT_RULES_GUIDE_H

#include <rasoat/document.h>
#include <rasoat/workspace.h>

/* Of a workspace with its rules loaded. `packs` NULL-terminated, or NULL = all. */
struct document *rules_guide(struct arena *a, const struct workspace *w, const char *const *packs);

#endif
