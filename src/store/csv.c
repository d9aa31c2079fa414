#include <rasoat/csv.h>

#include <errno.h>
#include <fcntl.h>
#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER ((size_t)64 * 1024)
#define RAW_MAX ((size_t)4096)
#define FIELD_MAX ((size_t)1 << 20)
#define ROW_MAX ((size_t)4 << 20)
#define FIELDS_MAX 4096
#define FILE_MAX ((int64_t)16 << 30)

#define SAVE_AS "; save it as \"CSV UTF-8\" and import that"

struct csv {
	char *name;
	int fd;
	char delimiter;
	bool failed, ended;
	int64_t line; /* of the next byte */
	size_t pos, len;
	/* the row being read */
	struct str data;    /* its fields, each with a NUL after it */
	size_t *starts;     /* offsets into data */
	struct csv_field *fields;
	int n_fields;
	size_t total;       /* bytes so far, line end included */
	size_t field_len;
	bool quoted, has_cr; /* has_cr: the last byte was a CR outside quotes */
	int64_t quote_line;
	struct str defect;  /* empty: none */
	bool special[256], special_quoted[256]; /* bytes to be looked at one by one */
	uint8_t classes[256]; /* for read_plain() */
	int64_t buffer_at; /* offset of the buffer in the file */
	char plain[RAW_MAX]; /* a row that read_plain() read */
	char raw[RAW_MAX];
	char buffer[BUFFER + 1]; /* one more for a NUL */
};

/* What a byte is in a row without quotes. */
enum { PLAIN = 0, UNUSUAL, DELIMITER, NEWLINE, INTRICATE };

/* ---- opening ---- */

static enum status csv_fill(struct csv *c, struct err *e)
{
	ssize_t n;

	do
		n = read(c->fd, c->buffer, BUFFER);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(e, "%s: cannot be read (%s)", c->name, strerror(errno));
	c->buffer_at += (int64_t)c->len;
	c->pos = 0;
	c->len = (size_t)n;
	c->buffer[n] = '\0';
	return ST_OK;
}

static bool begins_with(const struct csv *c, const char *bytes, size_t n)
{
	return c->len >= n && memcmp(c->buffer, bytes, n) == 0;
}

static enum status check_text(const struct csv *c, struct err *e)
{
	const char *end = memchr(c->buffer, '\n', c->len);
	size_t n = end ? (size_t)(end - c->buffer) + 1 : c->len;

	if (begins_with(c, "PK\3\4", 4) || begins_with(c, "\xD0\xCF\x11\xE0", 4))
		return err_set(e, "%s: is a workbook, not a CSV file" SAVE_AS, c->name);
	if (begins_with(c, "\xFF\xFE", 2) || begins_with(c, "\xFE\xFF", 2))
		return err_set(e, "%s: is UTF-16, not UTF-8" SAVE_AS, c->name);
	if (memchr(c->buffer, '\0', n))
		return err_set(e, "%s: is a binary file or UTF-16, not a CSV file" SAVE_AS, c->name);
	return ST_OK;
}

/* The delimiter that stands most often outside quotes in the first line that is not blank. */
static char find_delimiter(const struct csv *c)
{
	static const char candidates[] = ",;\t";
	int counts[3] = { 0 }, best = 0;
	bool in_quotes = false;
	size_t i = c->pos;

	while (i < c->len && (c->buffer[i] == '\n' || c->buffer[i] == '\r'))
		i++;
	for (; i < c->len && (in_quotes || c->buffer[i] != '\n'); i++) {
		const char *found = c->buffer[i] ? strchr(candidates, c->buffer[i]) : NULL;

		if (c->buffer[i] == '"')
			in_quotes = !in_quotes;
		else if (found && !in_quotes)
			counts[found - candidates]++;
	}
	for (int k = 1; k < 3; k++)
		if (counts[k] > counts[best])
			best = k;
	return candidates[best];
}

