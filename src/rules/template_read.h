/*
 * template_read - what the files that read templates share.
 */
#ifndef RASOAT_RULES_TEMPLATE_READ_H
#define RASOAT_RULES_TEMPLATE_READ_H

#include "bind.h"
#include <rasoat/template.h>

/* SQL in templates; every text gets its own copy of this. */
#define TEMPLATE_PARAMS                                                                            \
	{                                                                                          \
		"from to as_of", 0                                                                 \
	}

/* template.c: the dataset an attribute names, or NULL after a report (or when missing). */
const struct dataset *template_dataset(const struct bind *b, const struct template *t,
				       const struct xml_node *n, const char *attr);

/* template_table.c */
struct template_table *template_read_table(const struct bind *b, const struct template *t,
					   const struct xml_node *n);
struct template_table *template_read_list(const struct bind *b, const struct template *t,
					  const struct xml_node *n);
const struct template_column *template_column(const struct template_table *t, int n); /* or NULL */
const char *template_column_numbers(struct arena *a, const struct template_table *t);

/* template_check.c */
const struct template_table *template_find_table(const struct template *t, const char *id); /* with measures; or NULL */

/* template_ref.c: notes the figures of other forms that a placeholder, or a text with placeholders, names. */
void template_collect(const struct bind *b, struct template *t, const char *name, int line);
void template_collect_text(const struct bind *b, struct template *t, const char *text, int line);
/* When all forms are read: whether these have the tables and columns. */
void template_check_refs(const struct bind *b, const struct template *t, const struct template_set *set);

/* template_check.c: every <check> below the root, after the tables were read. */
void template_read_checks(const struct bind *b, struct template *t, const struct xml_node *root);
/* Of the checks against other forms: whether these have the table and the columns. */
void template_check_others(const struct bind *b, const struct template *t, const struct template_set *set);

#endif
