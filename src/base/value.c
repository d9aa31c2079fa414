#include <rasoat/value.h>

#include <string.h>

struct value value_text(const char *s)
{
	if (!s)
		return value_null();
	return (struct value){ V_TEXT, 0, 0, s, strlen(s) };
}
