/*
 * Forms against figures counted by hand, on a tree of three levels:
 *   VN over A (A1, OLD until 31/03/2026) and B (B1, and A2, which was below A until 31/07/2026).
 * Period: quarter III of 2026, 15/06 - 14/09/2026.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <rasoat/arena.h>
#include <rasoat/form.h>
#include <rasoat/outfile.h>
#include <rasoat/str.h>

#define OK(call)                                         \
	do {                                             \
		struct err e_ = ERR_INIT, *e = &e_;      \
		if ((call) != ST_OK)                     \
			fail_msg(#call ": %s", e->text); \
	} while (0)

struct world {
	struct arena *a;
	struct store *s;
	struct workspace w;
	const struct template *t;
	struct period p;
	struct form *f;
	char folder[4096], root[4096];
};

static const char units[] =
	"INSERT INTO unit(unit_id, name, valid_to) VALUES ('VN', 'Trung ương', NULL), ('A', 'Đơn vị A', NULL),"
	" ('B', 'Đơn vị B', NULL), ('A1', 'A một', NULL), ('A2', 'A hai', NULL), ('B1', 'B một', NULL),"
	" ('OLD', 'Đơn vị cũ', '2026-03-31');"
	"INSERT INTO unit_parent(unit_id, parent_id, valid_from) VALUES ('A', 'VN', '2020-01-01'),"
	" ('B', 'VN', '2020-01-01'), ('A1', 'A', '2020-01-01'), ('B1', 'B', '2020-01-01'),"
	" ('OLD', 'A', '2020-01-01'), ('A2', 'A', '2020-01-01'), ('A2', 'B', '2026-08-01')";

static const char visits[] =
	"INSERT INTO visit(visit_id, unit_id, received_on, mode, people, case_id) VALUES"
	" ('v01', 'VN', '2026-06-15', 'regular', 2, 'c1')," /* first day */
	" ('v02', 'A', '2026-07-01', 'regular', 5, 'c1'),"
	" ('v03', 'A1', '2026-07-01', 'regular', 1, 'c1')," /* c1 once more, in another unit */
	" ('v04', 'A1', '2026-07-02', 'regular', 1, 'c1')," /* the same case in the same unit */
	" ('v05', 'A2', '2026-07-10', 'head', 3, 'c2'),"
	" ('v06', 'B1', '2026-09-14', 'delegated', 1, NULL)," /* last day */
	" ('v07', 'B1', '2026-09-15', 'regular', 1, NULL),"   /* one day late */
	" ('v08', 'A1', '2026-06-14', 'regular', 1, NULL),"   /* one day early */
	" ('v09', 'B', '2026-08-01', NULL, 4, NULL),"         /* which mode? */
	" ('v10', 'A1', '2026-08-02', 'regular', NULL, NULL)," /* how many people? */
	" ('v11', 'ZZ', '2026-08-03', 'regular', 7, 'c9')";   /* a unit that nobody knows */

static const char columns[] =
	"<column n=\"1\" title=\"Tổng số\" formula=\"2+3+4\"/>"
	"<group title=\"Lượt\"><column n=\"2\" title=\"Thường xuyên\" count=\"visits\" where=\"v.mode = 'regular'\"/>"
	"<group title=\"Thủ trưởng\"><column n=\"3\" title=\"Tự tiếp\" count=\"visits\" where=\"v.mode = 'head'\"/>"
	"<column n=\"4\" title=\"Ủy quyền\" count=\"visits\" where=\"v.mode = 'delegated'\"/></group></group>"
	"<column n=\"5\" title=\"Số người\" sum=\"v.people\" over=\"visits\" where=\"v.mode = 'regular'\"/>"
	"<column n=\"6\" title=\"Số vụ\" distinct=\"v.case_id\" over=\"visits\" where=\"v.mode = 'regular' AND "
	"v.case_id IS NOT NULL\"/>"
	"<column n=\"7\" title=\"Hiệu\" formula=\"1-2\"/>";

static const char checks[] =
	"<check code=\"C1\" table=\"t\" left=\"1\" op=\"eq\" right=\"2+3+4\" message=\"tổng\"/>"
	"<check code=\"C2\" table=\"t\" left=\"1\" count=\"visits\" message=\"đếm lại\" basis=\"Biểu\" mark=\"inference\"/>"
	"<check code=\"C3\" table=\"t\" left=\"2\" op=\"le\" right=\"1\" message=\"không lớn hơn\"/>";

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	const char *base = getenv("TMPDIR");

	assert_non_null(w);
	w->a = arena_new();
	assert_non_null(getcwd(w->root, sizeof(w->root)));
	snprintf(w->folder, sizeof(w->folder), "%s/rasoat-form-XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(w->folder));
	assert_int_equal(chdir(w->folder), 0);
	OK(store_open("sqlite::memory:", STORE_CASES, STORE_CREATE, &w->s, e));
	OK(store_exec(w->s, units, e));
	OK(store_exec(w->s, visits, e));
	w->w.agency = (struct agency){ .superior = "BỘ TÀI CHÍNH", .name = "BẢO HIỂM XÃ HỘI VIỆT NAM", .unit_id = "VN",
				       .place = "Hà Nội", .symbol = "BC-BHXH", .authority = "", .post = "GIÁM ĐỐC",
				       .signatory = "" };
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	char *remove_all = arena_printf(w->a, "rm -rf '%s'", w->folder);

	store_close(w->s);
	assert_int_equal(chdir(w->root), 0);
	assert_int_equal(system(remove_all), 0);
	arena_free(w->a);
	free(w);
	return 0;
}

