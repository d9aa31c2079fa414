/* What deflate.c makes is read back by zlib's own inflate. */
#include <rasoat/deflate.h>

#include <rasoat/pool.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { RAW = -15, ZLIB = 15, GZIP = 31, SIZE = 140000, ROOM = 2 * SIZE + 1000 };

struct bytes {
	unsigned char *p;
	size_t n;
};

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

enum kind { NOTHING, ONE, SAME, RANDOM, FEW, ROWS, WORDS, BLOCKS, DISTANT, KINDS };

static unsigned char byte_of(enum kind kind, size_t i, uint64_t *seed)
{
	static const char row[] = "<c r=\"A1\" s=\"3\" t=\"inlineStr\"><is><t>Đơn vị sử dụng lao động</t></is></c>";

	switch (kind) {
	case RANDOM:
		return (unsigned char)next_random(seed);
	case FEW:
		return (unsigned char)(next_random(seed) % 3);
	case ROWS:
		return i % 97 == 7 ? (unsigned char)next_random(seed) : (unsigned char)row[i % (sizeof(row) - 1)];
	case WORDS:
		return (unsigned char)"the quick "[next_random(seed) % 5 + i % 5];
	case BLOCKS: /* noise and runs in turn */
		return i / 3000 % 2 ? (unsigned char)next_random(seed) : 'x';
	case DISTANT: /* what repeats lies just inside and just outside of the window */
		return (unsigned char)(i % (i < SIZE / 2 ? 32768 : 32769) * 2654435761u >> 24);
	default:
		return 'a';
	}
}

static struct bytes sample(enum kind kind)
{
	static const size_t sizes[KINDS] = { [NOTHING] = 0, [ONE] = 1 };
	struct bytes b = { malloc(SIZE), kind < SAME ? sizes[kind] : SIZE };
	uint64_t seed = 88172645463325252u + kind;

	assert_non_null(b.p);
	for (size_t i = 0; i < b.n; i++)
		b.p[i] = byte_of(kind, i, &seed);
	return b;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Feeds `in` and `out` bytes at a time, as minizip does: first without flushing, then the end. */
static struct bytes pack(struct bytes data, int window_bits, size_t in, size_t out)
{
	struct bytes packed = { malloc(ROOM), 0 };
	z_stream z = { 0 };
	int code;

