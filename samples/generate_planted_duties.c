/*
 * The planted items of CAS-08 .. CAS-40. Case VV-C12-05 is CAS-12, number 5 in samples/README.md;
 * petition D-C19-03 is CAS-19, number 3; an event has the number of its rule too. Whatever is not
 * said of a case keeps the law. Petitions lie outside the period of the forms.
 */
#include "generate.h"

#include <stdlib.h>
#include <string.h>

/*
 * id, kind and level (c1 c2 c- d1 da d- r-), then name=value, "-" for an empty cell: received,
 * accepted (3 working days later), decided (15 days later), notified (1 working day later), closed
 * (then), how, and the duties of struct case_row.
 */
static const char *const cases[] = {
	/* CAS-08: 90 days from 04/05 end on Sunday 02/08 */
	"C8-01 c1 known=2026-05-04 received=2026-08-04",
	"C8-02 c1 known=2026-05-04 received=2026-08-03",
	"C8-03 c1 known=2026-05-04 received=2026-08-20 obstacle=1",
	"C8-04 c1 known=2026-03-02 received=2026-07-06",
	"C8-05 c1 known=- received=2026-08-03", "C8-06 c1 known=2026-08-04 received=2026-08-03",
	"C8-07 c1 known=2026-01-05 received=2026-08-03 accepted=- decided=- closed=2026-08-06 how=not_accepted",
	"C8-08 c1 known=- received=2026-08-03 obstacle=1",
	/* CAS-09 */
	"C9-01 c2 known=2026-07-06 received=2026-08-05",
	"C9-02 c2 known=2026-07-06 received=2026-08-06",
	"C9-03 c2 known=2026-07-06 received=2026-08-20 remote=1",
	"C9-04 c2 known=2026-07-06 received=2026-08-21 remote=1",
	"C9-05 c2 known=2026-07-06 received=2026-08-20 remote=-",
	"C9-06 c2 known=2026-07-06 received=2026-08-21 remote=-",
	"C9-07 c2 known=- received=2026-08-20",
	"C9-08 c2 known=2026-07-06 received=2026-08-20 obstacle=1",
	/* CAS-10 */
	"C10-01 c1 disc=discipline known=2026-07-06 received=2026-07-21",
	"C10-02 c1 disc=discipline known=2026-07-06 received=2026-07-22",
	"C10-03 c2 disc=discipline known=2026-07-06 received=2026-07-16",
	"C10-04 c2 disc=discipline known=2026-07-06 received=2026-07-17",
	"C10-05 c2 disc=dismissal known=2026-07-06 received=2026-08-05",
	"C10-06 c2 disc=dismissal known=2026-07-06 received=2026-08-06",
	"C10-07 c- disc=discipline known=2026-09-21 received=2026-09-23 decided=-",
	"C10-08 c1 disc=discipline known=- received=2026-07-21",
	"C10-09 c1 disc=dismissal known=2026-07-06 received=2026-08-20 obstacle=1",
	/* CAS-11 */
	"C11-01 c1 disc=discipline received=2026-07-10 accepted=2026-07-15 decided=2026-08-14",
	"C11-02 c1 disc=discipline received=2026-07-10 accepted=2026-07-14 decided=2026-08-14",
	"C11-03 c2 disc=dismissal received=2026-07-10 accepted=2026-07-15 decided=- complexity=complex ground=1",
	"C11-04 c1 disc=dismissal received=2026-07-10 accepted=2026-07-14 decided=2026-08-13 remote=1",
	"C11-05 c2 disc=discipline received=2026-07-10 accepted=2026-07-14 decided=2026-08-14 remote=1",
	/* CAS-12 */
	"C12-01 c1 received=2026-07-16 decided=2026-08-06 result=right",
	"C12-02 c1 received=2026-07-16 decided=2026-08-05 result=right",
	"C12-03 c1 received=2026-06-15 decided=2026-07-06 result=partly",
	"C12-04 c1 received=2026-06-15 decided=2026-07-06 result=right",
	"C12-05 c1 received=2026-06-15 decided=2026-07-06 result=wrong",
	"C12-06 c1 received=2026-07-16 decided=2026-08-05 result=right remote=1",
	"C12-07 c2 received=2026-06-15 decided=2026-07-06 result=revised",
	"C12-08 c1 received=2026-06-15 decided=2026-07-06 result=-",
	"C12-09 c1 received=2026-07-06 decided=2026-07-27 result=right remote=-",
	"C12-10 c1 received=2026-06-15 decided=2026-07-06 result=right",
	"C12-11 c1 received=2026-06-15 decided=2026-07-06 result=right",
	"C12-12 c2 prior=C12-11 known=2026-07-08 received=2026-08-04",
	"C12-13 c1 received=2026-06-15 decided=2026-07-06 result=right",
	"C12-14 c2 prior=C12-13 known=2026-07-08 received=2026-08-25 obstacle=1",
	/* CAS-13, CAS-14: see events */
	"C13-01 c1 received=2026-07-20",
	"C13-02 d1 received=2026-07-20",
	"C14-01 c1 received=2026-08-10 decided=2026-09-16",
	"C14-02 c1 received=2026-08-10 decided=- closed=2026-09-10 how=discontinued",
	"C14-03 c1 received=2026-06-15",
	"C14-04 c1 received=2026-09-14 decided=-",
	/* CAS-15, CAS-16 */
	"C15-01 c1 received=2026-06-26 decided=-", "C15-02 c1 received=2026-06-26 decided=-",
	"C15-03 c1 received=2026-06-26 decided=-",
	"C15-04 c1 received=2026-06-26 decided=2026-07-20",
	"C15-05 d1 received=2026-06-10 decided=-",
	"C16-01 c1 received=2026-07-13 decided=2026-08-10",
	"C16-02 d1 received=2026-06-01 decided=2026-06-25",
	"C16-03 c1 received=2026-06-22 decided=2026-07-16",
	/* CAS-17 */
	"C17-01 c1 received=2026-07-01 accepted=2026-07-06 notice=2026-07-10",
	"C17-02 c1 received=2026-07-01 accepted=2026-07-06 notice=2026-07-11",
	"C17-03 c1 received=2026-07-01 accepted=2026-07-06 notice=-",
	"C17-04 c1 received=2026-07-01 accepted=2026-07-15 notice=2026-07-15",
	"C17-05 c1 received=2026-07-01 accepted=2026-07-15 notice=2026-07-16",
	"C17-06 c1 received=2026-07-01 accepted=2026-07-06 notice=2026-07-05",
	"C17-07 c1 received=2026-09-30 accepted=- decided=-",
	"C17-08 c1 received=2026-09-23 accepted=2026-09-28 notice=- decided=-",
	"C17-09 c1 received=2026-09-24 accepted=2026-09-28 notice=2026-10-06 decided=-",
	/* CAS-18 */
	"C18-01 c1 received=2026-06-29 accepted=2026-07-02 complexity=complex",
	"C18-02 c1 received=2026-06-25 accepted=2026-06-30 complexity=complex",
	"C18-03 c1 received=2026-06-29 accepted=2026-07-02 complexity=complex ground=1",
	"C18-04 c2 received=2026-06-29 accepted=2026-07-02 complexity=very_complex",
	/* CAS-20 */
	"C20-01 d1 received=2026-08-03 accepted=- decided=- closed=2026-08-10 how=transferred",
	"C20-02 d1 received=2026-08-03 accepted=- decided=- closed=2026-08-11 how=transferred",
	"C20-03 d1 received=2026-08-03 accepted=- decided=- closed=2026-07-31 how=transferred",
	"C20-04 d1 received=2026-08-03 decided=- closed=2026-08-21 how=transferred",
	/* CAS-22 */
	"C22-01 d1 received=2026-07-29 accepted=2026-08-03 notice=2026-08-10",
	"C22-02 d1 received=2026-07-29 accepted=2026-08-03 notice=2026-08-11",
	"C22-03 d1 received=2026-09-22 accepted=2026-09-25 notice=- decided=-",
	"C22-04 d1 received=2026-09-23 accepted=2026-09-28 notice=- decided=-",
	"C22-05 d1 received=2026-07-29 accepted=2026-08-03 notice=2026-07-31",
	"C22-06 d1 received=2026-09-22 accepted=2026-09-25 notice=2026-10-06 decided=-",
	/* CAS-23, CAS-25: see events */
	"C23-01 d1 received=2026-07-27", "C25-01 d1 received=2026-08-10 decided=2026-09-16",
	"C25-02 d1 received=2026-08-10 decided=2026-09-16",
	"C25-03 d1 received=2026-08-10 decided=- closed=2026-09-10 how=discontinued",
	"C25-04 d1 received=2026-08-10 decided=2026-09-16",
	/* CAS-26, CAS-27 */
	"C26-01 d1 received=2026-08-03 decided=2026-08-20 handled=2026-08-28",
	"C26-02 d1 received=2026-08-03 decided=2026-08-20 handled=2026-09-01",
	"C26-03 d1 received=2026-09-01 decided=2026-09-23 handled=-",
	"C26-04 d1 received=2026-09-01 decided=2026-09-24 handled=-",
	"C26-05 d1 received=2026-08-03 decided=2026-08-20 handled=2026-08-19",
	"C26-06 d1 received=2026-08-03 decided=- closed=2026-08-20 how=withdrawn handled=-",
	"C27-01 d1 received=2026-08-03 decided=2026-08-20 published=2026-08-28",
	"C27-02 d1 received=2026-08-03 decided=2026-08-20 published=2026-08-29",
	"C27-03 d1 received=2026-09-01 decided=2026-09-23 published=2026-10-06",
	"C27-04 d1 received=2026-09-01 decided=2026-09-24 published=-",
	"C27-05 d1 received=2026-08-03 decided=2026-08-20 published=2026-08-19",
	/* CAS-28 */
	"C28-00 d1 received=2026-03-02",
	"C28-01 da prior=C28-00 received=2026-08-10 accepted=2026-09-03",
	"C28-02 da prior=C28-00 received=2026-08-10 accepted=2026-09-04",
	"C28-03 da prior=C28-00 received=2026-09-11 accepted=- decided=-",
	"C28-04 da received=2026-09-15 accepted=- decided=-",
	"C28-05 da prior=C28-00 received=2026-08-10 accepted=2026-08-07 decided=2026-08-28",
	"C28-06 da prior=C28-00 received=2026-08-10 accepted=- decided=- closed=2026-09-07 how=not_accepted",
	/* CAS-29: the case before is due on Monday 24/08; CAS-30 */
	"C29-00 d1 received=2026-07-21 accepted=2026-07-24 decided=2026-09-25",
	"C29-01 da prior=C29-00 received=2026-08-26",
	"C29-02 da prior=C29-00 received=2026-08-26", "C29-03 da prior=C29-00 received=2026-09-09",
	"C29-04 da prior=C29-00 received=2026-08-24",
	"C30-01 d1 received=2026-07-13",
	"C30-02 d1 received=2026-07-13",
	"C30-03 d1 received=2026-08-31",
	"C30-04 d1 received=2026-07-13",
	/* CAS-32, CAS-33: the cases of petitions */
	"C32-01 d1 received=2026-03-02 many=0", "C32-02 d1 received=2026-03-02 many=1",
	"C33-01 c1 received=2026-03-10 accepted=2026-03-13 decided=2026-04-03",
	/* CAS-36, CAS-37 */
	"C36-01 c1 received=2026-09-28 accepted=2026-09-30 notice=2026-10-01 decided=- national=-",
	"C36-02 c1 received=2026-09-28 accepted=2026-09-30 notice=2026-10-02 decided=- national=-",
	"C36-03 d1 received=2026-09-28 accepted=2026-10-01 decided=- national=-",
	"C36-04 r- received=2026-10-01 accepted=- decided=- national=-",
	"C36-05 c1 received=2026-09-30 accepted=- decided=- national=-",
	"C36-06 r- received=2021-12-31 accepted=- decided=- national=-",
	"C36-07 r- received=2022-03-01 accepted=- decided=- national=-",
	"C36-08 r- received=2026-10-01 accepted=- decided=- national=2026-10-06",
	"C36-09 r- received=2026-10-02 accepted=- decided=- national=-",
	"C37-01 d1 received=2026-07-30 accepted=2026-08-03 national=2026-08-04",
	"C37-02 d1 received=2026-07-30 accepted=2026-08-03 national=2026-08-05",
	"C37-03 r- received=2026-08-07 accepted=- decided=- national=2026-08-10",
	"C37-04 r- received=2026-08-07 accepted=- decided=- national=2026-08-11",
	"C37-05 r- received=2022-03-01 accepted=- decided=- national=2023-10-11",
	"C37-06 c1 received=2026-07-30 accepted=2026-08-03 notice=2026-08-06 national=2026-08-07",
	"C37-07 r- received=2022-03-01 accepted=- decided=- national=2023-10-10",
	/* CAS-40: see events */
	"C40-01 c1 received=2026-07-13",
	"C40-02 c1 received=2026-07-13",
	"C40-03 d1 received=2026-07-13 decided=2026-08-12",
	"C40-04 d1 received=2026-07-13", "C40-05 c1 received=2026-07-13",
};