/* A template of this body; its dataset `visits` comes with it. */
static void load(struct world *w, const char *body)
{
	struct diags d;
	struct template_set *set;
	char *xml = arena_printf(
		w->a,
		"<report xmlns=\"urn:rasoat:report:1\" id=\"F\" form=\"Biểu số: F\" store=\"cases\" calendar=\"statutory\""
		" periods=\"quarter\">\n<title>TỔNG HỢP</title><subtitle>{period}</subtitle>"
		"<basis document=\"Thông tư\"/><page size=\"A4\" orientation=\"landscape\"/>"
		"<show letterhead=\"yes\" signature=\"yes\" attached=\"yes\"/><inputs>visit</inputs>\n"
		"<dataset name=\"visits\" from=\"visit v\" unit=\"v.unit_id\" by=\"v.mode\" during=\"v.received_on\"/>\n%s\n"
		"</report>\n", body);

	diags_init(&d, w->a);
	OK(make_dirs("t", e));
	write_file("t/F.xml", xml);
	set = templates_load(w->a, "t", NULL, &d);
	OK(diags_status(&d, e));
	w->t = set->items[0];
	OK(period_parse("2026-Q3", CAL_STATUTORY, &w->p, e));
}

static day_t day(const char *iso)
{
	day_t d = DAY_NONE;

	assert_true(date_parse_iso(iso, strlen(iso), &d));
	return d;
}

static struct form *compute(struct world *w, const char *as_of, const char *unit)
{
	w->f = NULL;
	OK(form_compute(w->a, &w->w, w->t, &w->p, as_of ? day(as_of) : DAY_NONE, unit, w->s, &w->f, e));
	return w->f;
}

/* The forms of several units in one go, figures and lists. */
static struct form_set *compute_set(struct world *w, const char *const *codes, int n)
{
	struct form_set *set = NULL;

	OK(form_set_new(w->a, &w->w, w->t, &w->p, DAY_NONE, codes, n, w->s, &set, e));
	for (int i = 0; i < set->n_lists; i++)
		OK(form_set_list(set, i, w->s, e));
	OK(form_set_figures(set, w->s, e));
	return set;
}

static void expect_error(struct world *w, const char *want)
{
	struct form *f = NULL;
	struct err e = ERR_INIT;

	assert_int_equal(form_compute(w->a, &w->w, w->t, &w->p, DAY_NONE, NULL, w->s, &f, &e), ST_ERR);
	assert_string_equal(e.text, want);
	assert_null(f);
}

/* "key:1,2,3;…;total:1,2,3": rows and totals of a table on one line. */
static void expect_figures(struct world *w, int table, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	const struct figure_table *ft = &w->f->tables[table];

	for (int row = 0; row <= ft->n_rows; row++) {
		const int64_t *v = row < ft->n_rows ? ft->values + row * ft->table->n_columns : ft->totals;

		str_addf(&got, "%s:", row < ft->n_rows ? ft->rows[row].key : "total");
		for (int i = 0; i < ft->table->n_columns; i++)
			str_addf(&got, "%s%lld", i ? "," : "", (long long)v[i]);
		str_add(&got, row < ft->n_rows ? ";" : "");
	}
	assert_string_equal(got.p, want);
}

static void load_main(struct world *w)
{
	load(w, arena_printf(w->a, "<table id=\"t\" rows=\"units\" row-title=\"Đơn vị\" total=\"Tổng số\" ms=\"yes\">%s</table>%s",
			     columns, checks));
}

static void test_whole_sector(void **state)
{
	struct world *w = *state;
	static const int64_t undecided[] = { 0, 1, 1, 1, 2, 0, 0 };

	load_main(w);
	compute(w, NULL, NULL);
	expect_figures(w, 0, "VN:1,1,0,0,2,1,0;A:4,4,0,0,7,2,0;B:2,0,1,1,0,0,2;:1,1,0,0,7,1,0;total:8,6,1,1,16,4,2");
	assert_string_equal(w->f->tables[0].rows[3].label, "Không xác định đơn vị");
	assert_true(w->f->tables[0].rows[0].own);
	assert_false(w->f->tables[0].rows[1].own);
	for (int i = 0; i < 7; i++)
		assert_int_equal(w->f->tables[0].undecided[i], undecided[i]);
	assert_int_equal(w->f->tables[0].undecided_rows, 2); /* v09, v10 */
	assert_int_equal(w->f->tables[0].units_covered, 6);  /* all but OLD */
	assert_int_equal(w->f->as_of, day("2026-09-14"));
}

static void test_checks_and_draft(void **state)
{
	struct world *w = *state;

	load_main(w);
	compute(w, NULL, NULL);
	assert_int_equal(w->f->n_checks, 3);
	assert_true(w->f->checks[0].ok);
	assert_int_equal(w->f->checks[0].left, 8);
	assert_false(w->f->checks[1].ok); /* v09 is in no column: B and the total */
	assert_int_equal(w->f->checks[1].failed_rows, 2);
	assert_string_equal(w->f->checks[1].where, "Đơn vị B");
	assert_int_equal(w->f->checks[1].left, 2);
	assert_int_equal(w->f->checks[1].right, 3);
	assert_true(w->f->checks[2].ok);
	assert_int_equal(w->f->failed_checks, 1);
	assert_string_equal(w->f->draft, "DỰ THẢO – 1 phép kiểm tra chưa khớp; 2 bản ghi chưa xác định được");
}

