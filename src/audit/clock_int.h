/* clock_int - inside the audit room: the clock without its explanation, for millions of cases. */
#ifndef RASOAT_CLOCK_INT_H
#define RASOAT_CLOCK_INT_H

#include <rasoat/clock.h>

/* As clock_compute(); without `explain` no segments are written, which is most of the time. */
void clock_decide(const struct term *t, const struct term_version *v, const struct workdays *w,
		  const struct clock_case *c, const struct clock_event *events, int n_events,
		  day_t as_of, bool explain, struct clock_result *ret);

#endif
