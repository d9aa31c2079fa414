/*
 * Planted visits, sessions and petitions: the ends of the period 15/06 - 14/09/2026, groups of four and
 * five, one case before the head and at the regular reception, sessions that do not count,
 * duplicates, petitions carried over, a unit that no longer exists.
 */
#include "generate.h"

/* session|unit|scheduled|held|chair|head|delegated|announced */
static const char *const sessions[] = {
	"PT-01|80004|2026-07-15|2026-07-15|NV0001|1|0|0", "PT-02|80004|2026-07-16|2026-07-16|NV0001|1||1",
	"PT-03|80004|2026-07-16|2026-07-16|NV0001|1|0|1", "PT-04|80004|2026-09-14|2026-09-14|NV0001|1|0|1",
	"PT-05|80004|2026-09-14|2026-09-15|NV0001|1|0|1", "PT-06|80004|2026-06-12|2026-06-12|NV0001|1|0|1",
	"PT-07|80004|2026-06-15|2026-06-15|NV0001|1|0|1", "PT-08|80004|2026-08-10||NV0001|1|0|1",
	"PT-09|48004|2026-07-20|2026-07-20|NV0002|1|1|1", "PT-10|48004|2026-07-21|2026-07-21|NV0002|0|1|1",
	"PT-11|48004|2026-07-22|2026-07-22|NV0002|0|1|0", "PT-12|48004|2026-07-23|2026-07-23|NV0002|0|0|1",
	"PT-13|48005|2026-07-20|2026-07-20|NV0003|1|0|1",
};

/* visit|unit|day|mode|session|people|group|first|case|field|outcome */
static const char *const visits[] = {
	"LT-01|80005|2026-06-14|regular||1|0|1|VV-F-01|policy|Trước kỳ báo cáo",
	"LT-02|80005|2026-06-15|regular||1|0|1|VV-F-01|policy|Ngày đầu kỳ",
	"LT-03|80005|2026-09-14|regular||2|0|0|VV-F-01|policy|Ngày cuối kỳ",
	"LT-04|80005|2026-09-15|regular||1|0|0|VV-F-02|policy|Sau kỳ báo cáo",
	"LT-05|80005|2026-07-06|regular||5|0|1|VV-F-03|land|Đoàn 5 người, sổ không ghi đoàn đông người",
	"LT-06|80005|2026-07-06|regular||4|1|1|VV-F-04|land|Đoàn 4 người, sổ ghi đoàn đông người",
	"LT-07|80004|2026-07-13|regular||1|0|1|VV-F-05|policy|Sau đó Thủ trưởng tiếp cùng vụ việc",
	"LT-08|80004|2026-07-16|head|PT-02|1|0|0|VV-F-05|policy|Thủ trưởng tiếp",
	"LT-09|80004|2026-07-16|head|PT-03|7|1|0|VV-F-06|policy|Thủ trưởng tiếp đoàn 7 người",
	"LT-10|80004|2026-06-12|head|PT-06|1|0|1|VV-F-07|policy|Thủ trưởng tiếp trước kỳ",
	"LT-11|80004|2026-06-22|regular||1|0|0|VV-F-07|policy|Trong kỳ chỉ tiếp thường xuyên",
	"LT-12|80005|2026-07-20|regular||1|0|0|VV-F-05|policy|Cùng vụ việc, đơn vị khác",
	"LT-13|48004|2026-07-20|delegated|PT-09|5|1|1|VV-F-08|policy|Ủy quyền tiếp đoàn 5 người",
	"LT-14|48004|2026-07-21|delegated|PT-10|1|0|0|VV-F-08|policy|Ủy quyền tiếp lần nữa",
	"LT-15|48004|2026-07-20|delegated|PT-09|1|0|1|VV-F-09|policy|Ủy quyền tiếp",
	"LT-16|48004|2026-08-05|head||1|0|0|VV-F-09|policy|Thủ trưởng tiếp đột xuất",
	"LT-17|80004|2026-09-15|head|PT-05|1|0|1|VV-F-10|policy|Thủ trưởng tiếp sau kỳ",
	"LT-18|80004|2026-08-12|regular||1|0|1|VV-F-10|policy|Trong kỳ chỉ tiếp thường xuyên",
	"LT-19|48|2026-08-12|head||3|0|1||policy|Không có vụ việc",
	"LT-20|01|2026-08-12|regular||12|1|1||policy|Đoàn 12 người, chưa có vụ việc",
};