	assert_non_null(packed.p);
	assert_int_equal(deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_out = packed.p;
	z.avail_out = (uInt)out;
	for (size_t at = 0; at < data.n;) {
		size_t n = least(in, data.n - at);

		z.next_in = data.p + at;
		z.avail_in = (uInt)n;
		while (z.avail_in) {
			if (!z.avail_out)
				z.avail_out = (uInt)out;
			assert_int_equal(deflate(&z, Z_NO_FLUSH), Z_OK);
			assert_true((size_t)(z.next_out - packed.p) + out < ROOM);
		}
		at += n;
		assert_int_equal(z.total_in, at);
	}
	do {
		if (!z.avail_out)
			z.avail_out = (uInt)out;
		code = deflate(&z, Z_FINISH);
		assert_true((size_t)(z.next_out - packed.p) + out < ROOM);
	} while (code == Z_OK);
	assert_int_equal(code, Z_STREAM_END);
	packed.n = (size_t)(z.next_out - packed.p);
	assert_int_equal(z.total_out, packed.n);
	assert_int_equal(deflateEnd(&z), Z_OK);
	return packed;
}

static void assert_unpacks(struct bytes packed, int window_bits, struct bytes data)
{
	struct bytes back = { malloc(SIZE + 1), 0 };
	z_stream z = { .next_in = packed.p, .avail_in = (uInt)packed.n, .next_out = back.p, .avail_out = SIZE + 1 };

	assert_non_null(back.p);
	assert_int_equal(inflateInit2(&z, window_bits), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.avail_in, 0);
	assert_int_equal(z.total_out, data.n);
	assert_memory_equal(back.p, data.p, data.n);
	assert_int_equal(inflateEnd(&z), Z_OK);
	free(back.p);
}

static void test_inflate_reads_everything_back(void **state)
{
	static const size_t steps[][2] = { { SIZE, ROOM / 2 }, { 16384, 65536 }, { 16384, 1 }, { 1, 16384 },
					   { 1, 1 },           { 7, 5 },         { 70000, 9 } };
	static const int formats[] = { RAW, ZLIB, GZIP, -9, 10 };

	(void)state;
	for (enum kind kind = 0; kind < KINDS; kind++) {
		struct bytes data = sample(kind);

		for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
			for (size_t f = 0; f < sizeof(formats) / sizeof(*formats); f++) {
				struct bytes part = { data.p, steps[i][0] < 10 ? least(data.n, 12345) : data.n };
				struct bytes packed = pack(part, formats[f], steps[i][0], steps[i][1]);

				assert_unpacks(packed, formats[f] == 10 ? ZLIB : formats[f], part); /* the header says 15 */
				free(packed.p);
			}
		free(data.p);
	}
}

static void test_size(void **state)
{
	struct bytes rows = sample(ROWS), noise = sample(RANDOM);
	struct bytes small = pack(rows, RAW, 16384, 65536), stored = pack(noise, ZLIB, SIZE, ROOM / 2);

	(void)state;
	assert_true(small.n < SIZE / 8);
	assert_true(stored.n < SIZE + 100);
	free(rows.p);
	free(noise.p);
	free(small.p);
	free(stored.p);
}

/* After each flush the reader has all that was written so far. */
static void test_flush(void **state)
{
	static const int flushes[] = { Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_BLOCK };
	struct bytes data = sample(ROWS);
	unsigned char *packed = malloc(ROOM), *back = malloc(SIZE);
	z_stream z = { .next_in = data.p, .next_out = packed, .avail_out = ROOM };
	z_stream r = { .next_in = packed, .next_out = back, .avail_out = SIZE };

	(void)state;
	assert_int_equal(deflateInit(&z, 9), Z_OK);
	assert_int_equal(inflateInit(&r), Z_OK);
	for (size_t i = 0; i < 40; i++) {
		uLong before;

		z.avail_in = (uInt)(i * 37);
		assert_int_equal(deflate(&z, flushes[i % 4]), Z_OK);
		assert_int_equal(z.avail_in, 0);
		before = z.total_out;
		assert_int_equal(deflate(&z, flushes[i % 4]), Z_BUF_ERROR); /* nothing new */
		assert_int_equal(z.total_out, before);
		r.avail_in = (uInt)(z.next_out - r.next_in);
		if (r.avail_in)
			assert_int_equal(inflate(&r, Z_SYNC_FLUSH), Z_OK);
		assert_int_equal(r.total_out, z.total_in);
	}
	assert_memory_equal(back, data.p, r.total_out);
	assert_int_equal(deflateEnd(&z), Z_DATA_ERROR); /* not finished */
	inflateEnd(&r);
	free(packed);
	free(back);
	free(data.p);
}

static void test_reset_gives_the_same_bytes(void **state)
{
	struct bytes data = sample(WORDS);
	unsigned char *packed[2] = { malloc(ROOM), malloc(ROOM) };
	z_stream z = { 0 };

	(void)state;
	assert_int_equal(deflateInit(&z, Z_BEST_SPEED), Z_OK);
	for (int i = 0; i < 2; i++) {
		z.next_in = data.p;
		z.avail_in = SIZE;
		z.next_out = packed[i];
		z.avail_out = ROOM;
		assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
		assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
		assert_int_equal(deflate(&z, Z_NO_FLUSH), Z_STREAM_ERROR);
		if (!i)
			assert_int_equal(deflateReset(&z), Z_OK);
	}
	assert_memory_equal(packed[0], packed[1], z.total_out);
	assert_int_equal(deflateEnd(&z), Z_OK);
	assert_int_equal(deflateEnd(&z), Z_STREAM_ERROR);
	free(packed[0]);
	free(packed[1]);
	free(data.p);
}

static void test_refuses_what_zlib_refuses(void **state)
{
	unsigned char out[64];
	z_stream z = { 0 };

	(void)state;
	assert_int_equal(deflateInit2_(&z, 6, Z_DEFLATED, 15, 8, 0, "2", sizeof(z)), Z_VERSION_ERROR);
	assert_int_equal(deflateInit2_(&z, 6, Z_DEFLATED, 15, 8, 0, ZLIB_VERSION, 1), Z_VERSION_ERROR);
	assert_int_equal(deflateInit2_(&z, 6, Z_DEFLATED, 15, 8, 0, NULL, sizeof(z)), Z_VERSION_ERROR);
	assert_int_equal(deflateInit(NULL, 6), Z_STREAM_ERROR);
	assert_int_equal(deflateInit(&z, 10), Z_STREAM_ERROR);
	assert_int_equal(deflateInit2(&z, 6, 0, 15, 8, 0), Z_STREAM_ERROR);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 7, 8, 0), Z_STREAM_ERROR);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, -16, 8, 0), Z_STREAM_ERROR);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 48, 8, 0), Z_STREAM_ERROR);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15, 0, 0), Z_STREAM_ERROR);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15, 8, 5), Z_STREAM_ERROR);
	assert_int_equal(deflate(NULL, Z_FINISH), Z_STREAM_ERROR);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_ERROR);
	assert_int_equal(deflateReset(&z), Z_STREAM_ERROR);
	assert_int_equal(deflateEnd(NULL), Z_STREAM_ERROR);

	assert_int_equal(deflateInit(&z, 6), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_ERROR); /* nowhere to write to */
	z.next_out = out;
	assert_int_equal(deflate(&z, Z_FINISH), Z_BUF_ERROR);
	z.avail_out = sizeof(out);
	assert_int_equal(deflate(&z, Z_NO_FLUSH), Z_BUF_ERROR);
	assert_int_equal(deflate(&z, -1), Z_STREAM_ERROR);
	assert_int_equal(deflate(&z, Z_TREES), Z_STREAM_ERROR);
	z.avail_in = 1;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_ERROR); /* nowhere to read from */
	assert_int_equal(deflateParams(&z, 1, 0), Z_STREAM_ERROR);
	assert_int_equal(deflateSetDictionary(&z, out, 1), Z_STREAM_ERROR);
	assert_int_equal(deflateEnd(&z), Z_OK);
}

