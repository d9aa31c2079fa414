#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <rasoat/str.h>
#include <rasoat/text.h>
#include <string.h>

static void expect_invalid(const char *s, size_t n, size_t at)
{
	assert_int_equal(text_invalid_at(s, n), at);
}

static void test_invalid_at(void **state)
{
	const char *good = "Bảo hiểm xã hội 🙂 0123456789";

	(void)state;
	expect_invalid(good, strlen(good), strlen(good));
	expect_invalid("", 0, 0);
	expect_invalid("a\0b", 3, 3);
	expect_invalid("abc\xFF", 4, 3);
	expect_invalid("12345678abc\xE1\xBA", 13, 11); /* cut */
	expect_invalid("\xC0\xAF", 2, 0);	       /* overlong */
	expect_invalid("\xED\xA0\x80", 3, 0);	       /* a surrogate */
	expect_invalid("\xF4\x90\x80\x80", 4, 0);      /* beyond U+10FFFF */
	expect_invalid("\xF4\x8F\xBF\xBF", 4, 4);
	expect_invalid("\x80", 1, 0);
	expect_invalid("\xE1\xBA\xBF", 2, 0); /* the rest is there, but not ours */
}

static void expect_nfc(const char *s, const char *want)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	str_add(&out, "=");
	text_nfc(s, strlen(s), &out);
	assert_string_equal(out.p + 1, want);
}

static void test_nfc(void **state)
{
	(void)state;
	expect_nfc("", "");
	expect_nfc("abc", "abc");
	expect_nfc("Nguyễn Thị Ánh – 5 ₫", "Nguyễn Thị Ánh – 5 ₫");
	expect_nfc("e\xCC\x82\xCC\x81", "\xE1\xBA\xBF");       /* e ^ ' */
	expect_nfc("e\xCC\x82\xCC\xA3", "\xE1\xBB\x87");       /* e ^ . */
	expect_nfc("e\xCC\xA3\xCC\x82", "\xE1\xBB\x87");       /* e . ^ : the order is no matter */
	expect_nfc("\xC3\xAA\xCC\x81", "\xE1\xBA\xBF");	       /* half composed */
	expect_nfc("o\xCC\x9B\xCC\x80", "\xE1\xBB\x9D");       /* o horn ` */
	expect_nfc("\xE2\x84\xAB", "\xC3\x85");		       /* the sign Angstrom is a letter */
	expect_nfc("x\xCC\x81", "x\xCC\x81");		       /* no such letter: stays */
	expect_nfc("D\xCC\xA3\xC4\x91", "\xE1\xB8\x8C\xC4\x91");
}

static void expect_fold(const char *s, const char *want)
{
	CLEANUP(str_free) struct str out = STR_INIT;

	text_fold(s, strlen(s), &out);
	assert_string_equal(out.p, want);
}

static void test_fold(void **state)
{
	(void)state;
	expect_fold("Đặng Thị Ánh", "dang thi anh");
	expect_fold("ĐẶNG THỊ ÁNH", "dang thi anh");
	expect_fold("àáảãạăằắẳẵặâầấẩẫậ", "aaaaaaaaaaaaaaaaa");
	expect_fold("èéẻẽẹêềếểễệìíỉĩị", "eeeeeeeeeeeiiiii");
	expect_fold("òóỏõọôồốổỗộơờớởỡợ", "ooooooooooooooooo");
	expect_fold("ùúủũụưừứửữựỳýỷỹỵđ", "uuuuuuuuuuuyyyyyd");
	expect_fold("ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "aaaaaaaaaaaaaaaaa");
	expect_fold("ƯỪỨỬỮỰƠỜỚỞỠỢĐ", "uuuuuuooooood");
	expect_fold("e\xCC\x82\xCC\x81", "e");
	expect_fold("K-01_@x", "k-01_@x");
	expect_fold("a\xFFz", "a\xEF\xBF\xBDz"); /* bad byte: U+FFFD, valid again */
	expect_fold("日本", "日本");
}

static void test_length_and_columns(void **state)
{
	const char *name = "Đặng Thị Ánh";

	(void)state;
	assert_int_equal(text_length(name, strlen(name)), 12);
	assert_int_equal(text_columns(name, strlen(name)), 12);
	assert_int_equal(text_length("日本", 6), 2);
	assert_int_equal(text_columns("日本", 6), 4);
	assert_int_equal(text_length("e\xCC\x81", 3), 2);
	assert_int_equal(text_columns("e\xCC\x81", 3), 1);
	assert_int_equal(text_columns("", 0), 0);
}

static void test_next(void **state)
{
	uint32_t cp;

	(void)state;
	assert_int_equal(text_next("a", 1, &cp), 1);
	assert_int_equal(cp, 'a');
	assert_int_equal(text_next("ế", 3, &cp), 3);
	assert_int_equal(cp, 0x1EBF);
	assert_int_equal(text_next("🙂", 4, &cp), 4);
	assert_int_equal(cp, 0x1F642);
	assert_int_equal(text_next("\xE1\xBA", 2, &cp), 1);
	assert_int_equal(cp, 0xFFFD);
	assert_int_equal(text_next("", 0, &cp), 1);
	assert_int_equal(cp, 0xFFFD);
}

static void test_upper(void **state)
{
	CLEANUP(arena_cleanup) struct arena *a = arena_new();

	(void)state;
	assert_string_equal(text_upper(a, "Bảo hiểm xã hội khu vực đặc biệt ỵ ữ"),
			    "BẢO HIỂM XÃ HỘI KHU VỰC ĐẶC BIỆT Ỵ Ữ");
	assert_string_equal(text_upper(a, ""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_invalid_at),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_length_and_columns),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_upper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
