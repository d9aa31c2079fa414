/*
 * The planted items of the reception pack. Visit LT-R2-05 is REC-02, number 5 in samples/README.md.
 * REC-01 is about units and months: all sessions of the units named here are planted.
 */
#include "generate.h"

#include <string.h>

static const char *const units[] = { "82", "86", "91", "96", "48004", "80004" };

bool is_planted_reception(const char *unit)
{
	for (int i = 0; i < COUNT(units); i++)
		if (!strcmp(units[i], unit))
			return true;
	return false;
}

/* session|unit|scheduled|held|chair|head|delegated|announced|posted|online|invited|link tested */
static const char *const sessions[] = {
	/* REC-01: 80004 and 48004 have those of generate_planted_forms.c too */
	"PR-1-01|96|2026-07-31|2026-07-31|NV0001|1|0|1", "PR-1-02|96|2026-08-03|2026-08-03|NV0001|0|1|1",
	"PR-1-03|96|2026-09-01|2026-09-03|NV0001|1|0|1", "PR-1-04|91|2026-07-15|2026-07-15|NV0001|||1",
	"PR-1-05|91|2026-08-14|2026-08-14|NV0001|1||1",	 "PR-1-06|91|2026-09-30|2026-10-01|NV0001|1|0|1",
	"PR-1-07|86|2026-07-01|2026-07-01|NV0001|1|0|1", "PR-1-08|86|2026-08-12||NV0001|1|0|1",
	"PR-1-09|86|2026-08-14|2026-08-14|NV0001|1|1|1", "PR-1-10|86|2026-09-30|2026-09-30|NV0001|1|0|1",
	"PR-1-11|82|2026-07-10|2026-07-10|NV0001|1|0|1", "PR-1-12|82|2026-08-13|2026-08-13|NV0001|1|0|1",
	"PR-1-13|48004|2026-08-12|2026-08-12|NV0001|1|0|1", "PR-1-14|48004|2026-09-10|2026-09-10|NV0001|1|0|1",
};

void sample_planted_reception(struct extracts *x)
{
	for (int i = 0; i < COUNT(sessions); i++)
		put_session_cells(x, sessions[i]);
}
