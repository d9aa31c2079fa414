"""Working days of the civil service, typed in from the yearly notices (not from rules/)."""
import datetime as dt

# year: (weekdays off, Saturdays worked), as "day/month" or "first-last/month".
NOTICES = {
    2019: ('1/1 4-8/2 15/4 29/4 30/4 1/5 2/9', '5/1 4/5'),
    2020: ('1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9', ''),
    2021: ('1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9', ''),
    2022: ('3/1 31/1 1-4/2 11/4 2/5 3/5 1/9 2/9', ''),
    2023: ('2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9', ''),
    2024: ('1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9', '4/5'),
    2025: ('1/1 27-31/1 7/4 30/4 1/5 2/5 1/9 2/9', '26/4'),
    2026: ('1/1 2/1 16-20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11', '10/1 22/8'),
}
DAY = dt.timedelta(days=1)


class Unknown(Exception):
    """The day is outside the calendar."""


def _days(year, text):
    out = set()
    for part in text.split():
        days, month = part.split('/')
        first, _, last = days.partition('-')
        for d in range(int(first), int(last or first) + 1):
            out.add(dt.date(year, int(month), d))
    return out


OFF = set().union(*(_days(y, off) for y, (off, _) in NOTICES.items()))
ON = set().union(*(_days(y, on) for y, (_, on) in NOTICES.items()))


def worked(day):
    if day.year not in NOTICES:
        raise Unknown(day)
    if day in ON:
        return True
    return day.weekday() < 5 and day not in OFF


def roll(day):
    while not worked(day):
        day += DAY
    return day


def add_worked(day, n):
    worked(day)  # known at all?
    while n:
        day += DAY
        n -= worked(day)
    return day
