#include <rasoat/xml.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <rasoat/arena.h>
#include <rasoat/outfile.h>
#include <rasoat/str.h>
#include <rasoat/text.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT ((size_t)64 * 1024 * 1024)

/* Where libxml2's complaints go, and under which name. */
struct report {
	struct diags *diags;
	const char *file;
	bool own_names; /* an XSD may include others: their names come from libxml2 */
};

/* Without the newline at the end and without the "{namespace}" before names, as people say it. */
static void clean_message(const char *message, struct str *out)
{
	for (const char *p = message; *p; p++) {
		const char *close = *p == '{' ? strchr(p, '}') : NULL;

		if (close && memchr(p, ':', (size_t)(close - p))) /* "{2}" in a pattern stays */
			p = close;
		else
			str_addc(out, *p);
	}
	while (out->len && strchr("\n .", out->p[out->len - 1]))
		out->p[--out->len] = '\0';
}

static void on_error(void *data, xmlErrorPtr error)
{
	struct report *r = data;
	const char *file = r->own_names && error->file ? error->file : r->file;
	CLEANUP(str_free) struct str text = STR_INIT;

	clean_message(error->message ? error->message : "unknown error", &text);
	if (error->level == XML_ERR_WARNING)
		diag_warn(r->diags, file, error->line, "%s", text.p);
	else
		diag_error(r->diags, file, error->line, "%s", text.p);
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *external,
		       const xmlChar *system)
{
	xmlParserCtxtPtr ctxt = data;
	struct report *r = ctxt->_private;

	(void)name;
	(void)external;
	(void)system;
	diag_error(r->diags, r->file, xmlSAX2GetLineNumber(ctxt),
		   "a DOCTYPE is not allowed; remove it");
	xmlStopParser(ctxt);
}

/*
 * libxml2 takes the line where a start tag ends. The parser still stands in the tag, and '<'
 * cannot occur within one, so the line breaks since the last '<' are those of the tag.
 */
static void on_start_element(void *data, const xmlChar *name, const xmlChar *prefix,
			     const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
			     int attributes_n, int defaulted_n, const xmlChar **attributes)
{
	xmlParserCtxtPtr ctxt = data;
	const xmlChar *p = ctxt->input->cur;
	unsigned short breaks = 0;

	xmlSAX2StartElementNs(data, name, prefix, uri, namespaces_n, namespaces, attributes_n,
			      defaulted_n, attributes);
	while (p > ctxt->input->base && *p != '<') {
		p--;
		breaks += *p == '\n';
	}
	/* From line 65535 on libxml2 keeps the line elsewhere; it stays the end of the tag then. */
	if (ctxt->node && ctxt->node->line < 65535 && ctxt->node->line > breaks)
		ctxt->node->line -= breaks;
}

