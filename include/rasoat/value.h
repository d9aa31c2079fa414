/*
 * value - one typed cell as it comes from a store. Text is UTF-8 NFC, not
 * owned: valid until the statement steps or closes, unless the giver says
 * more. Dates travel as ISO text, money as whole đồng in V_INT.
 */
#ifndef RASOAT_VALUE_H
#define RASOAT_VALUE_H

#include <stddef.h>
#include <stdint.h>

enum value_kind { V_NULL, V_INT, V_REAL, V_TEXT };

struct value {
	enum value_kind kind;
	int64_t i;
	double r;
	const char *text; /* NUL-terminated */
	size_t len;       /* bytes of text */
};

static inline struct value value_null(void)
{
	return (struct value){ V_NULL, 0, 0, "", 0 };
}
static inline struct value value_int(int64_t i)
{
	return (struct value){ V_INT, i, 0, "", 0 };
}
struct value value_text(const char *s); /* NULL gives V_NULL; borrows s */

#endif
