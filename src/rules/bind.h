/*
 * bind - strict reading of our XML formats; shared by the loaders of this room.
 *
 * Two passes over a file. bind_open() compares the whole tree with a table of
 * shapes: every unknown, missing, repeated or misplaced part is reported
 * there, once. The loader then reads values with bind_*(), which stay silent
 * about what is missing (it was reported) and report only bad values. So a
 * loader never stops at the first error. bind_close() puts the reports of
 * the file in line order and, when there was no error, asks the XSD.
 */
#ifndef RASOAT_RULES_BIND_H
#define RASOAT_RULES_BIND_H

#include <rasoat/date.h>
#include <rasoat/err.h>
#include <rasoat/rule.h>
#include <rasoat/xml.h>
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct hash;

struct bind {
	struct arena *a;
	struct diags *d;
	const char *file;
	size_t first;  /* index of the first report on this file */
	size_t errors; /* d->errors when the file was opened */
	struct xml_doc *doc; /* for bind_close */
	struct xml_schema *schema; /* kept from file to file when `many`, until bind_end */
	bool many;
};

enum shape_text { TEXT_NONE, TEXT_SOME, TEXT_MAY };

/* What an element may hold. Lists are names with a space between; NULL = none. */
struct shape {
	const char *name;
	const char *required; /* attributes */
	const char *optional;
	const char *one;   /* child elements: exactly one, */
	const char *maybe; /* none or one, */
	const char *some;  /* one or more, */
	const char *many;  /* any number */
	enum shape_text text;
	const char *
		blank; /* attributes that may be empty; "*": attributes of any name, empty or not */
};

/* A format: the first shape is the root; ends with a shape without a name. */
struct format {
	const char *ns;	 /* "urn:rasoat:rules:1" */
	const char *xsd; /* "rules.xsd" */
	const struct shape *shapes;
};

/* The root, or NULL when the file cannot be bound at all. `h` (may be NULL) gets the bytes. */
struct xml_node *bind_open(struct bind *b, const struct format *f, const char *path,
			   struct hash *h);
void bind_close(struct bind *b, const struct format *f, const char *schema_dir);
void bind_end(struct bind *b); /* after many files of one format */
/* DIR's *.xml but those named in `skip` (space-separated), sorted by name, as paths. */
const char **bind_files(struct arena *a, const char *dir, const char *skip, struct diags *d,
			int *ret_n);

void bind_error(const struct bind *b, const struct xml_node *n, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
struct xml_node *bind_child(const struct xml_node *n, const char *name); /* the first, or NULL */
struct xml_node *bind_next(const struct xml_node *n,
			   const char *name); /* next sibling of that name */
int bind_count(const struct xml_node *n, const char *name);

/* Values. Missing gives `dflt` (or NULL, DAY_NONE) without a report. */
const char *bind_text(const struct bind *b, const struct xml_node *parent, const char *child);
int bind_word(const struct bind *b, const struct xml_node *n, const char *attr, const char *words,
	      int dflt);
bool bind_yes(const struct bind *b, const struct xml_node *n, const char *attr, bool dflt);
int bind_int(const struct bind *b, const struct xml_node *n, const char *attr, int min, int max,
	     int dflt);
double bind_width(const struct bind *b, const struct xml_node *n,
		  const char *attr); /* 0 when missing */
day_t bind_day(const struct bind *b, const struct xml_node *n, const char *attr);
/* `from` and `to` of n (may be NULL); reports from > to. */
void bind_range(const struct bind *b, const struct xml_node *n, day_t *from, day_t *to);
/* A name such as a parameter's: [a-z][a-z0-9_]*; reports anything else. */
const char *bind_name(const struct bind *b, const struct xml_node *n, const char *attr);
/* Every <basis> below n. */
struct basis *bind_bases(const struct bind *b, const struct xml_node *n, int *ret_n);

/* The word of the list nearest to `word`, or NULL when none is near. In the arena. */
const char *bind_nearest(struct arena *a, const char *word, const char *words);
/* "; did you mean 'x'? (known: a, b)"; in the arena. `what` is "known", "allowed" ... */
const char *bind_hint(struct arena *a, const char *word, const char *words, const char *what);
const char *bind_join(struct arena *a, const char *words, const char *prefix); /* "a, b" */

/*
 * SQL: an expression, or what follows FROM. Only its outside is looked at:
 * quotes and comments closed, parentheses paired, one statement, and no
 * parameters but those in `params`. Comments are cut out, so that what the
 * engine puts behind the text is not swallowed. `used` (may be NULL) gets the
 * bits of the params that occur. NULL after errors or when missing.
 */
struct sql_params {
	const char *names; /* "grace as_of" */
	uint64_t used;	   /* bit i: the i-th name occurs */
};
const char *bind_sql(const struct bind *b, const struct xml_node *n, struct sql_params *params);
const char *bind_sql_attr(const struct bind *b, const struct xml_node *n, const char *attr,
			  struct sql_params *params);

/*
 * {name} in `text`: calls `known` for each; reports those it does not know and
 * braces that do not pair. `where` is "<message>"; `names` is for the hint.
 */
void bind_placeholders(const struct bind *b, const struct xml_node *n, const char *where,
		       const char *text, const char *names,
		       bool (*known)(const void *data, const char *name), const void *data);

/* "5+11-17" into terms. */
struct formula_term;
struct formula_term *bind_formula(const struct bind *b, const struct xml_node *n, const char *attr,
				  int *ret_n);

/* Checks of an example's row against the schema (rule_example.c). */
void rule_read_examples(const struct bind *b, struct rule *r, const struct xml_node *n);
/* Whether `value` is one of the parameter's type; "" or the text of what was expected. */
const char *rule_param_expected(const struct rule_param *p, const char *value);

#endif
