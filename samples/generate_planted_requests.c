/* The planted items of DAT-01 .. DAT-04; keys as in generate_planted_accounts.c. */
#include "generate.h"

/* request|unit|requested|dispatch|form|description|by|approved|delivered */
static const char *const requests[] = {
	"YC-D1-01|01|2026-08-03||1|1|Lãnh đạo Ngành|2026-07-31|",
	"YC-D1-02|04|2026-08-03|202/BHXH-CNTT|0|1|Lãnh đạo Ngành|2026-07-31|",
	"YC-D1-03|48|2026-08-03|203/BHXH-CNTT|1|0|Lãnh đạo Ngành|2026-07-31|2026-08-07",
	"YC-D1-04|80|2026-08-04||0|0|Lãnh đạo Ngành|2026-08-03|2026-08-10",
	"YC-D1-05|92|2026-08-04|205/BHXH-CNTT||1|Lãnh đạo Ngành|2026-08-03|",
	"YC-D1-06|96|2026-08-05|206/BHXH-CNTT||0|Lãnh đạo Ngành|2026-08-03|",
	"YC-D1-07|31|2026-08-05||||Lãnh đạo Ngành|2026-08-03|",
	"YC-D1-08|33|2018-11-27||1|1|Lãnh đạo Ngành|2018-11-20|2018-12-03",
	"YC-D1-09|33|2018-11-28||1|1|Lãnh đạo Ngành|2018-11-20|2018-12-03",
	"YC-D1-10|33|2026-10-06||0|0|||",
	"YC-D2-01|01|2026-09-28|211/BHXH-CNTT|1|1|||",
	"YC-D2-02|04|2026-10-05|212/BHXH-CNTT|1|1|||",
	"YC-D2-03|48|2026-10-05|213/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-10-05|",
	"YC-D2-04|80|2026-10-01|214/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-10-06|",
	"YC-D2-05|92|2026-10-01|215/BHXH-CNTT|1|1|Lãnh đạo Ngành||",
	"YC-D2-06|96|2018-11-27|216/BHXH-CNTT|1|1|||",
	"YC-D2-07|31||217/BHXH-CNTT|1|1|||",
	"YC-D2-08|33|2026-08-31|218/BHXH-CNTT|1|1|||2026-10-06",
	"YC-D3-01|01|2026-09-07|219/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-09-08|",
	"YC-D3-02|04|2026-09-07|220/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-09-06|",
	"YC-D3-03|48|2026-09-07|221/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-09-07|2026-09-11",
	"YC-D3-04|80|2026-08-03|222/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-08-24|2026-08-24",
	"YC-D3-05|92|2026-08-03|223/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-08-24|2026-08-23",
	"YC-D3-06|96|2026-10-05|224/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-10-06|",
	"YC-D3-07|31||225/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-09-01|2026-09-02",
	"YC-D4-01|01|2026-08-25|226/BHXH-CNTT|1|1|||2026-09-01",
	"YC-D4-02|04|2026-08-25|227/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-08-24|2026-08-25",
	"YC-D4-03|48|2026-08-25|228/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-08-25|2026-08-25",
	"YC-D4-04|80|2026-09-28|229/BHXH-CNTT|1|1|Lãnh đạo Ngành|2026-10-06|2026-10-05",
	"YC-D4-05|92|2026-09-28|230/BHXH-CNTT|1|1|Lãnh đạo Ngành||2026-10-01",
	"YC-D4-06|96|2026-09-28|231/BHXH-CNTT|1|1|||2026-10-06",
	"YC-D4-07|31|2018-11-27|232/BHXH-CNTT|1|1|||2018-12-03",
};

void sample_planted_requests(struct extracts *x)
{
	for (int i = 0; i < COUNT(requests); i++)
		put_row(&x->t[T_DATA_REQUEST], requests[i]);
}
