/*
 * zlib's deflate calls, done by ISA-L: deflate.h says which and why. Both foreign headers stay here.
 */
#include <rasoat/deflate.h>

#include <isa-l/igzip_lib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

enum {
	LEVEL = DEFLATE_LEVEL,
	LEVEL_BYTES = ISAL_DEF_LVL2_DEFAULT,
	WINDOW_BITS = 15,
	GZIP_BITS = 16, /* added to the window's when a gzip file is wanted */
	NO_FLUSH_YET = -1,
};

/*
 * zlib leaves its struct to whoever makes it. Its own functions find a pointer back to the z_stream at the start
 * of theirs and refuse a stream where there is none, as here.
 */
struct internal_state {
	const z_stream *none; /* NULL */
	struct isal_zstream z;
	int window_bits, last_flush;
	uint8_t level_buf[LEVEL_BYTES];
};

/* Raw for zip, zlib's own wrapping for PDF, gzip for gzwrite. */
static uint16_t wrapping(int window_bits)
{
	if (window_bits < 0)
		return IGZIP_DEFLATE;
	return window_bits > GZIP_BITS ? IGZIP_GZIP : IGZIP_ZLIB;
}

static uint16_t bits_of(int window_bits)
{
	int bits = window_bits < 0 ? -window_bits : window_bits;

	return (uint16_t)(window_bits > GZIP_BITS ? bits - GZIP_BITS : bits);
}

/* Also a reset: isal_deflate_reset does not write the header of zlib's format again. */
static void begin(z_streamp strm)
{
	struct internal_state *s = strm->state;

	isal_deflate_init(&s->z);
	s->z.level = LEVEL;
	s->z.level_buf = s->level_buf;
	s->z.level_buf_size = sizeof(s->level_buf);
	s->z.gzip_flag = wrapping(s->window_bits);
	s->z.hist_bits = bits_of(s->window_bits);
	s->last_flush = NO_FLUSH_YET;
	strm->total_in = strm->total_out = 0;
	strm->msg = NULL;
	strm->data_type = Z_UNKNOWN;
	strm->adler = 0;
}

int ZEXPORT deflateInit2_(z_streamp strm, int level, int method, int window_bits, int mem_level, int strategy,
			  const char *version, int stream_size)
{
	int bits = window_bits > -GZIP_BITS && window_bits <= GZIP_BITS + WINDOW_BITS ? bits_of(window_bits) : 0;

	if (!version || *version != *ZLIB_VERSION || stream_size != (int)sizeof(z_stream))
		return Z_VERSION_ERROR;
	if (!strm || method != Z_DEFLATED || bits < 8 || bits > WINDOW_BITS || level < Z_DEFAULT_COMPRESSION ||
	    level > Z_BEST_COMPRESSION || mem_level < 1 || strategy < Z_DEFAULT_STRATEGY || strategy > Z_FIXED)
		return Z_STREAM_ERROR;
	strm->state = calloc(1, sizeof(*strm->state));
	if (!strm->state)
		return Z_MEM_ERROR;
	strm->state->window_bits = window_bits;
	begin(strm);
	return Z_OK;
}

int ZEXPORT deflateInit_(z_streamp strm, int level, const char *version, int stream_size)
{
	return deflateInit2_(strm, level, Z_DEFLATED, WINDOW_BITS, 8, Z_DEFAULT_STRATEGY, version, stream_size);
}

int ZEXPORT deflateReset(z_streamp strm)
{
	if (!strm || !strm->state)
		return Z_STREAM_ERROR;
	begin(strm);
	return Z_OK;
}

int ZEXPORT deflateEnd(z_streamp strm)
{
	bool midway;

	if (!strm || !strm->state)
		return Z_STREAM_ERROR;
	midway = strm->total_in && strm->state->z.internal_state.state != ZSTATE_END;
	free(strm->state);
	strm->state = NULL;
	return midway ? Z_DATA_ERROR : Z_OK;
}

/* One call of the library; false when it neither took nor gave a byte. */
static bool step(z_streamp strm, struct isal_zstream *z)
{
	uInt had = strm->avail_in, room = strm->avail_out;

	z->next_in = strm->next_in;
	z->avail_in = strm->avail_in;
	z->next_out = strm->next_out;
	z->avail_out = strm->avail_out;
	if (isal_deflate(z) != COMP_OK)
		return false;
	strm->next_in = z->next_in;
	strm->avail_in = z->avail_in;
	strm->next_out = z->next_out;
	strm->avail_out = z->avail_out;
	strm->total_in += had - z->avail_in; /* the library's own sums have 32 bits */
	strm->total_out += room - z->avail_out;
	return had != z->avail_in || room != z->avail_out;
}

static uint16_t flush_of(int flush)
{
	if (flush == Z_NO_FLUSH || flush == Z_FINISH)
		return NO_FLUSH;
	return flush == Z_FULL_FLUSH ? FULL_FLUSH : SYNC_FLUSH; /* the others ask for less than SYNC_FLUSH gives */
}

/* Nothing new to do: no input, and a flush that was done before. */
static bool is_idle(const z_stream *strm, int flush)
{
	const struct internal_state *s = strm->state;

	return !strm->avail_in && flush != Z_FINISH && (flush == Z_NO_FLUSH || flush == s->last_flush);
}

static bool is_ended(const struct internal_state *s)
{
	return s->z.internal_state.state == ZSTATE_END;
}

int ZEXPORT deflate(z_streamp strm, int flush)
{
	struct internal_state *s = strm ? strm->state : NULL;

	if (!s || flush < Z_NO_FLUSH || flush > Z_BLOCK || !strm->next_out || (strm->avail_in && !strm->next_in))
		return Z_STREAM_ERROR;
	if (is_ended(s))
		return flush == Z_FINISH && !strm->avail_in ? Z_STREAM_END : Z_STREAM_ERROR;
	if (!strm->avail_out || is_idle(strm, flush))
		return Z_BUF_ERROR;
	s->z.end_of_stream = flush == Z_FINISH;
	s->z.flush = flush_of(flush);
	/* A flush is one step; more of them would each add an empty block. */
	while (step(strm, &s->z) && strm->avail_out && !is_ended(s) && (strm->avail_in || flush == Z_FINISH))
		;
	s->last_flush = strm->avail_out ? flush : NO_FLUSH_YET;
	return is_ended(s) ? Z_STREAM_END : Z_OK;
}