/* id|case|kind|day|days|document|sent|staff; sent empty: in time, "-": not sent */
static const char *const events[] = {
	"SK12-04|VV-C12-04|execute|2026-09-30||4/TH", "SK12-10|VV-C12-10|execute|2026-07-05||10/TH",
	"SK13-01|VV-C13-01|dialogue|2026-08-20||1/TB|2026-08-15",
	"SK13-02|VV-C13-01|dialogue|2026-08-20||2/TB|2026-08-16",
	"SK13-03|VV-C13-01|dialogue|2026-06-30||3/TB|2026-06-29",
	"SK13-04|VV-C13-01|dialogue|2026-07-05||4/TB|2026-07-04",
	"SK13-05|VV-C13-01|dialogue|2026-07-06||5/TB|2026-07-02",
	"SK13-06|VV-C13-01|dialogue|2026-08-20||6/TB|-",
	"SK13-07|VV-C13-01|dialogue|2026-08-20||7/TB|2026-08-21",
	"SK13-08|VV-C13-02|dialogue|2026-08-20||8/TB|2026-08-19",
	"SK14-01|VV-C14-01|suspend|2026-08-28||1/QĐ|2026-09-07",
	"SK14-02|VV-C14-01|resume|2026-09-03||2/QĐ|2026-09-09",
	"SK14-03|VV-C14-02|discontinue|2026-09-10||3/QĐ|-",
	"SK14-04|VV-C14-03|suspend|2026-06-30||4/QĐ|-",
	"SK14-05|VV-C14-03|resume|2026-07-01||5/QĐ|2026-06-30",
	"SK14-06|VV-C14-04|suspend|2026-09-30||6/QĐ|-",
	"SK15-01|VV-C15-01|suspend|2026-07-07||1/QĐ", "SK15-02|VV-C15-02|suspend|2026-07-06||2/QĐ",
	"SK15-03|VV-C15-03|suspend|2026-07-06||3/QĐ", "SK15-04|VV-C15-03|resume|2026-10-01||4/QĐ",
	"SK15-05|VV-C15-04|suspend|2026-07-06||5/QĐ", "SK15-06|VV-C15-05|suspend|2026-06-22||6/QĐ",
	"SK15-07|VV-C15-05|resume|2026-06-26||7/QĐ", "SK15-08|VV-C15-05|suspend|2026-07-02||8/QĐ",
	"SK16-01|VV-C16-01|suspend|2026-07-20||", "SK16-02|VV-C16-01|resume|2026-07-24||2/QĐ",
	"SK16-03|VV-C16-02|suspend|2026-06-08||", "SK16-04|VV-C16-02|resume|2026-06-12||4/QĐ",
	"SK16-05|VV-C16-03|suspend|2026-06-30||", "SK16-06|VV-C16-03|resume|2026-07-02||6/QĐ",
	"SK23-01|VV-C23-01|extend|2026-08-10|30|",
	"SK25-01|VV-C25-01|suspend|2026-08-28||1/QĐ|2026-09-09",
	"SK25-02|VV-C25-01|resume|2026-09-03||2/QĐ|-",
	"SK25-03|VV-C25-02|suspend|2026-08-28||3/QĐ|2026-09-10",
	"SK25-04|VV-C25-02|resume|2026-09-03||4/QĐ",
	"SK25-05|VV-C25-03|discontinue|2026-09-10||5/QĐ|-",
	"SK25-06|VV-C25-04|suspend|2026-08-28||6/QĐ|2026-08-27",
	"SK25-07|VV-C25-04|resume|2026-09-03||7/QĐ",
	"SK29-01|VV-C29-01|request_report|2026-09-07||1/YC",
	"SK29-02|VV-C29-01|report|2026-09-10||2/BC",
	"SK29-03|VV-C29-02|request_report|2026-09-08||3/YC",
	"SK29-04|VV-C29-02|report|2026-09-10||4/BC",
	"SK30-01|VV-C30-01|request_report|2026-07-31||1/YC|2026-08-03",
	"SK30-02|VV-C30-01|report|2026-08-10||2/BC",
	"SK30-03|VV-C30-02|request_report|2026-07-31||3/YC|2026-08-03",
	"SK30-04|VV-C30-02|report|2026-08-11||4/BC",
	"SK30-05|VV-C30-03|request_report|2026-09-25||5/YC|2026-09-25",
	"SK30-06|VV-C30-04|request_report|2026-07-31||6/YC|2026-07-30",
	"SK40-01|VV-C40-01|verify|2026-07-20|||-|NV0021",
	"SK40-02|VV-C40-01|decide|2026-07-31|||-|NV0021",
	"SK40-03|VV-C40-02|verify|2026-07-20|||-|NV0021",
	"SK40-04|VV-C40-02|decide|2026-07-31|||-|NV0022",
	"SK40-05|VV-C40-02|accept|2026-07-16|||-|NV0022",
	"SK40-06|VV-C40-03|verify|2026-07-20|||-|NV0021",
	"SK40-07|VV-C40-03|verify|2026-07-21|||-|NV0022",
	"SK40-08|VV-C40-03|suspend|2026-07-22||8/QĐ||NV0022",
	"SK40-09|VV-C40-03|resume|2026-07-24||9/QĐ||NV0022",
	"SK40-10|VV-C40-04|verify|2026-07-20|||-|NV0021",
	"SK40-11|VV-C40-04|decide|2026-07-31|||-|",
	"SK40-12|VV-C40-05|verify|2026-07-20|||-|NV0021",
	"SK40-13|VV-C40-05|decide|2026-10-06|||-|NV0021",
};