static int line_at(const char *text, size_t offset)
{
	int line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

/* libxml2 would stop at a NUL or guess at a byte; here the line and the byte are named. */
static bool is_clean(const char *text, size_t n, struct report *r)
{
	const char *nul = memchr(text, 0, n);
	size_t bad = text_invalid_at(text, n);

	if (n > LIMIT) {
		diag_error(r->diags, r->file, 0, "larger than %zu bytes; split it", LIMIT);
	} else if (n == 0) {
		diag_error(r->diags, r->file, 0, "the file is empty; it must hold an XML document");
	} else if (bad < n) {
		diag_error(r->diags, r->file, line_at(text, bad),
			   "byte 0x%02X is not UTF-8; save the file as UTF-8",
			   (unsigned)(unsigned char)text[bad]);
	} else if (nul) {
		diag_error(r->diags, r->file, line_at(text, (size_t)(nul - text)),
			   "a NUL byte; this is not a text file");
	} else {
		return true;
	}
	return false;
}

static void doc_free(xmlDocPtr *doc)
{
	xmlFreeDoc(*doc);
}

/* NULL after errors. */
static xmlDocPtr parse(const char *text, size_t n, struct report *r)
{
	size_t before = r->diags->errors;
	xmlParserCtxtPtr ctxt;
	xmlDocPtr doc;

	if (!is_clean(text, n, r))
		return NULL;
	ctxt = xmlNewParserCtxt();
	if (!ctxt) {
		diag_error(r->diags, r->file, 0, "not enough memory to read it");
		return NULL;
	}
	ctxt->_private = r;
	ctxt->sax->internalSubset = on_doctype;
	ctxt->sax->startElementNs = on_start_element;
	doc = xmlCtxtReadMemory(ctxt, text, (int)n, NULL, NULL,
				XML_PARSE_NONET | XML_PARSE_BIG_LINES);
	if (doc && doc->encoding && xmlStrcasecmp(doc->encoding, (const xmlChar *)"UTF-8") != 0)
		diag_error(r->diags, r->file, 1, "encoding '%s'; save the file as UTF-8",
			   (const char *)doc->encoding);
	else if (!doc && r->diags->errors == before)
		diag_error(r->diags, r->file, 0, "not a well-formed XML document");
	xmlFreeParserCtxt(ctxt);
	if (r->diags->errors == before)
		return doc;
	xmlFreeDoc(doc);
	return NULL;
}

static xmlSchemaPtr read_schema(const char *path, struct diags *d)
{
	struct report r = { d, path, true };
	xmlSchemaParserCtxtPtr parser = access(path, R_OK) == 0 ? xmlSchemaNewParserCtxt(path) : NULL;
	xmlSchemaPtr schema = NULL;

	if (parser) {
		xmlSetStructuredErrorFunc(&r, on_error);
		xmlSchemaSetParserStructuredErrors(parser, on_error, &r);
		schema = xmlSchemaParse(parser);
	}
	xmlSchemaFreeParserCtxt(parser);
	return schema;
}

/* Adds to diags what the schema says against the document. */
static void validate(xmlDocPtr doc, const char *path, xmlSchemaPtr *schema, struct report *r)
{
	size_t before = r->diags->errors;
	xmlSchemaValidCtxtPtr checker = NULL;

	if (!*schema)
		*schema = read_schema(path, r->diags);
	xmlSetStructuredErrorFunc(r, on_error);
	if (*schema)
		checker = xmlSchemaNewValidCtxt(*schema);
	if (checker) {
		xmlSchemaSetValidStructuredErrors(checker, on_error, r);
		if (xmlSchemaValidateDoc(checker, doc) != 0 && r->diags->errors == before)
			diag_error(r->diags, r->file, 0, "does not follow the schema %s", path);
	} else if (r->diags->errors == before) {
		diag_error(r->diags, path, 0, "this schema cannot be read; install it again");
	}
	xmlSchemaFreeValidCtxt(checker);
}

static const char *nfc(struct arena *a, const char *s, struct str *scratch)
{
	if (!s || !*s)
		return "";
	str_clear(scratch);
	text_nfc(s, strlen(s), scratch);
	return arena_strndup(a, scratch->p, scratch->len);
}

/* The text and CDATA pieces directly below, joined. */
static const char *direct_text(struct arena *a, const xmlNode *first, struct str *scratch)
{
	CLEANUP(str_free) struct str joined = STR_INIT;

	if (first && !first->next && first->type == XML_TEXT_NODE)
		return nfc(a, (const char *)first->content, scratch);
	for (const xmlNode *n = first; n; n = n->next)
		if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content)
			str_add(&joined, (const char *)n->content);
	return nfc(a, joined.p, scratch);
}

static struct xml_attr *copy_attrs(struct arena *a, const xmlNode *from, struct str *scratch)
{
	struct xml_attr *first = NULL, **at = &first;

	for (const xmlAttr *attr = from->properties; attr; attr = attr->next) {
		const char *name = (const char *)attr->name;

		*at = ARENA_NEW(a, struct xml_attr);
		/* xsi:type must not pass for a plain type. */
		(*at)->name = attr->ns && attr->ns->prefix
				      ? arena_printf(a, "%s:%s", (const char *)attr->ns->prefix,
						     name)
				      : arena_strdup(a, name);
		(*at)->value = direct_text(a, attr->children, scratch);
		at = &(*at)->next;
	}
	return first;
}

/* libxml2 refuses documents more than 256 levels deep, so recursion is safe. */
static struct xml_node *copy_node(struct arena *a, const xmlNode *from, struct xml_node *parent,
				  struct str *scratch)
{
	struct xml_node *node = ARENA_NEW(a, struct xml_node);
	struct xml_node **at = &node->children;

	node->name = arena_strdup(a, (const char *)from->name);
	node->ns = from->ns && from->ns->href ? arena_strdup(a, (const char *)from->ns->href) : "";
	node->text = direct_text(a, from->children, scratch);
	node->line = (int)xmlGetLineNo(from);
	node->attrs = copy_attrs(a, from, scratch);
	node->parent = parent;
	for (const xmlNode *child = from->children; child; child = child->next) {
		if (child->type != XML_ELEMENT_NODE)
			continue;
		*at = copy_node(a, child, node, scratch);
		at = &(*at)->next;
	}
	return node;
}