static void classify_bytes(struct csv *c)
{
	c->special[(unsigned char)c->delimiter] = c->special['\r'] = true;
	c->special['\n'] = c->special['\0'] = true;
	c->special_quoted['"'] = c->special_quoted['\n'] = c->special_quoted['\0'] = true;
	for (int b = 0; b < 256; b++)
		c->classes[b] = b < 0x20 || b >= 0x7F ? UNUSUAL : PLAIN;
	c->classes['"'] = c->classes['\r'] = c->classes['\0'] = INTRICATE;
	c->classes['\n'] = NEWLINE;
	c->classes[(unsigned char)c->delimiter] = DELIMITER;
}

static enum status open_file(struct csv *c, struct err *e)
{
	struct stat sb;

	c->fd = open(c->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hang */
	if (c->fd < 0)
		return err_set(e, "%s: cannot be read (%s)", c->name, strerror(errno));
	if (fstat(c->fd, &sb) != 0 || !S_ISREG(sb.st_mode))
		return err_set(e, "%s: is not a file", c->name);
	if (sb.st_size > FILE_MAX)
		return err_set(e, "%s: is larger than 16 GiB; split it", c->name);
	if (csv_fill(c, e) != ST_OK || check_text(c, e) != ST_OK)
		return ST_ERR;
	if (begins_with(c, "\xEF\xBB\xBF", 3))
		c->pos = 3;
	c->delimiter = find_delimiter(c);
	classify_bytes(c);
	return ST_OK;
}

enum status csv_open(const char *path, struct csv **ret, struct err *e)
{
	struct csv *c = xmalloc(sizeof(*c));