static void test_all_well(void **state)
{
	struct world *w = *state;

	load_main(w);
	OK(store_exec(w->s, "DELETE FROM visit WHERE visit_id IN ('v09', 'v10')", e));
	compute(w, NULL, NULL);
	assert_null(w->f->draft);
	assert_int_equal(w->f->undecided, 0);
}

static void test_quarantine_makes_a_draft(void **state)
{
	struct world *w = *state;

	load_main(w);
	OK(store_exec(w->s, "DELETE FROM visit WHERE visit_id IN ('v09', 'v10');"
			    "INSERT INTO quarantine(table_name, file_name, line) VALUES ('visit', 'visit.csv', 7),"
			    " ('visit', 'visit.csv', 9), ('petition', 'petition.csv', 2)", e));
	compute(w, NULL, NULL);
	assert_int_equal(w->f->quarantined, 2); /* petitions are no input of this form */
	assert_string_equal(w->f->draft, "DỰ THẢO – 2 dòng dữ liệu đang cách ly");
	w->w.quarantine_limit = 2;
	assert_null(compute(w, NULL, NULL)->draft);
}

/* On 31/07 A2 was still below A, and the visits of August and September are not known. */
static void test_earlier_as_of_and_moved_unit(void **state)
{
	struct world *w = *state;

	load_main(w);
	compute(w, "2026-07-31", NULL);
	expect_figures(w, 0, "VN:1,1,0,0,2,1,0;A:4,3,1,0,7,2,1;B:0,0,0,0,0,0,0;total:5,4,1,0,9,3,1");
	assert_string_equal(w->f->draft, "DỰ THẢO – kỳ báo cáo chưa kết thúc");
	/* A later as-of than the period's end changes nothing. */
	compute(w, "2026-12-31", NULL);
	assert_int_equal(w->f->as_of, day("2026-09-14"));
}

static void test_unit_scope(void **state)
{
	struct world *w = *state;

	load_main(w);
	compute(w, NULL, "A");
	expect_figures(w, 0, "A:1,1,0,0,5,1,0;A1:3,3,0,0,2,1,0;total:4,4,0,0,7,2,0");
	assert_string_equal(w->f->unit_name, "Đơn vị A");
	assert_int_equal(w->f->tables[0].units_covered, 2);
	compute(w, NULL, "A1");
	expect_figures(w, 0, "A1:3,3,0,0,2,1,0;total:3,3,0,0,2,1,0");
	/* The only root is everything: rows of unknown units do not vanish. */
	compute(w, NULL, "VN");
	assert_true(w->f->whole);
	assert_int_equal(w->f->tables[0].totals[0], 8);
}

static void test_abolished_unit_shows_with_data_only(void **state)
{
	struct world *w = *state;

	load_main(w);
	OK(store_exec(w->s, "INSERT INTO visit(visit_id, unit_id, received_on, mode, people) VALUES"
			    " ('v12', 'OLD', '2026-08-04', 'head', 2)", e));
	compute(w, NULL, "A");
	expect_figures(w, 0, "A:1,1,0,0,5,1,0;A1:3,3,0,0,2,1,0;OLD:1,0,1,0,0,0,1;total:5,4,1,0,7,2,1");
}

static void test_coming_unit_has_no_row_yet(void **state)
{
	struct world *w = *state;

	load_main(w);
	OK(store_exec(w->s, "INSERT INTO unit(unit_id, name, valid_from) VALUES ('NEW', 'Đơn vị mới', '2027-01-01');"
			    "INSERT INTO unit_parent(unit_id, parent_id, valid_from) VALUES ('NEW', 'A', '2020-01-01')", e));
	compute(w, NULL, "A");
	expect_figures(w, 0, "A:1,1,0,0,5,1,0;A1:3,3,0,0,2,1,0;total:4,4,0,0,7,2,0");
}

static void test_several_roots(void **state)
{
	struct world *w = *state;

	load_main(w);
	OK(store_exec(w->s, "INSERT INTO unit(unit_id, name) VALUES ('ZZ', 'Đơn vị lẻ')", e));
	compute(w, NULL, NULL); /* the agency's root first, then its sub-units and the other root by id */
	expect_figures(w, 0, "VN:1,1,0,0,2,1,0;A:4,4,0,0,7,2,0;B:2,0,1,1,0,0,2;ZZ:1,1,0,0,7,1,0;total:8,6,1,1,16,4,2");
	w->w.agency.unit_id = NULL;
	compute(w, NULL, NULL);
	expect_figures(w, 0, "VN:7,5,1,1,9,3,2;ZZ:1,1,0,0,7,1,0;total:8,6,1,1,16,4,2");
}

