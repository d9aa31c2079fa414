#include <rasoat/text.h>

#include <rasoat/arena.h>
#include <rasoat/err.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Bytes below 0x80 at the start, eight at a time: most text is mostly ASCII. */
static size_t ascii_prefix(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t eight;

	for (; n - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, s + i, sizeof(eight));
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

/* Bytes of the code point at `s`, or 0 when it is not well-formed. */
static size_t decode(const char *s, size_t n, utf8proc_int32_t *cp)
{
	/* No code point takes more than four bytes; this also keeps huge n out of ssize_t. */
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)s,
						 (utf8proc_ssize_t)(n < 4 ? n : 4), cp);

	return used > 0 ? (size_t)used : 0;
}

static void add_cp(struct str *out, utf8proc_int32_t cp)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(cp, bytes);

	str_addn(out, (const char *)bytes, (size_t)n);
}

size_t text_invalid_at(const char *s, size_t n)
{
	utf8proc_int32_t cp;

	for (size_t i = 0; i < n;) {
		size_t used = ascii_prefix(s + i, n - i);

		i += used;
		if (i == n)
			break;
		used = decode(s + i, n - i, &cp);
		if (!used)
			return i;
		i += used;
	}
	return n;
}

size_t text_next(const char *s, size_t n, uint32_t *cp)
{
	utf8proc_int32_t found;
	size_t used;

	if (n && (unsigned char)*s < 0x80) {
		*cp = (unsigned char)*s;
		return 1;
	}
	used = decode(s, n, &found);
	*cp = used ? (uint32_t)found : 0xFFFD;
	return used ? used : 1;
}

/*
 * Characters that no normalisation changes: all below the combining marks, the precomposed
 * Vietnamese block, dashes and quotation marks, currency signs.
 */
static bool is_stable(uint32_t cp)
{
	return cp < 0x300 || (cp >= 0x1E00 && cp <= 0x1EFF) || (cp >= 0x2010 && cp <= 0x2027) ||
	       (cp >= 0x20A0 && cp <= 0x20C0);
}

static bool is_plainly_nfc(const char *s, size_t n)
{
	uint32_t cp;

	for (size_t i = ascii_prefix(s, n); i < n;) {
		i += text_next(s + i, n - i, &cp);
		if (!is_stable(cp))
			return false;
	}
	return true;
}

void text_nfc(const char *s, size_t n, struct str *out)
{
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t m;

	if (is_plainly_nfc(s, n)) {
		str_addn(out, s, n);
		return;
	}
	m = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &made,
			 UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (m < 0) /* not UTF-8, against the contract: hand it on as it is */
		str_addn(out, s, n);
	else
		str_addn(out, (const char *)made, (size_t)m);
	free(made);
}

static void fold_cp(utf8proc_int32_t cp, struct str *out)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(
		cp, parts, sizeof(parts) / sizeof(*parts),
		UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);

	for (utf8proc_ssize_t i = 0; i < n; i++) {
		/* The stroke of đ is part of the letter in Unicode, not a mark. */
		if (parts[i] == 0x111)
			str_addc(out, 'd');
		else
			add_cp(out, parts[i]);
	}
}

void text_fold(const char *s, size_t n, struct str *out)
{
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x80) {
			str_addc(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
			i++;
			continue;
		}
		i += text_next(s + i, n - i, &cp);
		fold_cp((utf8proc_int32_t)cp, out);
	}
}

size_t text_length(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xC0) != 0x80;
	return count;
}

size_t text_columns(const char *s, size_t n)
{
	size_t columns = 0;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		int width;

		i += text_next(s + i, n - i, &cp);
		width = utf8proc_charwidth((utf8proc_int32_t)cp);
		columns += width > 0 ? (size_t)width : 0;
	}
	return columns;
}

char *text_upper(struct arena *a, const char *s)
{
	CLEANUP(str_free) struct str out = STR_INIT;
	size_t n = strlen(s);
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		i += text_next(s + i, n - i, &cp);
		add_cp(&out, utf8proc_toupper((utf8proc_int32_t)cp));
	}
	return arena_strndup(a, out.p, out.len);
}
