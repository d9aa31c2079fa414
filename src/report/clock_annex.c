/* The annex of a case file: the clocks of the case, step by step, on one page. */
#include <rasoat/clock_annex.h>

#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>

enum { A_WHAT, A_FROM, A_TO, A_COUNTED, A_STOPPED, A_DOCUMENT, A_DUE, A_COLUMNS };

struct annex {
	struct arena *a;
	const struct workspace *w;
	const struct clock_file *f;
	struct document *d;
	struct doc_section *s;
	struct cell *cells;
	enum row_kind *kinds;
	int n, cap;
	double font; /* of the table */
	bool signs, *drawn; /* which of the clocks */
};

/* ---- words ---- */

static const char *dmy(struct arena *a, day_t day)
{
	char text[11];

	return arena_strdup(a, date_dmy(day, text));
}

const char *clock_annex_name(struct arena *a, const struct clock_file *f)
{
	char iso[11], *id = arena_strdup(a, f->case_id);

	for (char *p = id; *p; p++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.", *p) ||
		    (p == id && *p == '.'))
			*p = '_';
	return arena_printf(a, "clock-%s-%s", id, date_iso(f->as_of, iso));
}

static const char *kind_words(struct arena *a, const struct clock_file *f)
{
	const char *level = str_eq(f->level, "first")  ? " lần đầu" :
			    str_eq(f->level, "second") ? " lần hai" :
			    str_eq(f->level, "again")  ? " tiếp" : "";
	const char *about = str_eq(f->discipline, "discipline") ? " quyết định kỷ luật" :
			    str_eq(f->discipline, "dismissal")	? " quyết định kỷ luật buộc thôi việc" : "";

	if (str_eq(f->kind, "complaint"))
		return arena_printf(a, "Khiếu nại%s%s", about, level);
	return str_eq(f->kind, "denunciation") ? arena_printf(a, "Tố cáo%s", level) : "Kiến nghị, phản ánh";
}

static const char *complexity_words(struct arena *a, const struct clock_file *f)
{
	const char *word = str_eq(f->complexity, "complex")	 ? "phức tạp" :
			   str_eq(f->complexity, "very_complex") ? "đặc biệt phức tạp" : NULL;

	if (!word)
		return f->complexity ? "không phức tạp" : "chưa ghi tính chất";
	return f->ground ? arena_printf(a, "%s (căn cứ: %s)", word, f->ground) :
			   arena_printf(a, "%s (chưa ghi căn cứ)", word);
}

const char *clock_file_words(struct arena *a, const struct clock_file *f, const char *unit)
{
	return arena_printf(a, "%s; %s%s%s; đơn vị giải quyết: %s", kind_words(a, f), complexity_words(a, f),
			    f->remote == 1 ? "; vùng sâu, vùng xa" : "",
			    f->many_places == 1 ? "; phải xác minh tại nhiều nơi" : "", unit && *unit ? unit : "chưa ghi");
}

const char *clock_verdict(struct arena *a, const struct clock_entry *x, day_t as_of)
{
	const struct clock_result *r = &x->result;

	switch (r->status) {
	case CLOCK_ON_TIME:
		return "đúng hạn";
	case CLOCK_LATE:
	case CLOCK_OVERDUE:
		return arena_printf(a, "quá hạn %d ngày", r->overdue_days);
	case CLOCK_RUNNING:
		return arena_printf(a, "còn %d ngày", (int)(r->due_on - as_of));
	case CLOCK_SUSPENDED:
		return "đang tạm đình chỉ, hạn cuối còn lùi";
	case CLOCK_INDETERMINATE:
		break;
	}
	return arena_printf(a, "chưa xác định được: %s", r->reason);
}

/* ---- the table ---- */

static struct cell *row(struct annex *x, enum row_kind kind)
{
	if (x->n == x->cap) {
		int cap = x->cap ? x->cap * 2 : 32;
		struct cell *cells = ARENA_ARRAY(x->a, (size_t)cap * A_COLUMNS, struct cell);
		enum row_kind *kinds = ARENA_ARRAY(x->a, (size_t)cap, enum row_kind);

		if (x->n) {
			memcpy(cells, x->cells, sizeof(*cells) * (size_t)x->n * A_COLUMNS);
			memcpy(kinds, x->kinds, sizeof(*kinds) * (size_t)x->n);
		}
		x->cells = cells;
		x->kinds = kinds;
		x->cap = cap;
	}
	x->kinds[x->n] = kind;
	return &x->cells[(size_t)x->n++ * A_COLUMNS];
}