static void test_rows_by_query(void **state)
{
	struct world *w = *state;

	load(w, "<table id=\"q\" rows=\"query\" row-title=\"Hình thức\" rows-from=\"(SELECT 'regular' AS m, 'Thường xuyên' AS t "
		"UNION ALL SELECT 'head', 'Thủ trưởng' UNION ALL SELECT 'other', NULL) r\" key=\"r.m\" label=\"r.t\" "
		"total=\"Cộng\"><column n=\"1\" title=\"Lượt\" count=\"visits\"/></table>");
	compute(w, NULL, NULL);
	expect_figures(w, 0, "head:1;other:0;regular:6;:2;total:9"); /* delegated and NULL are in no row */
	assert_string_equal(w->f->tables[0].rows[0].label, "Thủ trưởng");
	assert_string_equal(w->f->tables[0].rows[1].label, "other");
	assert_string_equal(w->f->tables[0].rows[3].label, "Không xác định");
	compute(w, NULL, "B");
	expect_figures(w, 0, "head:1;other:0;regular:0;:2;total:3");
}

static void test_repeated_row_key(void **state)
{
	struct world *w = *state;

	load(w, "<table id=\"q\" rows=\"query\" row-title=\"x\" rows-from=\"visit r\" key=\"r.case_id\" label=\"r.case_id\">"
		"<column n=\"1\" title=\"Lượt\" count=\"visits\"/></table>");
	expect_error(w, "t/F.xml:4: table 'q': the key of a row is empty; correct rows-from or key");
	OK(store_exec(w->s, "DELETE FROM main.visit WHERE case_id IS NULL", e));
	expect_error(w, "t/F.xml:4: table 'q': the row key 'c1' comes twice; correct rows-from or key");
}

/* recovery.decided_on may be missing; petition.handled_on is empty until the petition is handled. */
static void test_rows_without_a_date(void **state)
{
	struct world *w = *state;

	OK(store_exec(w->s, "INSERT INTO petition(petition_id, unit_id, received_on, kind, handled_on) VALUES"
			    " ('d1', 'A', '2026-07-01', 'complaint', NULL), ('d2', 'A', '2026-07-01', 'complaint', '2026-07-03');"
			    "INSERT INTO recovery(recovery_id, unit_id, decided_on, amount_due) VALUES"
			    " ('r1', 'A', NULL, 5), ('r2', 'A', '2026-07-01', 7)", e));
	load(w, "<dataset name=\"handled\" from=\"petition p\" unit=\"p.unit_id\" during=\"p.handled_on\"/>"
		"<dataset name=\"due\" from=\"recovery r\" unit=\"r.unit_id\" during=\"r.decided_on\"/>"
		"<table id=\"t\" rows=\"units\" row-title=\"x\"><column n=\"1\" title=\"Đơn\" count=\"handled\"/></table>"
		"<table id=\"u\" rows=\"units\" row-title=\"x\"><column n=\"1\" title=\"Tiền\" sum=\"r.amount_due\" "
		"over=\"due\"/></table>");
	compute(w, NULL, "A");
	expect_figures(w, 0, "A:1;A1:0;total:1");
	expect_figures(w, 1, "A:7;A1:0;total:7");
	assert_int_equal(w->f->tables[0].undated, 0);
	assert_int_equal(w->f->tables[1].undated, 1);
	assert_string_equal(w->f->draft, "DỰ THẢO – 1 bản ghi chưa xác định được");
}

static void load_people(struct world *w, const char *expr)
{
	load(w, arena_printf(w->a,
			     "<table id=\"t\" rows=\"units\" row-title=\"x\"><column n=\"1\" title=\"Người\" sum=\"%s\" "
			     "over=\"visits\"/></table>", expr));
}

static void test_figures_that_are_no_figures(void **state)
{
	struct world *w = *state;

	load_people(w, "v.people / 2.0");
	expect_error(w, "t/F.xml:4: table 't': dataset 'visits': column 1: a figure is no whole number (2.5); round or convert it "
			"in the template");
	OK(store_exec(w->s, "DELETE FROM main.visit; INSERT INTO main.visit(visit_id, unit_id, received_on, people) VALUES"
			    " ('v1', 'A', '2026-07-01', 9223372036854775807), ('v2', 'A1', '2026-07-01', 1)", e));
	load_people(w, "v.people");
	expect_error(w, "t/F.xml:4: table 't': dataset 'visits': column 1: a figure is beyond 64 bits; correct the amounts in the "
			"extract");
}

static void expect_drill(struct world *w, const char *row, int n, const char *want)
{
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	CLEANUP(str_free) struct str got = STR_INIT;
	struct err e = ERR_INIT;

	if (form_drill(w->a, w->f, "t", row, n, w->s, &st, &e) != ST_OK) {
		assert_string_equal(e.text, want);
		return;
	}
	while (stmt_step(st, &e) == STEP_ROW)
		str_addf(&got, "%s%s", got.len ? " " : "", stmt_text(st, 0));
	assert_string_equal(got.p, want);
}

static void test_drill(void **state)
{
	struct world *w = *state;

	load_main(w);
	compute(w, NULL, NULL);
	expect_drill(w, "A", 2, "v02 v03 v04 v10");
	expect_drill(w, "VN", 2, "v01");
	expect_drill(w, "B", 3, "v05");
	expect_drill(w, "", 2, "v11");
	expect_drill(w, NULL, 2, "v01 v02 v03 v04 v10 v11");
	expect_drill(w, "A", 1, "F: column 1 is a formula (1=2+3+4); ask for the columns in it");
	expect_drill(w, "A", 9, "F: table 't' has no column 9");
	expect_drill(w, "A1", 2, "F: there is no row 'A1'");
	compute(w, NULL, "A");
	expect_drill(w, "A1", 2, "v03 v04 v10");
	expect_drill(w, NULL, 2, "v02 v03 v04 v10");
}

