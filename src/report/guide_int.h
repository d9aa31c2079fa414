/* guide_int - what the files of the rules' guide share. */
#ifndef RASOAT_REPORT_GUIDE_INT_H
#define RASOAT_REPORT_GUIDE_INT_H

#include <rasoat/rules_guide.h>
#include <rasoat/str.h>

struct guide {
	struct arena *a;
	const struct workspace *w;
	struct document *d;
	struct doc_section *s; /* being filled */
};

/* guide_words.c: names of the data in Vietnamese; what has none stands as it is. */
const char *guide_pack(const char *pack);
const char *guide_subject(const char *subject);
const char *guide_column(const char *column); /* "accepted_on" -> "ngày thụ lý" */
const char *guide_capital(struct arena *a, const char *text); /* the first letter large */

/* guide_terms.c: the terms that a rule reads, drawn; nothing when it reads none. */
void guide_terms(struct guide *g, const struct rule *r);
/* What the bars and signs of the drawings mean. */
void guide_legend(struct guide *g);

/* guide_examples.c: the days around a limit, from the rule's own examples; nothing when there are none. */
void guide_examples(struct guide *g, const struct rule *r);

/* guide_rule.c: heading, the card, the drawings. */
void guide_rule(struct guide *g, const struct rule *r);

/* guide_end.c: how to change a limit, the documents, the words. */
void guide_howto(struct guide *g, const struct rule *const *rules, int n);
void guide_documents(struct guide *g, const struct rule *const *rules, int n);
void guide_glossary(struct guide *g);

#endif