static const char *law(struct annex *x, const struct term_version *v)
{
	const struct basis *b = v->n_bases ? &v->bases[0] : NULL;

	if (!b)
		return "";
	return arena_printf(x->a, " (%s%s%s)", b->clause ? b->clause : "", b->clause ? " " : "", b->document);
}

/* What stands in other columns is not said again. */
static const char *segment_words(struct annex *x, const struct clock_segment *s)
{
	bool says_more = strchr(s->note, ':') || strchr(s->note, ';');
	const char *since = strstr(s->note, " kể từ ngày ");

	switch (s->kind) {
	case SEG_BASE:
		return since && !says_more ? arena_strndup(x->a, s->note, (size_t)(since - s->note)) : s->note;
	case SEG_ROLL:
		return "Ngày cuối là ngày nghỉ";
	case SEG_SUSPENSION:
		return s->open ? "Tạm đình chỉ, chưa có quyết định tiếp tục giải quyết" : "Tạm đình chỉ giải quyết";
	case SEG_EXTENSION:
		return says_more ? s->note : "Gia hạn giải quyết";
	default:
		return s->note;
	}
}

static void add_mile(struct annex *x, const char *label, day_t day, const char *document)
{
	struct cell *c = row(x, ROW_BODY);

	c[A_WHAT] = cell_str(label);
	c[A_FROM] = cell_day(day);
	c[A_DOCUMENT] = cell_str(document);
}

static void add_segment(struct annex *x, const struct clock_segment *s)
{
	struct cell *c = row(x, ROW_BODY);
	day_t first, last;

	clock_segment_days(s, &first, &last);
	c[A_WHAT] = cell_str(segment_words(x, s));
	c[A_FROM] = cell_day(first == DAY_NONE ? s->on : first);
	c[A_TO] = cell_day(last);
	if (clock_segment_counted(s))
		c[A_COUNTED] = cell_int(clock_segment_counted(s));
	if (s->kind == SEG_SUSPENSION)
		c[A_STOPPED] = cell_int(s->days);
	if (s->kind != SEG_BASE)
		c[A_DOCUMENT] = cell_str(s->document);
	c[A_DUE] = cell_day(s->to);
}

static void add_entry(struct annex *x, int i)
{
	const struct clock_entry *e = &x->f->entries[i];
	bool bad = e->result.status == CLOCK_LATE || e->result.status == CLOCK_OVERDUE ||
		   e->result.status == CLOCK_INDETERMINATE;
	struct cell *c = row(x, ROW_GROUP);

	c[0] = cell_str(arena_printf(x->a, "%d. %s%s", i + 1, e->term->title, law(x, e->version)));
	add_mile(x, e->start_label, e->facts.starts_on, e->start_document);
	for (int k = 0; k < e->result.n_segments; k++)
		add_segment(x, &e->result.segments[k]);
	if (e->end_label)
		add_mile(x, arena_printf(x->a, "%s: %s", e->end_label, clock_verdict(x->a, e, x->f->as_of)),
			 e->facts.ended_on, e->end_document);
	else
		add_mile(x, arena_printf(x->a, "Chưa kết thúc: %s", clock_verdict(x->a, e, x->f->as_of)), DAY_NONE, NULL);
	c = &x->cells[(size_t)(x->n - 1) * A_COLUMNS];
	c[A_DUE] = cell_day(e->result.due_on);
	for (int k = 0; k < A_COLUMNS; k++)
		c[k].flags = CELL_BOLD | (bad ? CELL_WARN : 0);
}