static void test_prepare(void **state)
{
	struct world *w = *state;
	struct diags d;

	diags_init(&d, w->a);
	load_main(w);
	OK(store_set_as_of(w->s, day("2026-09-14"), e));
	form_prepare(w->t, w->s, &d);
	assert_int_equal(d.count, 0);
	load(w, "<dataset name=\"bad\" from=\"nothing n\" unit=\"n.unit_id\"/>\n"
		"<table id=\"t\" rows=\"units\" row-title=\"x\">\n<column n=\"1\" title=\"a\" count=\"bad\"/>\n"
		"<column n=\"2\" title=\"b\" count=\"visits\" where=\"v.moda = 1\"/></table>\n"
		"<list id=\"l\" over=\"visits\">\n<item title=\"c\">v.nix</item></list>");
	form_prepare(w->t, w->s, &d);
	assert_int_equal(d.count, 3);
	assert_int_equal(d.items[0].line, 4);
	assert_string_equal(d.items[0].file, "t/F.xml");
	assert_non_null(strstr(d.items[0].text, "dataset 'bad': "));
	assert_int_equal(d.items[1].line, 7);
	assert_non_null(strstr(d.items[1].text, "column 2: "));
	assert_non_null(strstr(d.items[1].text, "v.moda"));
	assert_int_equal(d.items[2].line, 9);
	assert_non_null(strstr(d.items[2].text, "column 'c': "));
}

/* --- the document --- */

static struct document *document(struct world *w)
{
	struct document *d = NULL;

	OK(form_document(w->a, w->f, &d, e));
	return d;
}

static const struct doc_block *block(const struct doc_section *s, enum block_kind kind, int nth)
{
	for (int i = 0; i < s->n_blocks; i++)
		if (s->blocks[i].kind == kind && !nth--)
			return &s->blocks[i];
	fail_msg("no such block");
	return NULL;
}

static void expect_head(const struct doc_table *t, const char *text, int row, int col, int rows, int cols)
{
	for (int i = 0; i < t->n_heads; i++) {
		const struct doc_head *h = &t->heads[i];

		if (strcmp(h->text, text))
			continue;
		assert_int_equal(h->row, row);
		assert_int_equal(h->col, col);
		assert_int_equal(h->rowspan, rows);
		assert_int_equal(h->colspan, cols);
		return;
	}
	fail_msg("no heading '%s'", text);
}

static void test_document_head(void **state)
{
	struct world *w = *state;
	const struct doc_section *s;
	const struct doc_letterhead *l;

	load_main(w);
	compute(w, NULL, NULL);
	s = &document(w)->sections[0];
	l = block(s, BLOCK_LETTERHEAD, 0)->letterhead;
	assert_string_equal(l->superior, "BỘ TÀI CHÍNH");
	assert_string_equal(l->agency, "BẢO HIỂM XÃ HỘI VIỆT NAM");
	assert_string_equal(l->number, "Số:          /BC-BHXH");
	assert_string_equal(block(s, BLOCK_FORM_CODE, 0)->text, "Biểu số: F");
	assert_string_equal(block(s, BLOCK_SUBTITLE, 0)->text, "Quý III năm 2026");
	assert_string_equal(block(s, BLOCK_LINE, 0)->text, "Số liệu tính từ ngày 15/06/2026 đến ngày 14/09/2026");
	assert_string_equal(block(s, BLOCK_LINE, 1)->text,
			    "(Kèm theo Báo cáo số:          ngày     tháng     năm 2026 của BẢO HIỂM XÃ HỘI VIỆT NAM)");
	assert_string_equal(block(s, BLOCK_NOTE, 0)->text, "8. Ghi chú:");
	assert_string_equal(block(s, BLOCK_NOTE, 1)->text, "- Tổng số của 6 đơn vị.");
	assert_string_equal(block(s, BLOCK_NOTE, 3)->text,
			    "- Có 2 bản ghi chưa đủ dữ liệu để xác định, không được tính (cột 2: 1; cột 3: 1; cột 4: 1; cột 5: 2).");
	assert_string_equal(block(s, BLOCK_SIGNATURE, 0)->signature->left_title, "NGƯỜI LẬP BIỂU");
	assert_string_equal(block(s, BLOCK_SIGNATURE, 0)->signature->post, "GIÁM ĐỐC");
}

/* The report of a unit below the agency is that unit's: its name, no signatory of the agency. */
static void test_document_of_a_unit(void **state)
{
	struct world *w = *state;
	const struct doc_section *s;

	load_main(w);
	compute(w, NULL, "A");
	s = &document(w)->sections[0];
	assert_string_equal(block(s, BLOCK_LETTERHEAD, 0)->letterhead->superior, "BẢO HIỂM XÃ HỘI VIỆT NAM");
	assert_string_equal(block(s, BLOCK_LETTERHEAD, 0)->letterhead->agency, "Đơn vị A");
	assert_string_equal(block(s, BLOCK_SIGNATURE, 0)->signature->post, "THỦ TRƯỞNG ĐƠN VỊ");
}

