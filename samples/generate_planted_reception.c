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
	"PR-1-01|96|2026-07-31|2026-07-31|NV0001|1|0|1",
	"PR-1-02|96|2026-08-03|2026-08-03|NV0001|0|1|1",
	"PR-1-03|96|2026-09-01|2026-09-03|NV0001|1|0|1",
	"PR-1-04|91|2026-09-16|2026-09-16|NV0001|||1",
	"PR-1-05|91|2026-08-14|2026-08-14|NV0001|1||1",	 "PR-1-06|91|2026-07-31|2026-08-03|NV0001|1|0|1",
	"PR-1-07|86|2026-07-01|2026-07-01|NV0001|1|0|1", "PR-1-08|86|2026-08-12||NV0001|1|0|1",
	"PR-1-09|86|2026-08-14|2026-08-14|NV0001|1|1|1",
	"PR-1-10|86|2026-09-30|2026-09-30|NV0001|1|0|1",
	"PR-1-11|82|2026-07-10|2026-07-10|NV0001|1|0|1",
	"PR-1-12|82|2026-08-13|2026-08-13|NV0001|1|0|1",
	"PR-1-13|48004|2026-08-12|2026-08-12|NV0001|1|0|1",
	"PR-1-14|48004|2026-09-10|2026-09-10|NV0001|1|0|1",
	/* REC-03 */
	"PR-3-01|79|2026-10-12||NV0001|1|0|1|2026-10-05|0||",
	"PR-3-02|79|2026-10-12||NV0001|1|0|0||0||",
	"PR-3-03|79|2026-10-09||NV0001|1|0|0||0||",
	"PR-3-04|79|2026-09-24||NV0001|1|0|1|2026-09-17|0||",
	"PR-3-05|79|2026-09-24||NV0001|1|0|1|2026-09-18|0||",
	"PR-3-06|79|2026-09-24||NV0001|1|0|1||0||",
	"PR-3-07|79|2026-09-24||NV0001|0|0|0||0||",
	"PR-3-08|79|2026-10-09||NV0001|0|1|0|2026-10-06|0||",
	/* REC-05, REC-06 */
	"PR-5-01|79|2026-09-25|2026-09-25|NV0001|0|0|1|2026-09-10|1|2026-09-18|2026-09-24",
	"PR-5-02|79|2026-09-25|2026-09-25|NV0001|0|0|1|2026-09-10|1|2026-09-19|2026-09-23",
	"PR-5-03|79|2026-09-25|2026-09-25|NV0001|0|0|1|2026-09-10|1||2026-09-24",
	"PR-5-04|79|2026-10-12||NV0001|0|0|1|2026-09-10|1||",
	"PR-5-05|79|2026-10-09||NV0001|0|0|1|2026-09-10|1||",
	"PR-5-06|79|2026-09-25|2026-09-25|NV0001|0|0|1|2026-09-10|0||",
	"PR-6-01|79|2026-09-21|2026-09-21|NV0001|0|0|1|2026-09-10|1|2026-09-10|2026-09-18",
	"PR-6-02|79|2026-09-21|2026-09-21|NV0001|0|0|1|2026-09-10|1|2026-09-10|2026-09-19",
	"PR-6-03|79|2026-09-22|2026-09-22|NV0001|0|0|1|2026-09-10|1|2026-09-10|2026-09-22",
	"PR-6-04|79|2026-09-22|2026-09-22|NV0001|0|0|1|2026-09-10|1|2026-09-10|",
	"PR-6-05|79|2026-10-06||NV0001|0|0|1|2026-09-10|1|2026-09-10|",
	"PR-6-06|79|2026-10-05||NV0001|0|0|1|2026-09-10|1|2026-09-10|",
};

/* visit|unit|day|mode|session|people|group|first|case|field|outcome|urgent|refused|refusal notified|
   national database; after the period of the forms */
static const char *const visits[] = {
	"LT-R2-01|96|2026-09-30|regular||1|0|1||policy|Gay gắt|1",
	"LT-R2-02|96|2026-09-29|regular||1|0|1||policy|Gay gắt|1",
	"LT-R2-03|96|2026-09-15|head||1|0|1||policy|Gay gắt|1",
	"LT-R2-04|96|2026-09-15|regular||1|0|1|VV-F-05|policy|Gay gắt|1",
	"LT-R2-05|96|2026-09-18|head||1|0|0|VV-F-05|policy|Thủ trưởng tiếp",
	"LT-R2-06|96|2026-09-15|regular||1|0|1|VV-F-06|policy|Gay gắt|1",
	"LT-R2-07|96|2026-09-21|head||1|0|0|VV-F-06|policy|Thủ trưởng tiếp",
	"LT-R2-08|96|2026-09-16|delegated||1|0|1||policy|Gay gắt|1",
	"LT-R2-09|96|2026-09-16|||1|0|1||policy|Gay gắt|1",
	"LT-R2-10|96|2026-09-16|regular||1|0|1||policy|Không rõ|",
	"LT-R4-01|96|2026-09-25|regular||1|0|1||policy|Từ chối|0|1|2026-09-30",
	"LT-R4-02|96|2026-09-25|regular||1|0|1||policy|Từ chối|0|1|2026-10-01",
	"LT-R4-03|96|2026-09-29|regular||1|0|1||policy|Từ chối|0|1|",
	"LT-R4-04|96|2026-09-30|regular||1|0|1||policy|Từ chối|0|1|",
	"LT-R4-05|96|2026-09-25|regular||1|0|1||policy|Từ chối|0|1|2026-09-24",
	"LT-R4-06|96|2026-06-09|regular||1|0|1||policy|Từ chối|0|1|",
	"LT-R4-07|96|2026-09-30|regular||1|0|1||policy|Từ chối|0|1|2026-10-06",
	"LT-R7-01|96|2026-09-16|regular||5|0|1||policy|Đoàn 5 người",
	"LT-R7-02|96|2026-09-16|regular||5|1|1||policy|Đoàn 5 người",
	"LT-R7-03|96|2026-09-16|regular||4|0|1||policy|4 người",
	"LT-R7-04|96|2026-09-16|regular||6||1||policy|Đoàn 6 người",
	"LT-R8-01|96|2026-10-02|regular||1|0|1||policy|Chưa nhập|0|0||",
	"LT-R8-02|96|2026-10-01|regular||1|0|1||policy|Chưa nhập|0|0||",
	"LT-R8-03|96|2026-10-01|regular||1|0|1||policy|Nhập sau|0|0||2026-10-06",
	"LT-R8-04|96|2026-06-10|regular||1|0|1||policy|Chưa nhập|0|0||",
	"LT-R9-01|96|2026-09-18|regular||1|0|1||policy|Nhập thứ hai|0|0||2026-09-21",
	"LT-R9-02|96|2026-09-18|regular||1|0|1||policy|Nhập thứ ba|0|0||2026-09-22",
	"LT-R9-03|96|2026-09-18|regular||1|0|1||policy|Nhập trước|0|0||2026-09-17",
};

void sample_planted_reception(struct extracts *x)
{
	for (int i = 0; i < COUNT(sessions); i++)
		put_session_cells(x, sessions[i]);
	for (int i = 0; i < COUNT(visits); i++)
		put_visit_cells(x, visits[i]);
}