static void add_table(struct annex *x)
{
	static const struct doc_column columns[A_COLUMNS] = {
		{ "step", "Diễn biến", 0, ALIGN_LEFT, CELL_TEXT, false },
		{ "from", "Từ ngày", 21, ALIGN_CENTER, CELL_DATE, false },
		{ "to", "Đến hết ngày", 21, ALIGN_CENTER, CELL_DATE, false },
		{ "counted", "Số ngày tính", 13, ALIGN_CENTER, CELL_INT, false },
		{ "stopped", "Không tính", 13, ALIGN_CENTER, CELL_INT, false },
		{ "document", "Văn bản", 26, ALIGN_LEFT, CELL_TEXT, false },
		{ "due", "Hạn cuối", 21, ALIGN_CENTER, CELL_DATE, false },
	};
	struct doc_table *t = ARENA_NEW(x->a, struct doc_table);

	*t = (struct doc_table){ .id = "clock", .n_columns = A_COLUMNS };
	t->columns = ARENA_ARRAY(x->a, A_COLUMNS, struct doc_column);
	memcpy(t->columns, columns, sizeof(columns));
	t->font_size = x->font;
	t->rows = doc_rows_array(x->a, x->cells, x->kinds, x->n, A_COLUMNS);
	doc_table_simple_heads(x->d, t);
	doc_add(x->d, x->s, BLOCK_TABLE, NULL)->table = t;
}

/* ---- the drawing ---- */

static bool is_stopped(const struct clock_result *r, day_t day)
{
	for (int i = 0; i < r->n_segments; i++)
		if (r->segments[i].kind == SEG_SUSPENSION && day >= r->segments[i].begins && day < r->segments[i].ends)
			return true;
	return false;
}

/* Where the drawing ends for this clock. */
static day_t last_drawn(const struct clock_entry *e, day_t as_of)
{
	day_t last = e->end_label ? e->facts.ended_on : as_of;

	return e->result.due_on != DAY_NONE && e->result.due_on > last ? e->result.due_on : last;
}

/* Day by day; `own` counts the days that the term has without extensions. */
static enum span_kind kind_of(const struct clock_entry *e, day_t day, int *own)
{
	if (is_stopped(&e->result, day))
		return SPAN_PAUSE;
	if (day > e->result.due_on)
		return SPAN_LATE;
	return (*own)-- > 0 ? SPAN_TERM : SPAN_EXTENSION;
}

static int own_days(const struct clock_result *r)
{
	int days = (int)(r->segments[0].to - r->segments[0].from);

	for (int i = 1; i < r->n_segments; i++)
		if (r->segments[i].kind == SEG_EXTENSION)
			return days;
	return days + 100000; /* a day off at its end is the term's own */
}

static void add_spans(struct annex *x, struct doc_lane *lane, const struct clock_entry *e, day_t zero)
{
	day_t last = last_drawn(e, x->f->as_of);
	struct doc_span *spans = ARENA_ARRAY(x->a, (size_t)(last - e->facts.starts_on) + 1, struct doc_span);
	int own = own_days(&e->result);

	for (day_t day = e->facts.starts_on + 1; day <= last; day++) {
		enum span_kind kind = kind_of(e, day, &own);
		int at = (int)(day - zero);

		if (day > e->result.due_on && (e->result.status == CLOCK_SUSPENDED || e->result.status == CLOCK_INDETERMINATE))
			break;
		if (lane->n_spans && spans[lane->n_spans - 1].kind == kind)
			spans[lane->n_spans - 1].to = at;
		else
			spans[lane->n_spans++] = (struct doc_span){ .kind = kind, .from = at - 1, .to = at };
	}
	for (int i = 0; i < lane->n_spans; i++)
		spans[i].text = arena_printf(x->a, "%d", spans[i].to - spans[i].from);
	lane->spans = spans;
}