/* id|unit|received|source|kind|level|senders|anonymous|eligible|duplicate|field|authority|handling|
   handled|notified|case|source told|source told the result|national database */
static const char *const petitions[] = {
	/* CAS-19: five working days from 23/04 end on 05/05 */
	"D-C19-01|01001|2026-04-23|post|denunciation|first|1|0|1||policy|other|forward|2026-05-05|2026-05-05",
	"D-C19-02|01001|2026-04-23|post|denunciation|first|1|0|1||policy|other|forward|2026-05-06|2026-05-06",
	"D-C19-03|01002|2026-04-23|post|denunciation|first|1|0|1||policy|other|forward|2026-05-04|2026-05-06",
	"D-C19-04|01002|2026-04-23|post|denunciation|first|1|0|1||policy|other|forward|2026-05-04|",
	"D-C19-05|48001|2026-04-23|post|denunciation|first|1|1|1||policy|other|forward|2026-05-05|",
	"D-C19-06|48001|2026-04-23|post|denunciation|first|1||1||policy|other|forward|2026-05-04|",
	"D-C19-07|48002|2026-04-23|post|denunciation|first|1||1||policy|other|forward|2026-05-04|2026-05-05",
	"D-C19-08|48002|2026-04-23|post|denunciation|first|1|0|1||policy|other|forward|2026-04-22|2026-05-05",
	/* CAS-21: 20 days from 10/04 end on 30/04, a holiday: Monday 04/05 */
	"D-C21-01|80001|2026-04-10|transferred|denunciation|first|1|0|1||policy|own|accept|2026-04-15|||2026-05-04",
	"D-C21-02|80001|2026-04-10|transferred|denunciation|first|1|0|1||policy|own|accept|2026-04-15|||2026-05-05",
	"D-C21-03|80002|2026-03-02|transferred|denunciation|first|1|0|1||policy|own|accept|2026-03-05|||",
	"D-C21-04|80002|2026-04-10|transferred|denunciation|first|1|0|1||policy|own|accept|2026-04-15|||2026-04-09",
	/* CAS-31: ten working days from 16/04 end on 05/05 */
	"D-C31-01|80003|2026-04-16|post|complaint|first|1|0|1||policy|own|accept|2026-05-05|",
	"D-C31-02|80003|2026-04-16|post|complaint|first|1|0|1||policy|own|accept|2026-05-06|",
	"D-C31-03|80003|2026-04-16|post|complaint|first|1|0|1||policy|own|accept|2026-04-15|",
	"D-C31-04|80003|2021-11-12|post|complaint|first|1|0|1||policy|own|accept|2022-03-01|",
	/* CAS-32: received 02/03: 7 working days to 11/03, 10 to 16/03 */
	"D-C32-01|01003|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-11||VV-C32-01",
	"D-C32-02|01003|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-12||VV-C32-01",
	"D-C32-03|01003|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-16||VV-C32-02",
	"D-C32-04|01003|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-17||VV-C32-02",
	"D-C32-05|01004|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-11|",
	"D-C32-06|01004|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-12|",
	"D-C32-07|01004|2026-03-02|post|denunciation|first|1|0|1||policy|own|accept|2026-03-17|",
	"D-C32-08|01004|2026-03-02|post|denunciation|again|1|0|1||policy|own|accept|2026-03-23|",
	"D-C32-09|01004|2026-03-02|post|denunciation|again|1|0|1||policy|own|accept|2026-03-24|",
	/* CAS-33: decided on 03/04, seven working days to 14/04 */
	"D-C33-01|48003|2026-03-10|transferred|complaint|first|1|0|1||policy|own|accept|2026-03-13||VV-C33-01|2026-03-16|2026-04-14",
	"D-C33-02|48003|2026-03-10|transferred|complaint|first|1|0|1||policy|own|accept|2026-03-13||VV-C33-01|2026-03-16|2026-04-15",
	"D-C33-03|48003|2026-03-10|transferred|complaint|first|1|0|1||policy|own|accept|2026-03-13||VV-C33-01|2026-03-16|",
	"D-C33-04|48003|2026-03-10|transferred|complaint|first|1|0|1||policy|own|accept|2026-03-13||VV-C33-01|2026-03-16|2026-04-02",
	"D-C33-05|48003|2026-03-10|transferred|recommendation||1|0|1||policy|own|accept|2026-03-13||VV-C33-01|2026-03-16|",
	"D-C33-06|48003|2026-04-06|transferred|complaint|first|1|0|1||policy|own|accept|2026-04-08||VV-C33-01|2026-04-09|",
	/* CAS-35 */
	"D-C35-01|48005|2026-03-02|post|denunciation|first|1|0|1||policy|other|forward|2026-03-06|2026-03-06",
	"D-C35-02|48005|2026-03-05|post|denunciation|first|1|0|1|D-C35-01|policy|other|forward|2026-03-10|2026-03-10",
	"D-C35-03|48006|2026-03-05|post|denunciation|first|1|0|1|D-C35-01|policy|other|forward|2026-03-10|2026-03-10",
	"D-C35-04|48005|2026-03-05|post|denunciation|first|1|0|1|D-C35-01|policy|other|file|2026-03-10|",
	/* CAS-38, CAS-39 */
	"D-C38-01|80006|2026-10-01|post|recommendation||1|0|||policy||||||||",
	"D-C38-02|80006|2026-10-02|post|recommendation||1|0|||policy||||||||",
	"D-C38-03|80006|2026-10-01|post|recommendation||1|0|||policy||||||||2026-10-06",
	"D-C39-01|80006|2026-09-18|post|recommendation||1|0|1||policy|own|accept|2026-09-22|||||2026-09-21",
	"D-C39-02|80006|2026-09-18|post|recommendation||1|0|1||policy|own|accept|2026-09-22|||||2026-09-22",
	"D-C39-03|80006|2026-09-18|post|recommendation||1|0|1||policy|own|accept|2026-09-22|||||2026-09-17",
};

