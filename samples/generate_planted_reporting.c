/* Periodic reports of the centre and the provinces: sent in time, but for the planted items of RPT-01 .. RPT-08. */
#include "generate.h"

#include <string.h>

struct period {
	const char *label, *from, *to;
	bool accounts; /* letter 907, else Thông tư 06/2025/TT-TTCP */
};

static const struct period periods[] = {
	{ "2025-Q4", "2025-09-15", "2025-12-14", false }, { "2026-Q1", "2025-12-15", "2026-03-14", false },
	{ "2026-Q2", "2026-03-15", "2026-06-14", false }, { "2026-H1", "2025-12-15", "2026-06-14", false },
	{ "2026-Q3", "2026-06-15", "2026-09-14", false }, { "2026-9M", "2025-12-15", "2026-09-14", false },
	{ "2025", "2024-12-15", "2025-12-14", false },	  { "2025-Q4", "2025-10-01", "2025-12-31", true },
	{ "2026-Q1", "2026-01-01", "2026-03-31", true },  { "2026-Q2", "2026-04-01", "2026-06-30", true },
};

/* What these units did not send on the day after the period, as the others did: their entries are below. */
static const char *const others[][2] = {
	{ "00", "2026-9M" }, { "00", "2026-Q2" }, { "00", "2026-H1" }, { "00", "2026-Q1" },
	{ "96", "2026-Q3" }, { "92", "2026-Q3" }, { "91", "2026-Q3" }, { "86", "2026-Q3" },
	{ "82", "2026-Q3" }, { "80", "2026-Q3" }, { "79", "2026-Q3" }, { "75", "2026-Q3" },
	{ "68", "2026-Q2a" }, { "66", "2026-Q2a" }, { "56", "2026-Q2a" }, { "52", "2026-Q3" },
};

/* id|unit|report|from|to|number|submitted|received */
static const char *const entries[] = {
	"BC-1-Q2|00|tcd_kntc|2026-03-15|2026-06-14|12/BC-BHXH|2026-06-18|2026-06-18",
	"BC-1-H1|00|tcd_kntc|2025-12-15|2026-06-14|13/BC-BHXH|2026-06-17|2026-06-17",
	"BC-1-Q1|00|tcd_kntc|2025-12-15|2026-03-14|14/BC-BHXH||",
	"BC-3-92|92|tcd_kntc|2026-06-15|2026-09-14|15/BC-BHXH|2026-10-06|2026-10-06",
	"BC-3-91|91|tcd_kntc|2026-06-15|2026-09-14|16/BC-BHXH||2026-09-15",
	"BC-3-86|86|tcd_kntc|2026-06-15|2026-09-15|17/BC-BHXH|2026-09-16|2026-09-16",
	"BC-4-82|82|tcd_kntc|2026-06-15|2026-09-14|18/BC-BHXH|2026-09-16|2026-09-16",
	"BC-4-80|80|tcd_kntc|2026-06-15|2026-09-14|19/BC-BHXH|2026-09-17|2026-09-17",
	"BC-4-79|79|tcd_kntc|2026-06-15|2026-09-14|20/BC-BHXH|2026-09-17|2026-09-17",
	"BC-4-79b|79|tcd_kntc|2026-06-15|2026-09-14|20/BC-BHXH|2026-09-15|2026-09-15",
	"BC-4-75|75|tcd_kntc|2026-06-15|2026-09-14|21/BC-BHXH||",
	"BC-6-66|66|account_changes|2026-04-01|2026-06-30|22/BC-BHXH|2026-07-09|2026-07-09",
	"BC-6-56|56|account_changes|2026-04-01|2026-06-30|23/BC-BHXH|2026-07-10|2026-07-10",
	"BC-7-52|52|tcd_kntc|2026-06-15|2026-09-14||2026-09-15|2026-09-15",
	"BC-8-48|48|account_changes|2026-06-15|2026-09-14|24/BC-BHXH|2026-09-15|2026-09-15",
};

static bool is_planted(const char *unit, const struct period *p)
{
	char label[16];

	(void)snprintf(label, sizeof label, "%s%s", p->label, p->accounts ? "a" : "");
	for (int i = 0; i < COUNT(others); i++)
		if (!strcmp(others[i][0], unit) && !strcmp(others[i][1], label))
			return true;
	return false;
}

static void put_report(struct extracts *x, const char *unit, const struct period *p)
{
	struct out *o = &x->t[T_REPORT_SUBMISSION];
	int sent = day_parse(p->to) + 1;

	put_f(o, "BC-%s-%s%s", unit, p->label, p->accounts ? "-TK" : "");
	put(o, unit);
	put(o, p->accounts ? "account_changes" : "tcd_kntc");
	put(o, p->from);
	put(o, p->to);
	put_f(o, "%s%d/BC-BHXH", unit, sent % 1000);
	put_day(o, sent);
	put_day(o, sent);
	end_row(o);
}

void sample_planted_reporting(struct extracts *x)
{
	for (int u = -1; u < N_PROVINCES; u++)
		for (int i = 0; i < COUNT(periods); i++) {
			const char *unit = u < 0 ? "00" : provinces[u].code;
			bool of_old_units = u >= 0 && !strcmp(periods[i].label, "2025");

			if (!(u < 0 && periods[i].accounts) && !of_old_units && !is_planted(unit, &periods[i]))
				put_report(x, unit, &periods[i]);
		}
	for (int i = 0; i < COUNT(entries); i++)
		put_row(&x->t[T_REPORT_SUBMISSION], entries[i]);
}
