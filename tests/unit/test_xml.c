#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <rasoat/xml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
	struct arena *a;
	struct diags d;
	char folder[4096];
};

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	const char *base = getenv("TMPDIR");

	assert_non_null(w);
	w->a = arena_new();
	diags_init(&w->d, w->a);
	snprintf(w->folder, sizeof(w->folder), "%s/rasoat-xml-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(w->folder));
	assert_int_equal(chdir(w->folder), 0);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	unlink("a.xml");
	unlink("a.xsd");
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(w->folder), 0);
	arena_free(w->a);
	free(w);
	return 0;
}

static struct xml_node *parse(struct world *w, const char *text)
{
	return xml_parse(w->a, text, strlen(text), "a.xml", &w->d);
}

static void expect_error_n(struct world *w, const char *text, size_t n, const char *want)
{
	struct err e = ERR_INIT;

	diags_init(&w->d, w->a);
	assert_null(xml_parse(w->a, text, n, "a.xml", &w->d));
	assert_int_equal(diags_status(&w->d, &e), ST_ERR);
	assert_string_equal(e.text, want);
}

static void expect_error(struct world *w, const char *text, const char *want)
{
	expect_error_n(w, text, strlen(text), want);
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void test_tree(void **state)
{
	struct world *w = *state;
	struct xml_node *root = parse(w, "<rules xmlns='urn:x' pack=\"accounts\" n=''>\n"
					 "  <!-- c --><rule id='A &lt; B'>one<b/>two<![CDATA[ <3 ]]></rule>\n"
					 "  <other xmlns=''/>\n"
					 "</rules>\n");
	struct xml_node *rule;

	assert_non_null(root);
	assert_string_equal(root->name, "rules");
	assert_string_equal(root->ns, "urn:x");
	assert_null(root->parent);
	assert_int_equal(root->line, 1);
	assert_string_equal(xml_attr(root, "pack"), "accounts");
	assert_string_equal(xml_attr(root, "n"), "");
	assert_null(xml_attr(root, "none"));
	assert_string_equal(root->attrs->name, "pack");
	assert_string_equal(root->attrs->next->name, "n");
	rule = root->children;
	assert_string_equal(rule->name, "rule");
	assert_int_equal(rule->line, 2);
	assert_ptr_equal(rule->parent, root);
	assert_string_equal(xml_attr(rule, "id"), "A < B");
	assert_string_equal(rule->text, "onetwo <3 ");
	assert_string_equal(rule->children->name, "b");
	assert_string_equal(rule->children->text, "");
	assert_string_equal(rule->next->name, "other");
	assert_string_equal(rule->next->ns, "");
	assert_null(rule->next->next);
	assert_int_equal(w->d.count, 0);
}

/* The line of the '<', not of the '>': an editor jumps to it. */
static void test_line_of_long_tags(void **state)
{
	struct xml_node *root = parse(*state, "<a>\n<b\n  x='1'\n  y='>\n2'\n>\n<c/></b>\n<d/></a>");

	assert_non_null(root);
	assert_int_equal(root->line, 1);
	assert_int_equal(root->children->line, 2);
	assert_int_equal(root->children->children->line, 7);
	assert_int_equal(root->children->next->line, 8);
}

static void test_nfc(void **state)
{
	struct xml_node *root = parse(*state, "<a x='Te\xCC\x82\xCC\x81t'>Te\xCC\x82\xCC\x81t</a>");

	assert_non_null(root);
	assert_string_equal(root->text, "T\xE1\xBA\xBFt");
	assert_string_equal(xml_attr(root, "x"), "T\xE1\xBA\xBFt");
}

static void test_prefixed_attribute_is_not_plain(void **state)
{
	struct xml_node *root = parse(*state, "<a xmlns:p='urn:p' p:id='1' xml:lang='vi'/>");

	assert_non_null(root);
	assert_null(xml_attr(root, "id"));
	assert_string_equal(xml_attr(root, "p:id"), "1");
	assert_string_equal(xml_attr(root, "xml:lang"), "vi");
}

static void test_text_forms(void **state)
{
	struct world *w = *state;
	struct xml_node *root = parse(w, "<a>\n  SELECT  'a  b'\n\tFROM x \r\n</a>");

	assert_non_null(root);
	assert_string_equal(xml_text(w->a, root), "SELECT 'a b' FROM x");
	assert_string_equal(xml_sql(w->a, root), "SELECT  'a  b'\n\tFROM x");
	root = parse(w, "<a> \n </a>");
	assert_string_equal(xml_text(w->a, root), "");
	assert_string_equal(xml_sql(w->a, root), "");
}

static void test_escape(void **state)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	(void)state;
	xml_escape(&out, "a<b> & \"Đơn\" 'x'");
	assert_string_equal(out.p, "a&lt;b&gt; &amp; &quot;Đơn&quot; 'x'");
}

