"""The pack data-requests once more: docs/rules.md, "Requests for data"."""
import datetime as dt

from _facts import as_of

RULES = ['DAT-01', 'DAT-02', 'DAT-03', 'DAT-04']
FAIL, UNSURE = 'fail', 'indeterminate'
REGULATION = dt.date(2018, 11, 28)      # QĐ 2366/QĐ-BHXH


def papers(r):
    """True: something is missing, False: nothing, None: not known."""
    known = [r['dispatch_no'] is not None, r['has_form'], r['has_description']]
    if any(k is not None and not k for k in known):
        return True
    return None if None in known else False


def judge(r, day, out):
    key, asked, given = r['request_id'], r['requested_on'], r['delivered_on']
    approved, by = r['approved_on'], r['approved_by']
    first = asked or given
    if first is None:
        out['DAT-01', key] = (UNSURE, None)
    elif first >= REGULATION and papers(r) is not False:
        out['DAT-01', key] = (UNSURE if papers(r) is None else FAIL, None)

    dated_elsewhere = approved is None and by is not None
    if given is None and (asked is None or asked >= REGULATION):
        if asked is None or dated_elsewhere:
            out['DAT-02', key] = (UNSURE, None)
        elif approved is None:
            out['DAT-02', key] = (FAIL, (day - asked).days)
    if approved and not (given and given < approved) and (asked is None or asked >= REGULATION):
        if asked is None:
            out['DAT-03', key] = (UNSURE, None)
        elif approved > asked:
            out['DAT-03', key] = (FAIL, (approved - asked).days)
    if given and first >= REGULATION:
        if dated_elsewhere:
            out['DAT-04', key] = (UNSURE, None)
        elif approved is None or approved > given:
            out['DAT-04', key] = (FAIL, ((approved or day) - given).days)


def findings(tables, day):
    out = {}
    for r in as_of(tables, day)['data_request']:
        judge(r, day, out)
    return out