static int by_place(const void *a, const void *b)
{
	const struct doc_tick *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void add_ticks(struct annex *x, struct doc_lane *lane, const struct clock_entry *e, day_t zero)
{
	static const enum tick_kind kinds[] = {
		[CLOCK_ON_TIME] = TICK_GOOD,   [CLOCK_LATE] = TICK_BAD,		[CLOCK_RUNNING] = TICK_PLAIN,
		[CLOCK_OVERDUE] = TICK_BAD,    [CLOCK_SUSPENDED] = TICK_PLAIN, [CLOCK_INDETERMINATE] = TICK_OPEN,
	};
	struct doc_tick *t = ARENA_ARRAY(x->a, 3, struct doc_tick);
	day_t end = e->end_label ? e->facts.ended_on : x->f->as_of;
	int n = 0;

	t[n++] = (struct doc_tick){ TICK_PLAIN, (int)(e->facts.starts_on - zero), dmy(x->a, e->facts.starts_on) };
	if (e->result.due_on != DAY_NONE)
		t[n++] = (struct doc_tick){ TICK_PLAIN, (int)(e->result.due_on - zero),
					    arena_printf(x->a, "hạn %s", dmy(x->a, e->result.due_on)) };
	t[n++] = (struct doc_tick){ kinds[e->result.status], (int)(end - zero),
				    arena_printf(x->a, e->end_label ? "xong %s" : "tính đến %s", dmy(x->a, end)) };
	qsort(t, (size_t)n, sizeof(*t), by_place);
	lane->ticks = t;
	lane->n_ticks = n;
}

/* Clocks that end before they start, or whose last day is unknown, cannot be drawn. */
static bool can_draw(const struct clock_entry *e)
{
	return e->result.due_on != DAY_NONE && e->result.n_segments > 0 &&
	       (!e->end_label || e->facts.ended_on >= e->facts.starts_on);
}

/* A drawing tells what a line of the table does not: what was added, stopped, or late. */
static bool is_plain(const struct clock_entry *e)
{
	for (int i = 1; i < e->result.n_segments; i++)
		if (e->result.segments[i].kind != SEG_ROLL)
			return false;
	return e->result.status == CLOCK_ON_TIME || e->result.status == CLOCK_RUNNING;
}

/* The longest of those marked, or of all. */
static int longest(const struct annex *x, const bool *marked)
{
	int best = -1;
	day_t most = 0;

	for (int i = 0; i < x->f->n_entries; i++) {
		const struct clock_entry *e = &x->f->entries[i];
		day_t length = can_draw(e) ? last_drawn(e, x->f->as_of) - e->facts.starts_on : -1;

		if (length >= 0 && (!marked || marked[i]) && (best < 0 || length > most)) {
			best = i;
			most = length;
		}
	}
	return best;
}

/* Where the scale begins, and how long it is. */
static day_t scale(const struct annex *x, int *length)
{
	day_t zero = DAY_NONE, last = DAY_NONE;

	for (int i = 0; i < x->f->n_entries; i++) {
		const struct clock_entry *e = &x->f->entries[i];

		if (x->drawn[i] && (zero == DAY_NONE || e->facts.starts_on < zero))
			zero = e->facts.starts_on;
		if (x->drawn[i] && (last == DAY_NONE || last_drawn(e, x->f->as_of) > last))
			last = last_drawn(e, x->f->as_of);
	}
	*length = last > zero ? (int)(last - zero) : 1;
	return zero;
}

static void add_drawing(struct annex *x)
{
	struct doc_timeline *t = ARENA_NEW(x->a, struct doc_timeline);
	struct doc_lane *lanes = ARENA_ARRAY(x->a, (size_t)x->f->n_entries, struct doc_lane);
	day_t zero = scale(x, &t->length);

	for (int i = 0; i < x->f->n_entries; i++) {
		struct doc_lane *lane = &lanes[t->n_lanes];

		if (!x->drawn[i])
			continue;
		lane->label = arena_printf(x->a, "%d. %s", i + 1, x->f->entries[i].term->title);
		add_spans(x, lane, &x->f->entries[i], zero);
		add_ticks(x, lane, &x->f->entries[i], zero);
		t->n_lanes++;
	}
	t->lanes = lanes;
	t->title = "Sơ đồ (xám: trong hạn; gạch chéo: gia hạn; trắng: không tính; đen: quá hạn; số: ngày)";
	if (t->n_lanes)
		doc_add(x->d, x->s, BLOCK_TIMELINE, NULL)->timeline = t;
}

/* ---- one page ---- */

/* Characters that a line of the first column, or of the whole table, takes: a guess that is near enough. */
static int lines_of(const struct annex *x, int i, double font)
{
	const char *text = x->cells[(size_t)i * A_COLUMNS].text;
	int chars = 0;

	for (; text && *text; text++)
		chars += ((unsigned char)*text & 0xC0) != 0x80;
	return 1 + (int)((chars - 1) * font / (x->kinds[i] == ROW_GROUP ? 1000 : 295));
}

/* Whether the rows, `lanes` and the end have room below the heads of the table; points as measured. */
static bool has_room(const struct annex *x, double font, int lanes, bool signs)
{
	double points = 50 + (signs ? 110 : 0) + (lanes ? 24 + 56 * lanes : 0);

	for (int i = 0; i < x->n; i++)
		points += 4.6 + lines_of(x, i, font) * font * 1.15;
	return points <= (font > 9 ? 514 : 532);
}

static bool try_room(struct annex *x, int lanes)
{
	static const double sizes[] = { 10, 9, 8 };

	x->signs = true;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		x->font = sizes[i];
		if (has_room(x, x->font, lanes, true))
			return true;
	}
	return false;
}