static void test_document_table(void **state)
{
	struct world *w = *state;
	const struct doc_table *t;
	struct cell cells[8] = { 0 };
	enum row_kind kind;
	struct err e = ERR_INIT;

	load_main(w);
	compute(w, NULL, NULL);
	t = block(&document(w)->sections[0], BLOCK_TABLE, 0)->table;
	assert_int_equal(t->head_rows, 3);
	expect_head(t, "Đơn vị", 0, 0, 3, 1);
	expect_head(t, "Tổng số", 0, 1, 3, 1);
	expect_head(t, "Lượt", 0, 2, 1, 3);
	expect_head(t, "Thường xuyên", 1, 2, 2, 1);
	expect_head(t, "Thủ trưởng", 1, 3, 1, 2);
	expect_head(t, "Ủy quyền", 2, 4, 1, 1);
	assert_int_equal(t->rows.count, 6);
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 1);
	assert_int_equal(kind, ROW_NUMBERS);
	assert_string_equal(cells[0].text, "MS");
	assert_string_equal(cells[1].text, "1=2+3+4");
	assert_string_equal(cells[5].text, "5");
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 1);
	assert_int_equal(kind, ROW_BODY);
	assert_string_equal(cells[0].text, "Trung ương");
	assert_string_equal(cells[0].word, "VN");
	assert_int_equal(cells[3].kind, CELL_INT); /* zero is 0, not blank */
	assert_int_equal(cells[1].formula->kind, FORMULA_TERMS);
	assert_int_equal(cells[1].formula->n_terms, 3);
	assert_int_equal(cells[1].formula->terms[0].column, 2);
	assert_int_equal(cells[7].formula->terms[1].sign, -1);
	assert_int_equal(cells[7].formula->terms[1].column, 2);
	for (int i = 0; i < 4; i++)
		assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 1);
	assert_int_equal(kind, ROW_TOTAL);
	assert_int_equal(cells[1].i, 8);
	assert_int_equal(cells[1].formula->kind, FORMULA_SUM_ROWS);
	assert_int_equal(cells[1].formula->rows, 4);
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 0);
}

static void test_document_checks(void **state)
{
	struct world *w = *state;
	const struct doc_section *s;
	const struct doc_table *t;
	struct cell cells[9] = { 0 };
	enum row_kind kind;
	struct err e = ERR_INIT;

	load_main(w);
	compute(w, NULL, NULL);
	s = &document(w)->sections[1];
	assert_string_equal(s->name, "Kiểm tra");
	t = block(s, BLOCK_TABLE, 0)->table;
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 1);
	assert_string_equal(cells[2].text, "(1) = (2) + (3) + (4)");
	assert_string_equal(cells[3].text, "Khớp");
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 1);
	assert_string_equal(cells[0].text, "C2");
	assert_string_equal(cells[2].text, "(1) = số đếm độc lập từ dữ liệu");
	assert_string_equal(cells[3].text, "Không khớp");
	assert_string_equal(cells[4].text, "Đơn vị B");
	assert_string_equal(cells[8].text, "Biểu (suy luận)");
	assert_int_equal(t->rows.next(t->rows.ctx, cells, &kind, &e), 1);
	assert_string_equal(cells[2].text, "(2) ≤ (1)");
}

static void load_list(struct world *w)
{
	load(w, "<paragraph>Có {t.1} lượt từ {from} đến {to} tại {unit}, {agency}.</paragraph>"
		"<table id=\"t\" rows=\"units\" row-title=\"x\"><column n=\"1\" title=\"Lượt\" count=\"visits\"/></table>"
		"<list id=\"l\" sheet=\"Danh sách\" over=\"visits\" where=\"v.mode = 'regular'\" order=\"v.people DESC\" "
		"empty=\"Không phát sinh\"><item title=\"STT\"/><item title=\"Mã\">v.visit_id</item>"
		"<item title=\"Ngày\" type=\"date\">v.received_on</item><item title=\"Số\" type=\"integer\">v.people</item></list>");
}

static void expect_list(const struct doc_table *t, const char *want)
{
	CLEANUP(str_free) struct str got = STR_INIT;
	struct err e = ERR_INIT;
	struct cell cells[4] = { 0 };
	enum row_kind kind;
	char buf[40];
	int n = 0;

	while (t->rows.next(t->rows.ctx, cells, &kind, &e) == 1) {
		str_addf(&got, "%s%lld %s", n++ ? "; " : "", (long long)cells[0].i, cells[1].text);
		str_addf(&got, " %s", cell_text(&cells[2], buf, sizeof(buf)));
		str_addf(&got, " %s", cell_text(&cells[3], buf, sizeof(buf)));
		memset(cells, 0, sizeof(cells));
	}
	assert_string_equal(got.p, want);
	assert_int_equal(t->rows.count, n);
}

static const struct doc_table *list_of(struct world *w, struct form_set *set, int at)
{
	w->f = &set->forms[at];
	return block(&document(w)->sections[1], BLOCK_TABLE, 0)->table;
}

