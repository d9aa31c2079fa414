#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include <rasoat/hash.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The examples of FIPS 180-2, and the empty message. */
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define MILLION_A "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static void test_fips(void **state)
{
	struct hash *h = hash_new();
	char hex[HASH_HEX];
	char block[1000];

	(void)state;
	assert_string_equal(hash_hex(h, hex), EMPTY);
	h = hash_new();
	hash_add(h, "a", 1);
	hash_add(h, NULL, 0);
	hash_add(h, "bc", 2);
	assert_string_equal(hash_hex(h, hex), ABC);
	h = hash_new();
	memset(block, 'a', sizeof(block));
	for (int i = 0; i < 1000; i++)
		hash_add(h, block, sizeof(block));
	assert_string_equal(hash_hex(h, hex), MILLION_A);
}

static void test_file(void **state)
{
	const char *folder = getenv("TMPDIR");
	char path[4096], hex[HASH_HEX];
	struct err e = ERR_INIT;
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/rasoat-hash-%ld", folder ? folder : "/tmp",
		 (long)getpid());
	f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 1000000; i++)
		fputc('a', f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(hash_file(path, hex, &e), ST_OK);
	assert_string_equal(hex, MILLION_A);
	unlink(path);
	assert_int_equal(hash_file("/dev/null", hex, &e), ST_OK);
	assert_string_equal(hex, EMPTY);
}

static void test_errors(void **state)
{
	char hex[HASH_HEX] = "unchanged";
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(hash_file("/none/here", hex, &e), ST_ERR);
	assert_string_equal(e.text, "/none/here: cannot read: No such file or directory; "
				    "check the name and the permissions");
	assert_int_equal(hash_file("/", hex, &e), ST_ERR);
	assert_string_equal(e.text, "/: cannot read: Is a directory; "
				    "check the name and the permissions");
	assert_string_equal(hex, "unchanged");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fips),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