static struct xml_node *build(struct arena *a, const char *text, size_t n, const char *name,
			      const char *path, xmlDocPtr *doc, struct diags *d)
{
	struct report r = { d, name, false };
	CLEANUP(str_free) struct str scratch = STR_INIT;
	xmlSchemaPtr schema = NULL;
	size_t before = d->errors;

	/* For whatever libxml2 loads by itself: no network, no words on stderr. */
	xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
	xmlSetStructuredErrorFunc(&r, on_error);
	*doc = parse(text, n, &r);
	if (*doc && path)
		validate(*doc, path, &schema, &r);
	xmlSchemaFree(schema);
	xmlSetStructuredErrorFunc(NULL, NULL);
	if (!*doc || d->errors != before)
		return NULL;
	return copy_node(a, xmlDocGetRootElement(*doc), NULL, &scratch);
}

struct xml_node *xml_parse(struct arena *a, const char *text, size_t n, const char *name,
			   struct diags *d)
{
	CLEANUP(doc_free) xmlDocPtr doc = NULL;

	return build(a, text, n, name, NULL, &doc, d);
}

struct xml_node *xml_parse_doc(struct arena *a, const char *text, size_t n, const char *name,
			       struct xml_doc **ret_doc, struct diags *d)
{
	xmlDocPtr doc = NULL;
	struct xml_node *root = build(a, text, n, name, NULL, &doc, d);

	if (!root) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	*ret_doc = (struct xml_doc *)doc;
	return root;
}

void xml_validate(const struct xml_doc *doc, const char *name, const char *path, struct xml_schema **schema,
		  struct diags *d)
{
	struct report r = { d, name, false };
	xmlSchemaPtr own = (xmlSchemaPtr)*schema;

	validate((xmlDocPtr)doc, path, &own, &r);
	xmlSetStructuredErrorFunc(NULL, NULL);
	*schema = (struct xml_schema *)own;
}

void xml_doc_free(struct xml_doc *doc)
{
	xmlFreeDoc((xmlDocPtr)doc);
}

void xml_schema_free(struct xml_schema *schema)
{
	xmlSchemaFree((xmlSchemaPtr)schema);
}

struct xml_node *xml_load(struct arena *a, const char *path, const char *schema, struct diags *d)
{
	CLEANUP(doc_free) xmlDocPtr doc = NULL;
	struct xml_node *root;
	struct err e = ERR_INIT;
	size_t n = strlen(path), len;
	char *text;

	if (read_file(path, LIMIT, &text, &len, &e) != ST_OK) {
		/* The file is named by the diag already. */
		bool named = str_starts(e.text, path) && str_starts(e.text + n, ": ");

		diag_error(d, path, 0, "%s", named ? e.text + n + 2 : e.text);
		return NULL;
	}
	root = build(a, text, len, path, schema, &doc, d);
	free(text);
	return root;
}

const char *xml_attr(const struct xml_node *n, const char *name)
{
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		if (strcmp(attr->name, name) == 0)
			return attr->value;
	return NULL;
}

#define SPACES " \t\r\n"

const char *xml_text(struct arena *a, const struct xml_node *n)
{
	const char *p = n->text + strspn(n->text, SPACES);
	char *made = arena_alloc(a, strlen(p) + 1);
	char *at = made;

	while (*p) {
		size_t word = strcspn(p, SPACES);

		memcpy(at, p, word);
		at += word;
		p += word;
		p += strspn(p, SPACES);
		if (*p)
			*at++ = ' ';
	}
	return made;
}

const char *xml_sql(struct arena *a, const struct xml_node *n)
{
	const char *p = n->text + strspn(n->text, SPACES);
	size_t len = strlen(p);

	while (len && strchr(SPACES, p[len - 1]))
		len--;
	return arena_strndup(a, p, len);
}

void xml_escape(struct str *out, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '&':
			str_add(out, "&amp;");
			break;
		case '<':
			str_add(out, "&lt;");
			break;
		case '>':
			str_add(out, "&gt;");
			break;
		case '"':
			str_add(out, "&quot;");
			break;
		default:
			str_addc(out, *s);
		}
	}
}
