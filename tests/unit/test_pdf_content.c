/*
 * The operators of a page, word by word.
 */
#include "../../src/write/pdf_content.h"
#include <rasoat/arena.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define DIR "/usr/share/fonts/truetype/liberation2/LiberationSerif-"
#define COUNT(a) (int)(sizeof(a) / sizeof(*(a)))

/* Codes have two bytes; the zero byte of an ASCII character is written as # here. */
static void page_says(struct page_box *boxes, int n, const char *text)
{
	struct page page = { .width = 600, .height = 800, .boxes = boxes, .n_boxes = n };
	struct pdf_content c = { .out = STR_INIT };
	struct err e = ERR_INIT;

	assert_int_equal(pdf_font_open(&c.fonts[FONT_REGULAR], DIR "Regular.ttf", &e), ST_OK);
	assert_int_equal(pdf_font_open(&c.fonts[FONT_ITALIC], DIR "Italic.ttf", &e), ST_OK);
	for (int i = 0; i < 2; i++) { /* nothing of a page is left for the next */
		pdf_content_page(&c, &page);
		for (size_t k = 0; k < c.out.len; k++)
			if (!c.out.p[k])
				c.out.p[k] = '#';
		assert_string_equal(c.out.p, text);
	}
	for (int i = 0; i < FONT_COUNT; i++)
		pdf_font_close(c.fonts[i]);
	pdf_content_free(&c);
}

static struct page_box line(float x, float y, float w, float h, float thick)
{
	return (struct page_box){ .kind = BOX_LINE, .x = x, .y = y, .w = w, .h = h, .size = thick,
				  .rgb = { -1, -1, -1 } };
}

static struct page_box rect(float x, float y, float grey)
{
	return (struct page_box){ .kind = BOX_RECT, .x = x, .y = y, .w = 10, .h = 5, .grey = grey,
				  .rgb = { -1, -1, -1 } };
}

static struct page_box text(float x, float y, const char *s)
{
	return (struct page_box){ .kind = BOX_TEXT, .x = x, .y = y, .size = 10, .rgb = { -1, -1, -1 }, .text = s };
}

static void test_numbers(void **state)
{
	struct page_box boxes[] = { line(0.005f, 0, 100.05f, 1, 0.5f), line(-0.25f, 799.9999f, 1000, -12.3456f, 2) };

	(void)state;
	page_says(boxes, COUNT(boxes),
		  "0.5 w\n0.005 800 m\n100.055 799 l\nS\n2 w\n-0.25 0 m\n999.75 12.346 l\nS\nBT\nET\n");
}

static void test_lines(void **state)
{
	struct page_box boxes[] = {
		line(10, 100, 50, 0, 0.4f), line(60, 100, 50, 0, 0.4f),  /* goes on */
		line(20, 100, 10, 0, 0.4f),                             /* is there already */
		line(10, 100, 50, 0, 0.8f),                             /* thicker */
		line(111, 100, 50, 0, 0.4f),                            /* a gap */
		line(10, 100, 0, 20, 0.4f), line(10, 120, 0, 20, 0.4f), /* upright */
		line(11, 100, 0, 20, 0.4f),                             /* beside it */
		line(10, 90, 0, 10, 0.4f),                              /* upwards */
	};

	(void)state;
	page_says(boxes, COUNT(boxes),
		  "0.4 w\n10 700 m\n110 700 l\nS\n0.8 w\n10 700 m\n60 700 l\nS\n0.4 w\n111 700 m\n161 700 l\n"
		  "10 660 m\n10 710 l\n11 680 m\n11 700 l\nS\nBT\nET\n");
}

static void test_grounds(void **state)
{
	struct page_box boxes[] = { rect(10, 10, 0.9f), rect(20, 10, 0.9f), rect(30, 10, 0.95f), rect(40, 10, 0) };

	(void)state;
	boxes[3].rgb[0] = 1;
	boxes[3].rgb[1] = 0.86f;
	boxes[3].rgb[2] = 0.84f;
	page_says(boxes, COUNT(boxes),
		  "0.9 g\n10 785 10 5 re\n20 785 10 5 re\nf\n0.95 g\n30 785 10 5 re\nf\n"
		  "1 0.86 0.84 rg\n40 785 10 5 re\nf\n0 g\nBT\nET\n");
}

static void test_texts(void **state)
{
	struct page_box boxes[] = { text(50, 100, "!!"), text(70, 100, "!"), text(50, 120, "!"), text(50, 140, "!"),
				    text(50, 160, "!") };

	(void)state;
	for (int i = 2; i < 5; i++)
		boxes[i].font = FONT_ITALIC;
	boxes[3].size = 6.125f;
	boxes[3].grey = 0.35f;
	page_says(boxes, COUNT(boxes),
		  "BT\n/F0 10 Tf\n50 700 Td\n(#!#!)Tj\n20 0 Td\n(#!)Tj\n/F2 10 Tf\n-20 -20 Td\n(#!)Tj\n"
		  "/F2 6.125 Tf\n0.35 g\n0 -20 Td\n(#!)Tj\n/F2 10 Tf\n0 g\n0 -20 Td\n(#!)Tj\nET\n");
}

static void test_justified(void **state)
{
	struct page_box box = text(50, 100, "ẠẠ ẠẠ");

	(void)state;
	box.word_space = 1.2349f;
	page_says(&box, 1, "BT\n/F0 10 Tf\n50 700 Td\n[(\x1e\xa0\x1e\xa0#\x20)-123.5 (\x1e\xa0\x1e\xa0)]TJ\nET\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_lines),     cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_texts),   cmocka_unit_test(test_justified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