/* What follows "name=" in `line`, in `ret`; false when it is not there. "-" is an empty text. */
static bool value_of(const char *line, const char *name, char *ret, size_t size)
{
	char wanted[32];
	const char *p;

	(void)snprintf(wanted, sizeof wanted, " %s=", name);
	p = strstr(line, wanted);
	if (!p)
		return false;
	p += strlen(wanted);
	(void)snprintf(ret, size, "%.*s", (int)strcspn(p, " "), p);
	if (!strcmp(ret, "-"))
		*ret = '\0';
	return true;
}

static int day_in(const char *line, const char *name, int lawful)
{
	char text[32];

	return value_of(line, name, text, sizeof text) ? day_parse(text) : lawful;
}

/* The dates of a healthy life, unless they are given. */
static void put_dates(const char *line, struct case_row *c)
{
	bool decided;

	c->received = day_in(line, "received", NO_DAY);
	c->accepted = day_in(line, "accepted", day_add_worked(c->received, 3));
	c->decided = day_in(line, "decided", c->accepted == NO_DAY ? NO_DAY : day_roll(c->accepted + 15));
	decided = c->decided != NO_DAY;
	c->notified = day_in(line, "notified", decided ? day_add_worked(c->decided, 1) : NO_DAY);
	c->closed = day_in(line, "closed", c->notified);
	c->act_known = day_in(line, "known", 0);
	c->notice = day_in(line, "notice", 0);
	c->handled = day_in(line, "handled", 0);
	c->published = day_in(line, "published", 0);
	c->national = day_in(line, "national", 0);
}