	memset(c, 0, offsetof(struct csv, plain));
	c->data = (struct str)STR_INIT;
	c->defect = (struct str)STR_INIT;
	c->name = memcpy(xmalloc(strlen(path) + 1), path, strlen(path) + 1);
	c->line = 1;
	c->starts = xmalloc(FIELDS_MAX * sizeof(*c->starts));
	c->fields = xmalloc(FIELDS_MAX * sizeof(*c->fields));
	if (open_file(c, e) != ST_OK) {
		csv_close(c);
		return ST_ERR;
	}
	*ret = c;
	return ST_OK;
}

void csv_close(struct csv *c)
{
	if (!c)
		return;
	if (c->fd >= 0)
		close(c->fd);
	str_free(&c->data);
	str_free(&c->defect);
	free(c->starts);
	free(c->fields);
	free(c->name);
	free(c);
}

void csv_cleanup(struct csv **c)
{
	csv_close(*c);
	*c = NULL;
}

char csv_delimiter(const struct csv *c)
{
	return c->delimiter;
}

/* ---- reading ---- */

#define END (-1)
#define FAILED (-2)

/* The next byte without taking it. */
static inline int peek(struct csv *c, struct err *e)
{
	if (c->pos == c->len) {
		if (c->ended)
			return END;
		if (csv_fill(c, e) != ST_OK)
			return FAILED;
		if (c->len == 0) {
			c->ended = true;
			return END;
		}
	}
	return (unsigned char)c->buffer[c->pos];
}

static inline void take(struct csv *c)
{
	char b = c->buffer[c->pos++];

	if (c->total < RAW_MAX)
		c->raw[c->total] = b;
	c->total++;
	if (b == '\n')
		c->line++;
}

static void defect(struct csv *c, const char *fmt, int n)
{
	if (!c->defect.len)
		str_addf(&c->defect, fmt, n);
}

/* Bytes beyond the limits are read past, not kept. */
static void keep(struct csv *c, const char *p, size_t n)
{
	c->field_len += n;
	if (c->field_len > FIELD_MAX)
		defect(c, "field %d is longer than 1 MiB", c->n_fields + 1);
	else if (c->total > ROW_MAX)
		defect(c, "the row is longer than 4 MiB (in field %d)", c->n_fields + 1);
	else
		str_addn(&c->data, p, n);
}

/* Takes the next byte as content. */
static void keep_byte(struct csv *c)
{
	char b = c->buffer[c->pos];

	if (b == '\0')
		defect(c, "NUL byte in field %d", c->n_fields + 1);
	take(c);
	keep(c, &b, 1);
}

/* Takes the bytes up to the next special one in one go. */
static void keep_run(struct csv *c, const bool *special)
{
	const char *p = c->buffer + c->pos;
	size_t n = 0, left = c->len - c->pos;

	while (n < left && !special[(unsigned char)p[n]])
		n++;
	if (!n)
		return;
	if (c->total < RAW_MAX)
		memcpy(c->raw + c->total, p, n < RAW_MAX - c->total ? n : RAW_MAX - c->total);
	c->total += n;
	c->pos += n;
	keep(c, p, n);
}

static void field_begin(struct csv *c)
{
	c->field_len = 0;
	c->quoted = false;
	if (c->n_fields < FIELDS_MAX)
		c->starts[c->n_fields] = c->data.len;
}

static void field_end(struct csv *c)
{
	if (c->n_fields >= FIELDS_MAX) {
		defect(c, "more than %d fields", FIELDS_MAX);
		return;
	}
	c->fields[c->n_fields].n = c->data.len - c->starts[c->n_fields];
	c->fields[c->n_fields].quoted = c->quoted;
	c->fields[c->n_fields].plain = false;
	c->n_fields++;
	str_addc(&c->data, '\0');
}

/* From after the opening quote to after the closing one. */
static int read_quoted(struct csv *c, struct err *e)
{
	int b;

	for (;;) {
		keep_run(c, c->special_quoted);
		b = peek(c, e);
		if (b == FAILED)
			return FAILED;
		if (b == END) {
			err_set(e, "%s:%lld: the quote that opens here is never closed; close it, or "
				"double it where it is meant", c->name, (long long)c->quote_line);
			return FAILED;
		}
		if (b != '"') {
			keep_byte(c);
			continue;
		}
		take(c);
		if (peek(c, e) != '"')
			return 0;
		keep_byte(c);
	}
}

/*
 * Text right behind a closing quote is a fault of one row; behind a field of several lines it
 * means that a quote is missing and that the rows between are no rows any more.
 */
static int after_quote(struct csv *c, int b, struct err *e)
{
	if (b == ' ')
		return 0;
	if (c->line > c->quote_line) {
		err_set(e, "%s:%lld: the quote that opens here ends in line %lld within text; close it, or "
			"double it where it is meant", c->name, (long long)c->quote_line,
			(long long)c->line);
		return FAILED;
	}
	defect(c, "text after the closing quote in field %d", c->n_fields + 1);
	return 0;
}

/* A CR ends the row together with an LF; alone it is a byte like others. */
static bool read_cr(struct csv *c, struct err *e)
{
	take(c);
	if (peek(c, e) == '\n') {
		take(c);
		c->has_cr = true;
		return true;
	}
	if (!c->quoted)
		keep(c, "\r", 1);
	return false;
}

/* One field with what ends it: the delimiter's code, '\n', END or FAILED. */
static int read_field(struct csv *c, struct err *e)
{
	int b;

	field_begin(c);
	b = peek(c, e);
	if (b == '"') {
		c->quoted = true;
		c->quote_line = c->line;
		take(c);
		if (read_quoted(c, e) == FAILED)
			return FAILED;
	}
	for (;;) {
		if (!c->quoted)
			keep_run(c, c->special);
		b = peek(c, e);
		if (b == FAILED)
			return FAILED;
		if (b == END || b == c->delimiter || b == '\n') {
			if (b != END)
				take(c);
			break;
		}
		if (b == '\r') {
			if (read_cr(c, e)) {
				b = '\n';
				break;
			}
			continue;
		}
		if (c->quoted && after_quote(c, b, e) == FAILED)
			return FAILED;
		if (c->quoted)
			take(c);
		else
			keep_byte(c);
	}
	field_end(c);
	return b;
}

/* Blank lines are no rows; 0 at the end of the file. */
static int skip_blank_lines(struct csv *c, struct err *e)
{
	for (;;) {
		int b = peek(c, e);

		if (b == FAILED)
			return FAILED;
		if (b == END)
			return 0;
		if (b != '\n' && b != '\r')
			return 1;
		take(c);
	}
}

static void row_begin(struct csv *c)
{
	str_clear(&c->data);
	str_clear(&c->defect);
	c->n_fields = 0;
	c->total = 0;
	c->has_cr = false;
}

static void row_give(struct csv *c, int end, int64_t line, struct csv_row *row)
{
	size_t tail = (end == '\n') + (size_t)c->has_cr;

	for (int i = 0; i < c->n_fields; i++)
		c->fields[i].p = c->data.p + c->starts[i];
	row->fields = c->fields;
	row->n_fields = c->n_fields;
	row->line = line;
	row->last_line = c->line - (end == '\n');
	row->total_len = c->total - tail;
	row->raw = c->raw;
	row->raw_len = row->total_len < RAW_MAX ? row->total_len : RAW_MAX;
	row->defect = c->defect.len ? c->defect.p : NULL;
}

/*
 * Most rows have no quotes and lie in the buffer as a whole: one look at each byte is enough.
 * False: nothing is taken, the row must be read with more care.
 */
static bool read_plain(struct csv *c, struct csv_row *row)
{
	const char *p = c->buffer + c->pos;
	size_t start = 0, i = 0;
	uint8_t unusual = 0;
	bool crlf = false;
	int n = 0;

	for (; i < RAW_MAX; i++) {
		uint8_t class = c->classes[(unsigned char)p[i]];

		c->plain[i] = p[i];
		if (class <= UNUSUAL) {
			unusual |= class;
			continue;
		}
		crlf = p[i] == '\r' && p[i + 1] == '\n';
		if ((class == INTRICATE && !crlf) || n == FIELDS_MAX)
			return false; /* the NUL behind the buffer ends here, too */
		c->plain[i] = '\0';
		c->fields[n++] = (struct csv_field){ c->plain + start, i - start, false, !unusual };
		start = i + 1;
		unusual = 0;
		if (class == NEWLINE || crlf)
			break;
	}
	if (i == RAW_MAX)
		return false;
	*row = (struct csv_row){
		.fields = c->fields, .n_fields = n, .line = c->line, .last_line = c->line,
		.raw = p, .raw_len = i, .total_len = i, .offset = c->buffer_at + (int64_t)c->pos,
	};
	c->pos += i + 1 + crlf;
	c->line++;
	return true;
}

int csv_next(struct csv *c, struct csv_row *row, struct err *e)
{
	int64_t offset;
	int64_t line;
	int b;

	if (c->failed) {
		err_set(e, "%s: read on after an error", c->name);
		return -1;
	}
	b = skip_blank_lines(c, e);
	if (b == 0)
		return 0;
	if (b == 1 && read_plain(c, row))
		return 1;
	row_begin(c);
	line = c->line;
	offset = c->buffer_at + (int64_t)c->pos;
	while (b != FAILED && (b = read_field(c, e)) == c->delimiter)
		;
	if (b == FAILED) {
		c->failed = true;
		return -1;
	}
	row_give(c, b, line, row);
	row->offset = offset;
	return 1;
}

enum status csv_seek(struct csv *c, int64_t offset, int64_t line, struct err *e)
{
	if (lseek(c->fd, (off_t)offset, SEEK_SET) < 0)
		return err_set(e, "%s: cannot be read (%s)", c->name, strerror(errno));
	c->buffer_at = offset;
	c->pos = c->len = 0;
	c->line = line;
	c->failed = c->ended = false;
	return ST_OK;
}

void csv_quote(struct str *out, const char *s, size_t n, char delimiter)
{
	bool plain = n == 0 || (s[0] != ' ' && s[n - 1] != ' ');

	for (size_t i = 0; i < n && plain; i++)
		plain = s[i] != delimiter && s[i] != '"' && s[i] != '\n' && s[i] != '\r';
	if (plain) {
		str_addn(out, s, n);
		return;
	}
	str_addc(out, '"');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			str_addc(out, '"');
		str_addc(out, s[i]);
	}
	str_addc(out, '"');
}