static void test_not_well_formed(void **state)
{
	struct world *w = *state;

	expect_error(w, "<a>\n<b>\n</a>",
		     "a.xml:3: Opening and ending tag mismatch: b line 2 and a (and 1 more)");
	expect_error(w, "", "a.xml: the file is empty; it must hold an XML document");
	expect_error(w, "text", "a.xml:1: Start tag expected, '<' not found");
	expect_error(w, "<a x='1' x='2'/>", "a.xml:1: Attribute x redefined");
	expect_error(w, "<a>&nbsp;</a>", "a.xml:1: Entity 'nbsp' not defined");
	expect_error(w, "<a/><b/>", "a.xml:1: Extra content at the end of the document");
}

static void test_bytes(void **state)
{
	struct world *w = *state;

	expect_error_n(w, "<a>\n\0</a>", 9, "a.xml:2: a NUL byte; this is not a text file");
	expect_error(w, "<a>\n\nvi\xEA" "t</a>",
		     "a.xml:3: byte 0xEA is not UTF-8; save the file as UTF-8");
	expect_error(w, "<?xml version='1.0' encoding='windows-1258'?>\n<a/>",
		     "a.xml:1: encoding 'windows-1258'; save the file as UTF-8");
	diags_init(&w->d, w->a);
	assert_non_null(parse(w, "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a/>"));
	assert_int_equal(w->d.count, 0);
}

static void test_no_dtd(void **state)
{
	struct world *w = *state;

	expect_error(w, "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]>\n"
			"<a>&x;</a>",
		     "a.xml:2: a DOCTYPE is not allowed; remove it");
	expect_error(w, "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>\n<a/>",
		     "a.xml:1: a DOCTYPE is not allowed; remove it");
	expect_error(w,
		     "<!DOCTYPE a [\n<!ENTITY b 'bbbbbbbbbb'>\n<!ENTITY c '&b;&b;&b;&b;&b;&b;'>\n"
		     "<!ENTITY d '&c;&c;&c;&c;&c;&c;'>]>\n<a x='&d;&d;'>&d;</a>",
		     "a.xml:1: a DOCTYPE is not allowed; remove it");
}

/* 300 levels: refused with an error instead of a deep recursion. */
static void test_too_deep(void **state)
{
	CLEANUP(str_free) struct str text = STR_INIT;
	struct world *w = *state;

	for (int i = 0; i < 100000; i++)
		str_add(&text, "<a>");
	assert_null(parse(w, text.p));
	assert_true(w->d.errors > 0);
	assert_non_null(strstr(w->d.items[0].text, "Excessive depth in document: 256"));
}

#define SCHEMA                                                                                    \
	"<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t' "         \
	"elementFormDefault='qualified'><xs:element name='list'><xs:complexType><xs:sequence>"    \
	"<xs:element name='item' maxOccurs='9'><xs:complexType><xs:attribute name='id' "          \
	"use='required'><xs:simpleType><xs:restriction base='xs:string'>"                         \
	"<xs:pattern value='[A-Z]{2}'/></xs:restriction></xs:simpleType></xs:attribute>"          \
	"</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>"