static void put_line(struct extracts *x, const char *line, int i)
{
	static const char *const units[] = { "01005", "01006", "48003", "48005", "80003", "80006" };
	static const char *const upper[] = { "01", "48", "80" };
	static const char *const words[] = { "first", "second", "again", "" };
	char id[24], number[32] = "", prior[48], text[6][32];
	const char *kind = strchr(line, ' ') + 1;
	bool second = kind[1] == '2';
	struct case_row c = { .id = id, .decision_no = number, .field = "policy", .complexity = "normal" };

	(void)snprintf(id, sizeof id, "VV-%.*s", (int)strcspn(line, " "), line);
	c.unit = second || kind[1] == 'a' ? upper[i % 3] : units[i % 6];
	c.kind = *kind == 'c' ? "complaint" : *kind == 'd' ? "denunciation" : "recommendation";
	c.level = words[strcspn("12a-", (char[]){ kind[1], '\0' })];
	put_dates(line, &c);
	if (c.decided != NO_DAY)
		(void)snprintf(number, sizeof number, "%d/%s-BHXH", 600 + i, *kind == 'd' ? "KL" : "QĐ");
	c.result = value_of(line, "result", text[0], sizeof *text) ? text[0] : c.decided == NO_DAY ? "" :
		   second ? "upheld" : "wrong";
	c.remote = value_of(line, "remote", text[1], sizeof *text) ? text[1] : "0";
	c.many = value_of(line, "many", text[2], sizeof *text) ? text[2] : "0";
	c.complexity = value_of(line, "complexity", text[3], sizeof *text) ? text[3] : "normal";
	c.closed_how = value_of(line, "how", text[4], sizeof *text) ? text[4] : c.closed == NO_DAY ? "" : "decided";
	c.discipline = value_of(line, "disc", text[5], sizeof *text) ? text[5] : NULL;
	c.ground = strstr(line, " ground=") ? "Xác minh tại 02 địa điểm trở lên" : "";
	c.late_ground = strstr(line, " obstacle=") ? "Thiên tai, có xác nhận của Ủy ban nhân dân xã" : NULL;
	if (value_of(line, "prior", text[0], sizeof *text)) {
		(void)snprintf(prior, sizeof prior, "VV-%s", text[0]);
		c.prior = prior;
		c.result = c.decided == NO_DAY ? "" : second ? "upheld" : "wrong";
	}
	put_case(x, &c);
}

static void put_event_line(struct extracts *x, const char *cells)
{
	const char *cell[8];
	char room[256];
	int n = split_cells(cells, room, sizeof room, cell, COUNT(cell));

	put_step(x, &(struct event_row){ .id = cell[0], .case_id = cell[1], .kind = cell[2],
					 .on = day_parse(cell[3]), .days = (int)strtol(cell[4], NULL, 10), .document = cell[5],
					 .sent = n > 6 && *cell[6] ? day_parse(cell[6]) : 0,
					 .staff = n > 7 ? cell[7] : NULL });
}

void sample_planted_duties(struct extracts *x)
{
	for (int i = 0; i < COUNT(cases); i++)
		put_line(x, cases[i], i);
	for (int i = 0; i < COUNT(events); i++)
		put_event_line(x, events[i]);
	for (int i = 0; i < COUNT(petitions); i++)
		put_petition_cells(x, petitions[i]);
}
