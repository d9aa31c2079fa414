/*
 * xml - an XML file as a plain tree in an arena, by libxml2.
 *
 * No network, no DTD, no external entities, at most 64 MB; libxml2's own
 * output is muted and its errors become diags with file:line. Text and
 * attribute values are UTF-8 NFC.
 */
#ifndef RASOAT_XML_H
#define RASOAT_XML_H

#include <rasoat/err.h>

struct xml_attr {
	const char *name, *value;
	struct xml_attr *next; /* in document order */
};

struct xml_node {
	const char *name; /* local name */
	const char *ns;   /* namespace URI, "" when none */
	const char *text; /* direct text, all pieces joined, as written; "" when none */
	int line;         /* 1-based line of the start tag */
	struct xml_attr *attrs;
	struct xml_node *children, *next, *parent;
};

/* NULL after errors, which are in `d`. `schema` (a path to an XSD) may be NULL. */
struct xml_node *xml_load(struct arena *a, const char *path, const char *schema, struct diags *d);
/* From memory; `name` stands for the file in messages. */
struct xml_node *xml_parse(struct arena *a, const char *text, size_t n, const char *name, struct diags *d);

/*
 * In two steps: parsed now, held against a schema later, when more is known of the content. *ret_doc is
 * the caller's, NULL after errors. The schema `path` is read by the first xml_validate into *schema,
 * NULL before, for all documents that follow; what is wrong goes to `d`.
 */
struct xml_doc;
struct xml_schema;
struct xml_node *xml_parse_doc(struct arena *a, const char *text, size_t n, const char *name,
			       struct xml_doc **ret_doc, struct diags *d);
void xml_validate(const struct xml_doc *doc, const char *name, const char *path, struct xml_schema **schema,
		  struct diags *d);
void xml_doc_free(struct xml_doc *doc);		 /* NULL is fine */
void xml_schema_free(struct xml_schema *schema); /* NULL is fine */

const char *xml_attr(const struct xml_node *n, const char *name); /* NULL when absent */
/* Text with leading and trailing white space cut and inner runs made one space. */
const char *xml_text(struct arena *a, const struct xml_node *n);
/* Text cut at the ends only: for SQL. */
const char *xml_sql(struct arena *a, const struct xml_node *n);
/* Escapes & < > " for writing. */
struct str;
void xml_escape(struct str *out, const char *s);

#endif