static void test_list(void **state)
{
	struct world *w = *state;
	static const char want[] = "1 v02 01/07/2026 5; 2 v03 01/07/2026 1; 3 v04 02/07/2026 1; 4 v10 02/08/2026 ";
	struct form_set *set;
	struct document *d;
	const struct doc_table *t, *again;

	load_list(w);
	set = compute_set(w, (const char *[]){ "A" }, 1);
	w->f = &set->forms[0];
	d = document(w);
	assert_string_equal(block(&d->sections[0], BLOCK_PARAGRAPH, 0)->text,
			    "Có 4 lượt từ 15/06/2026 đến 14/09/2026 tại Đơn vị A, Đơn vị A.");
	assert_string_equal(d->sections[1].name, "Danh sách");
	t = block(&d->sections[1], BLOCK_TABLE, 0)->table;
	expect_list(t, want);
	OK(t->rows.rewind(t->rows.ctx, e));
	expect_list(t, want);
	/* A document of its own for every format, read to any place; the store is not asked again. */
	OK(store_exec(w->s, "DELETE FROM main.visit", e));
	again = list_of(w, set, 0);
	expect_list(again, want);
	form_set_close(set);
	form_set_close(NULL);
}

/* v09 may belong to the list or not: the form says so. */
static void test_list_undecided(void **state)
{
	struct world *w = *state;

	load_list(w);
	compute(w, NULL, NULL);
	assert_int_equal(w->f->undecided, 1);
}

/* Longer than what stays in memory. */
static void test_list_put_aside(void **state)
{
	static const char many[] =
		"WITH RECURSIVE n(i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n WHERE i < 129999)"
		" INSERT INTO visit(visit_id, unit_id, received_on, mode, people)"
		" SELECT 'x' || i, CASE i % 2 WHEN 0 THEN 'A1' ELSE 'B1' END, '2026-08-20', 'regular', 1 FROM n";
	struct world *w = *state;
	struct form_set *set;
	const struct doc_table *t;
	struct cell cells[4] = { 0 };
	enum row_kind kind;
	struct err why = ERR_INIT;
	int n = 0;

	load_list(w);
	OK(store_exec(w->s, many, e));
	set = compute_set(w, (const char *[]){ "B", "A" }, 2);
	t = list_of(w, set, 0);
	assert_int_equal(t->rows.count, 15000);
	while (t->rows.next(t->rows.ctx, cells, &kind, &why) == 1) {
		assert_int_equal(cells[0].i, ++n);
		assert_int_equal(cells[1].text[0], 'x');
		assert_int_equal((cells[1].text[6] - '0') % 2, 1);
		memset(cells, 0, sizeof(cells));
	}
	assert_int_equal(n, 15000);
	assert_int_equal(list_of(w, set, 1)->rows.count, 15004);
	assert_false(document(w)->stream);
	form_set_close(set);
}

/* Many rows are written to the workbook one by one, unless a heading has several rows. */
static void test_long_lists(void **state)
{
	static const char many[] =
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50001)"
		" INSERT INTO visit(visit_id, unit_id, received_on, mode, people)"
		" SELECT 'x' || i, 'A', '2026-08-20', 'regular', 1 FROM n";
	static const char list[] = "<list id=\"l\" over=\"visits\"><item title=\"Mã\">v.visit_id</item></list>";
	struct world *w = *state;
	struct form_set *set;

	OK(store_exec(w->s, many, e));
	load(w, list);
	set = compute_set(w, (const char *[]){ "A" }, 1);
	w->f = &set->forms[0];
	assert_true(document(w)->stream);
	form_set_close(set);
	load(w, arena_printf(w->a, "<table id=\"t\" rows=\"units\" row-title=\"Đơn vị\">%s</table>%s", columns, list));
	set = compute_set(w, (const char *[]){ "A" }, 1);
	w->f = &set->forms[0];
	assert_false(document(w)->stream);
	form_set_close(set);
}

/* --- many units --- */

static void expect_same(struct world *w, const struct form *f)
{
	const struct form *one = compute(w, NULL, f->unit);

	assert_int_equal(f->whole, one->whole);
	assert_int_equal(f->undecided, one->undecided);
	assert_int_equal(f->failed_checks, one->failed_checks);
	assert_string_equal(f->unit_name, one->unit_name);
	assert_true(str_eq(f->draft, one->draft));
	assert_int_equal(f->n_tables, one->n_tables);
	for (int i = 0; i < f->n_tables; i++) {
		const struct figure_table *a = &f->tables[i], *b = &one->tables[i];
		size_t n = (size_t)a->table->n_columns * sizeof(*a->values);

		assert_int_equal(a->n_rows, b->n_rows);
		assert_int_equal(a->units_covered, b->units_covered);
		assert_int_equal(a->undated, b->undated);
		assert_int_equal(a->undecided_rows, b->undecided_rows);
		for (int row = 0; row < a->n_rows; row++)
			assert_string_equal(a->rows[row].label, b->rows[row].label);
		assert_memory_equal(a->values, b->values, (size_t)a->n_rows * n);
		assert_memory_equal(a->totals, b->totals, n);
		assert_memory_equal(a->undecided, b->undecided, n);
	}
	for (int i = 0; i < f->n_checks; i++) {
		assert_int_equal(f->checks[i].ok, one->checks[i].ok);
		assert_int_equal(f->checks[i].left, one->checks[i].left);
		assert_int_equal(f->checks[i].right, one->checks[i].right);
		assert_true(str_eq(f->checks[i].where, one->checks[i].where));
	}
}