static void test_schema(void **state)
{
	struct world *w = *state;
	struct xml_node *root;

	put("a.xsd", SCHEMA);
	put("a.xml", "<list xmlns='urn:t'><item id='AB'/></list>");
	root = xml_load(w->a, "a.xml", "a.xsd", &w->d);
	assert_non_null(root);
	assert_int_equal(w->d.count, 0);
	assert_string_equal(xml_attr(root->children, "id"), "AB");
	put("a.xml", "<list xmlns='urn:t'>\n <item\n id='AB'/>\n <item\n   i='C'\n/>\n"
		     " <item id='ABC'/>\n</list>");
	assert_null(xml_load(w->a, "a.xml", "a.xsd", &w->d));
	/* All of them in one run, each with its line. */
	assert_int_equal(w->d.count, 3);
	assert_string_equal(w->d.items[0].file, "a.xml");
	assert_int_equal(w->d.items[0].line, 4);
	assert_string_equal(w->d.items[0].text,
			    "Element 'item', attribute 'i': The attribute 'i' is not allowed");
	assert_int_equal(w->d.items[1].line, 4);
	assert_string_equal(w->d.items[1].text,
			    "Element 'item': The attribute 'id' is required but missing");
	assert_int_equal(w->d.items[2].line, 7);
	assert_string_equal(w->d.items[2].text,
			    "Element 'item', attribute 'id': [facet 'pattern'] The value 'ABC' is "
			    "not accepted by the pattern '[A-Z]{2}'");
}

static void test_bad_schema(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;

	put("a.xml", "<list xmlns='urn:t'/>");
	put("a.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n<xs:elemen/>\n"
		     "</xs:schema>");
	assert_null(xml_load(w->a, "a.xml", "a.xsd", &w->d));
	assert_string_equal(w->d.items[0].file, "a.xsd");
	assert_int_equal(w->d.items[0].line, 2);
	assert_memory_equal(w->d.items[0].text, "Element 'schema': The content is not valid", 42);
	diags_init(&w->d, w->a);
	assert_null(xml_load(w->a, "a.xml", "none.xsd", &w->d));
	assert_int_equal(diags_status(&w->d, &e), ST_ERR);
	assert_string_equal(e.text, "none.xsd: this schema cannot be read; install it again");
	/* The document itself is told first. */
	put("a.xml", "<list");
	diags_init(&w->d, w->a);
	assert_null(xml_load(w->a, "a.xml", "none.xsd", &w->d));
	assert_string_equal(w->d.items[0].file, "a.xml");
}

static void test_load_errors(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;

	assert_null(xml_load(w->a, "none.xml", NULL, &w->d));
	assert_int_equal(diags_status(&w->d, &e), ST_ERR);
	assert_string_equal(e.text,
			    "none.xml: cannot read: No such file or directory; check the name");
	diags_init(&w->d, w->a);
	assert_null(xml_load(w->a, ".", NULL, &w->d));
	assert_int_equal(diags_status(&w->d, &e), ST_ERR);
	assert_string_equal(e.text, ".: this is a folder; give a file name");
	diags_init(&w->d, w->a);
	assert_null(xml_load(w->a, "/dev/zero", NULL, &w->d));
	assert_int_equal(diags_status(&w->d, &e), ST_ERR);
	assert_string_equal(e.text, "/dev/zero: larger than 67108864 bytes; give a smaller file");
}

/* A document can ask for a schema by itself: nothing is fetched and nothing is trusted. */
static void test_schema_hint_in_document(void **state)
{
	struct world *w = *state;

	put("a.xsd", SCHEMA);
	put("a.xml", "<list xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
		     "xsi:schemaLocation='urn:o http://127.0.0.1:9/o.xsd'><item id='AB'/></list>");
	xml_load(w->a, "a.xml", "a.xsd", &w->d);
	for (size_t i = 0; i < w->d.count; i++)
		assert_null(strstr(w->d.items[i].text, "connect"));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_tree),
		IN_WORLD(test_line_of_long_tags),
		IN_WORLD(test_nfc),
		IN_WORLD(test_prefixed_attribute_is_not_plain),
		IN_WORLD(test_text_forms),
		IN_WORLD(test_escape),
		IN_WORLD(test_not_well_formed),
		IN_WORLD(test_bytes),
		IN_WORLD(test_no_dtd),
		IN_WORLD(test_too_deep),
		IN_WORLD(test_schema),
		IN_WORLD(test_bad_schema),
		IN_WORLD(test_load_errors),
		IN_WORLD(test_schema_hint_in_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
