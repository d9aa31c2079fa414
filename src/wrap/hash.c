#include <rasoat/hash.h>

#include <errno.h>
#include <rasoat/arena.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hash {
	SHA2_CTX context;
};

struct hash *hash_new(void)
{
	struct hash *h = xmalloc(sizeof(*h));

	SHA256Init(&h->context);
	return h;
}

void hash_add(struct hash *h, const void *p, size_t n)
{
	if (n)
		SHA256Update(&h->context, p, n);
}

char *hash_digits(const unsigned char bytes[HASH_SIZE], char out[HASH_HEX])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < HASH_SIZE; i++) {
		out[2 * i] = hex[bytes[i] >> 4];
		out[2 * i + 1] = hex[bytes[i] & 15];
	}
	out[HASH_HEX - 1] = '\0';
	return out;
}

char *hash_hex(struct hash *h, char out[HASH_HEX])
{
	uint8_t digest[HASH_SIZE];

	SHA256Final(digest, &h->context);
	free(h);
	return hash_digits(digest, out);
}

void hash_bytes(const void *p, size_t n, unsigned char out[HASH_SIZE])
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, p, n);
	SHA256Final(out, &context);
}

enum status hash_file(const char *path, char out[HASH_HEX], struct err *e)
{
	unsigned char block[65536];
	FILE *f = fopen(path, "rbe");
	struct hash *h = hash_new();
	char hex[HASH_HEX];
	int code = f ? 0 : errno;
	size_t n;

	while (f && (n = fread(block, 1, sizeof(block), f)) > 0)
		hash_add(h, block, n);
	if (f && ferror(f))
		code = errno;
	if (f)
		(void)fclose(f);
	hash_hex(h, hex);
	if (code)
		return err_set(e, "%s: cannot read: %s; check the name and the permissions", path,
			       strerror(code));
	memcpy(out, hex, sizeof(hex));
	return ST_OK;
}