/* Nested units, the root among them and one without data: each form is what it is alone. */
static void test_many_units(void **state)
{
	struct world *w = *state;
	static const char *const codes[] = { "B", "VN", "A1", "A", "OLD", "B1" };
	static const char query[] =
		"<table id=\"q\" rows=\"query\" row-title=\"Hình thức\" rows-from=\"(SELECT 'regular' AS m UNION ALL "
		"SELECT 'head') r\" key=\"r.m\" label=\"r.m\"><column n=\"1\" title=\"Lượt\" count=\"visits\"/>"
		"<column n=\"2\" title=\"Vụ\" distinct=\"v.case_id\" over=\"visits\"/></table>"
		"<dataset name=\"due\" from=\"recovery r\" unit=\"r.unit_id\" during=\"r.decided_on\"/>"
		"<table id=\"u\" rows=\"units\" row-title=\"x\"><column n=\"1\" title=\"Tiền\" sum=\"r.amount_due\" "
		"over=\"due\"/></table>"
		"<list id=\"l\" over=\"visits\" where=\"v.mode = 'regular'\"><item title=\"c\">v.visit_id</item></list>";
	struct form_set *set;

	OK(store_exec(w->s, "INSERT INTO recovery(recovery_id, unit_id, decided_on, amount_due) VALUES"
			    " ('r1', 'A1', NULL, 5), ('r2', 'B', '2026-07-01', 7), ('r3', NULL, NULL, 7)", e));
	load(w, arena_printf(w->a,
			     "<table id=\"t\" rows=\"units\" row-title=\"Đơn vị\" total=\"Tổng số\" ms=\"yes\">%s</table>"
			     "%s%s", columns, query, checks));
	set = compute_set(w, codes, 6);
	assert_int_equal(set->n_forms, 6);
	for (int i = 0; i < 6; i++) {
		assert_string_equal(set->forms[i].unit, codes[i]);
		expect_same(w, &set->forms[i]);
	}
	form_set_close(set);
}

static void test_many_units_errors(void **state)
{
	struct world *w = *state;
	struct form_set *set = NULL;
	struct err why = ERR_INIT;

	load_people(w, "v.people / 2.0");
	OK(form_set_new(w->a, &w->w, w->t, &w->p, DAY_NONE, (const char *[]){ "B", "A" }, 2, w->s, &set, e));
	assert_int_equal(form_set_figures(set, w->s, &why), ST_ERR);
	assert_string_equal(why.text, "t/F.xml:4: table 't': dataset 'visits': unit A: column 1: a figure is no whole number "
				    "(2.5); round or convert it in the template");
	load(w, "<list id=\"l\" over=\"visits\"><item title=\"c\">v.nix</item></list>");
	OK(form_set_new(w->a, &w->w, w->t, &w->p, DAY_NONE, (const char *[]){ "B", "A" }, 2, w->s, &set, e));
	assert_int_equal(form_set_list(set, 0, w->s, &why), ST_ERR);
	assert_string_equal(why.text, "t/F.xml:4: list 'l': :memory:: no such column: v.nix");
	form_set_close(set);
}

static void test_placeholder_unknown(void **state)
{
	struct world *w = *state;
	struct document *d = NULL;
	struct form *f;
	struct template t;
	struct template_part part = { .kind = PART_PARAGRAPH, .text = "Có {nix}", .line = 9 };
	struct err e = ERR_INIT;

	load_list(w);
	f = compute(w, NULL, NULL);
	t = *w->t;
	t.parts = &part;
	t.n_parts = 1;
	f->template = &t;
	assert_int_equal(form_document(w->a, f, &d, &e), ST_ERR);
	assert_string_equal(e.text, "t/F.xml:9: '{nix}' is not known here; there are {period}, {from}, {to}, {agency}, {unit} and "
				    "{TABLE.COLUMN}");
	assert_null(d);
}

static void test_wrong_store_and_unknown_unit(void **state)
{
	struct world *w = *state;
	struct template t;
	struct form *f = NULL;
	struct err e = ERR_INIT;

	load_main(w);
	t = *w->t;
	t.store = STORE_ACCOUNTS;
	assert_int_equal(form_compute(w->a, &w->w, &t, &w->p, DAY_NONE, NULL, w->s, &f, &e), ST_ERR);
	assert_string_equal(e.text, ":memory:: is not the store that form F counts from");
	assert_int_equal(form_compute(w->a, &w->w, w->t, &w->p, DAY_NONE, "nix", w->s, &f, &e), ST_ERR);
	assert_non_null(strstr(e.text, "nix"));
	assert_null(f);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_whole_sector), T(test_checks_and_draft), T(test_all_well), T(test_quarantine_makes_a_draft),
		T(test_earlier_as_of_and_moved_unit), T(test_unit_scope), T(test_abolished_unit_shows_with_data_only),
		T(test_coming_unit_has_no_row_yet),
		T(test_several_roots), T(test_rows_by_query), T(test_repeated_row_key), T(test_rows_without_a_date),
		T(test_figures_that_are_no_figures), T(test_drill), T(test_prepare), T(test_document_head),
		T(test_document_of_a_unit), T(test_document_table), T(test_document_checks), T(test_list),
		T(test_list_undecided), T(test_list_put_aside), T(test_long_lists), T(test_many_units), T(test_many_units_errors),
		T(test_placeholder_unknown), T(test_wrong_store_and_unknown_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