/* id|unit|received|source|kind|level|senders|anonymous|eligible|duplicate|field|authority|handling|
   handled|notified|case */
static const char *const petitions[] = {
	"D-F-01|80006|2026-06-14|post|complaint|first|1|0|1||policy|own|accept|2026-06-14||",
	"D-F-02|80006|2026-06-14|post|complaint|first|1|0|1||land|own|accept|2026-06-15||",
	"D-F-03|80006|2026-06-15|post|complaint|first|1|0|1||corruption|own|accept|2026-09-14||",
	"D-F-04|80006|2026-09-14|post|complaint|first|1|0|1||policy|own|accept|2026-09-15||",
	"D-F-05|80006|2026-09-15|post|complaint|first|1|0|1||policy|own|accept|2026-09-15||",
	"D-F-06|80006|2026-01-20|post|denunciation|first|1|0|||corruption||||",
	"D-F-07|80099|2026-03-10|post|complaint|first|1|0|1||policy|own|accept|2026-06-20||VV-F-01",
	"D-F-08|80005|2026-07-01|post|complaint|first|1|0|1||policy|own|accept|2026-07-06||VV-F-11",
	"D-F-09|80005|2026-07-03|post|complaint|first|1|0|1|D-F-08|policy|own|accept|2026-07-07||VV-F-11",
	"D-F-10|80005|2026-07-08|post|denunciation|again|1|0|1||judicial|own|accept|2026-07-15||",
	"D-F-11|80005|2026-07-09|post|denunciation|again|1|0|1|D-F-10|judicial|own|accept|2026-07-15||",
	"D-F-12|80005|2026-07-14|post|complaint|second|1|0|1|D-F-08|policy|own|accept|2026-07-20||",
	"D-F-13|80004|2026-07-14|post|denunciation|first|1|1|0||party||file|2026-07-20||",
	"D-F-14|80004|2026-07-14|transferred|denunciation|first|1|0|1||party|own|accept|2026-07-20||",
	"D-F-15|80004|2026-07-14|transferred|denunciation|first|1|0|1||land|other|forward|2026-07-20||",
	"D-F-16|80004|2026-07-14|online|recommendation||1|0|1||judicial|own|accept|2026-07-20||",
	"D-F-17|48009|2026-07-14|post|complaint|first|1|0|1||policy|other|guide|2026-07-20||",
	"D-F-18|00|2026-08-14|post|denunciation|again|3|0|1||corruption|own|accept|2026-08-20||",
	"D-F-19|51009|2026-07-14|post|complaint|first|1|0|1||land|own|accept|2026-07-20||",
};

/* The cases of these visits and petitions: recommendations, so that no clock runs for them. */
static void put_form_cases(struct extracts *x)
{
	for (int i = 1; i <= 11; i++) {
		char id[16];

		(void)snprintf(id, sizeof id, "VV-F-%02d", i);
		put_case(x, &(struct case_row){ .id = id, .unit = i == 8 || i == 9 ? "48004" : "80005",
						.kind = "recommendation", .field = "policy", .many = "0",
						.remote = "0", .received = day_of(2026, 6, 1) + i,
						.accepted = NO_DAY, .decided = NO_DAY,
						.notified = NO_DAY, .closed = NO_DAY });
	}
}

void sample_planted_forms(struct extracts *x)
{
	put_form_cases(x);
	for (int i = 0; i < COUNT(sessions); i++)
		put_session_cells(x, sessions[i]);
	for (int i = 0; i < COUNT(visits); i++)
		put_visit_cells(x, visits[i]);
	for (int i = 0; i < COUNT(petitions); i++)
		put_petition_cells(x, petitions[i]);
}