/* zlib's own functions that use the five. */
static void test_compress_and_gzip(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char path[4096];

	(void)state;
	snprintf(path, sizeof(path), "%s/deflate.%ld.gz", tmp ? tmp : "/tmp", (long)getpid());
	for (enum kind kind = 0; kind < KINDS; kind++) {
		struct bytes data = sample(kind), back = { malloc(SIZE + 1), 0 };
		uLong bound = compressBound(data.n), n = bound, m = SIZE;
		unsigned char *packed = malloc(bound);
		gzFile f = gzopen(path, "wb");

		assert_int_equal(compress(packed, &n, data.p, data.n), Z_OK);
		assert_int_equal(uncompress(back.p, &m, packed, n), Z_OK);
		assert_int_equal(m, data.n);
		assert_memory_equal(back.p, data.p, m);
		assert_int_equal(gzwrite(f, data.p, (unsigned)data.n), data.n);
		assert_int_equal(gzclose(f), Z_OK);
		f = gzopen(path, "rb");
		assert_int_equal(gzread(f, back.p, SIZE + 1), data.n);
		assert_memory_equal(back.p, data.p, data.n);
		gzclose(f);
		free(packed);
		free(back.p);
		free(data.p);
	}
	unlink(path);
}

static enum status pack_job(void *ctx, int worker, int job, struct err *e)
{
	struct bytes *made = ctx, data = sample(ROWS);

	(void)worker;
	(void)e;
	made[job] = pack(data, RAW, 16384, 65536);
	free(data.p);
	return ST_OK;
}

static void test_threads(void **state)
{
	struct bytes made[24];
	struct err e = ERR_INIT;

	(void)state;
	assert_int_equal(pool_run(4, 24, pack_job, made, &e), ST_OK);
	for (int i = 1; i < 24; i++) {
		assert_int_equal(made[i].n, made[0].n);
		assert_memory_equal(made[i].p, made[0].p, made[0].n);
		free(made[i].p);
	}
	free(made[0].p);
}

/* What libxlsxwriter, minizip and libharu find when they look for the calls. */
static void test_libraries_find_ours(void **state)
{
	static const char *const ours[] = { "deflateInit_", "deflateInit2_", "deflate", "deflateReset", "deflateEnd" };
	static const int here;
	Dl_info self, other;

	(void)state;
	assert_true(dladdr(&here, &self));
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		assert_true(dladdr(dlsym(RTLD_DEFAULT, ours[i]), &other));
		assert_ptr_equal(self.dli_fbase, other.dli_fbase);
	}
	assert_true(dladdr(dlsym(RTLD_DEFAULT, "inflate"), &other));
	assert_ptr_not_equal(self.dli_fbase, other.dli_fbase);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inflate_reads_everything_back),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_flush),
		cmocka_unit_test(test_reset_gives_the_same_bytes),
		cmocka_unit_test(test_refuses_what_zlib_refuses),
		cmocka_unit_test(test_compress_and_gzip),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_libraries_find_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