/* What gives way, in this order: the size of the print, lanes but one, the drawing, the signature. */
static void make_room(struct annex *x)
{
	int lanes = 0, one;

	x->drawn = ARENA_ARRAY(x->a, (size_t)x->f->n_entries, bool);
	for (int i = 0; i < x->f->n_entries; i++)
		lanes += x->drawn[i] = can_draw(&x->f->entries[i]) && !is_plain(&x->f->entries[i]);
	one = longest(x, lanes ? x->drawn : NULL);
	if (lanes > 1 && try_room(x, lanes))
		return;
	for (int i = 0; i < x->f->n_entries; i++)
		x->drawn[i] = false;
	if (one >= 0 && try_room(x, 1)) {
		x->drawn[one] = true;
		return;
	}
	if (!try_room(x, 0))
		x->signs = false;
}

/* ---- the parts ---- */

static void add_top(struct annex *x, const char *unit)
{
	struct doc_letterhead *l = ARENA_NEW(x->a, struct doc_letterhead);

	*l = (struct doc_letterhead){ .superior = x->w->agency.superior, .agency = x->w->agency.name, .number = "",
				      .place = x->w->agency.place, .date = x->f->as_of };
	doc_add(x->d, x->s, BLOCK_LETTERHEAD, NULL)->letterhead = l;
	doc_add(x->d, x->s, BLOCK_TITLE, "PHỤ LỤC");
	doc_add(x->d, x->s, BLOCK_SUBTITLE, "Bảng tính thời hạn giải quyết vụ việc");
	doc_addf(x->d, x->s, BLOCK_LINE, "(Kèm theo hồ sơ vụ việc %s; số liệu đến hết ngày %s)", x->f->case_id,
		 dmy(x->a, x->f->as_of));
	doc_addf(x->d, x->s, BLOCK_PARAGRAPH, "%s.", clock_file_words(x->a, x->f, unit));
}

static void add_foot(struct annex *x)
{
	struct doc_signature *s = ARENA_NEW(x->a, struct doc_signature);
	bool provisional = false;

	for (int i = 0; i < x->f->n_entries; i++)
		provisional |= x->w->workdays && x->w->workdays->provisional_from != DAY_NONE &&
			       x->f->entries[i].result.due_on >= x->w->workdays->provisional_from;
	doc_addf(x->d, x->s, BLOCK_NOTE,
		 "Cách tính: ngày xảy ra sự kiện không tính, thời hạn bắt đầu từ ngày tiếp theo (Điều 147 Bộ luật Dân sự 2015); ngày "
		 "cuối là ngày nghỉ thì hết hạn vào ngày làm việc tiếp theo (khoản 5 Điều 148). Thời gian tạm đình chỉ không tính; "
		 "gia hạn chỉ tính khi có văn bản.%s",
		 provisional ? " Hạn cuối thuộc năm chưa có thông báo nghỉ lễ chính thức." : "");
	*s = (struct doc_signature){ .left_title = "NGƯỜI LẬP", .left_note = "(Ký, ghi rõ họ tên)",
				     .authority = x->w->agency.authority, .post = x->w->agency.post,
				     .name = x->w->agency.signatory };
	if (x->signs)
		doc_add(x->d, x->s, BLOCK_SIGNATURE, NULL)->signature = s;
}

struct document *clock_annex(struct arena *a, const struct workspace *w, const struct clock_file *f, const char *unit)
{
	struct annex x = { .a = a, .w = w, .f = f, .d = doc_new(a) };

	x.d->title = arena_printf(a, "Bảng tính thời hạn vụ việc %s", f->case_id);
	x.d->author = w->agency.name;
	x.d->subject = arena_printf(a, "Số liệu đến ngày %s", dmy(a, f->as_of));
	x.d->created = f->as_of;
	x.s = doc_section_add(x.d, "clock", "Thời hạn", false, false);
	for (int i = 0; i < f->n_entries; i++)
		add_entry(&x, i);
	make_room(&x);
	add_top(&x, unit);
	add_table(&x);
	add_drawing(&x);
	add_foot(&x);
	return x.d;
}
