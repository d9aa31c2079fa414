/* hash - SHA-256 by libmd, as lower-case hex. */
#ifndef RASOAT_HASH_H
#define RASOAT_HASH_H

#include <rasoat/err.h>
#include <stddef.h>

#define HASH_SIZE 32
#define HASH_HEX 65 /* 64 hex digits and the NUL */

struct hash;
struct hash *hash_new(void); /* never NULL; freed by hash_hex */
void hash_add(struct hash *h, const void *p, size_t n);
char *hash_hex(struct hash *h, char out[HASH_HEX]); /* finishes and frees h */
/* All at once, as bytes; `out` may lie inside what is read. And bytes as hex digits. */
void hash_bytes(const void *p, size_t n, unsigned char out[HASH_SIZE]);
char *hash_digits(const unsigned char bytes[HASH_SIZE], char out[HASH_HEX]);
enum status hash_file(const char *path, char out[HASH_HEX], struct err *e) MUST_CHECK;

#endif
