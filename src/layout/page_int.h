/*
 * page_int - what the files of the page layout share. Not for other rooms.
 *
 * Everything printed is a chunk: boxes with y from the chunk's own top. Chunks
 * go through the flow, which holds back the last group of chunks that must
 * stay together (heading + table head + first row; last row + total +
 * signature) and breaks the page in front of a group, never inside, unless
 * the group is taller than a page. Boxes and texts live in the page's arena;
 * what is held back is copied when the page is handed over.
 */
#ifndef RASOAT_PAGE_INT_H
#define RASOAT_PAGE_INT_H

#include <rasoat/page.h>

#define MM (72.0f / 25.4f)
#define INDENT (12.7f * MM)
#define LEADING 1.15f

enum keep { KEEP_NEXT = 1, KEEP_PREV = 2 };

struct chunk {
	struct page_box *boxes;
	int n, cap;
	float h;
	float gap;                  /* above, dropped at the top of a page */
	const struct chunk *repeat; /* drawn first when this chunk opens a new page */
};

struct text_style {
	enum page_font font;
	float size;
	enum align align;
	float indent; /* of the first line */
	float grey;
	bool warn;    /* light red ground */
	bool balance; /* lines of about the same length */
};

struct text_line {
	const char *s;
	size_t len;
	int width;  /* 1/1000 of the size */
	int blanks;
	bool last;  /* of its paragraph: not justified */
};

struct text_lines {
	struct text_line *items;
	int n, cap;
};

struct layout {
	const struct document *doc;
	const struct page_metrics *metrics;
	enum status (*emit)(void *ctx, const struct page *p, struct err *e);
	void *ctx;
	struct arena *mem;   /* boxes and texts of this page and of the group held back */
	struct arena *spare; /* the other one: they change places at each page */
	struct arena *sec;   /* table heads, draft mark, footer: a section long */
	struct arena *blk;   /* wrapped lines of a block whose pages may turn meanwhile */
	struct arena *tmp;   /* measuring, a row long */
	struct page page;
	bool open, used; /* page begun; something of the flow stands on it */
	int number;      /* pages begun */
	float left, right, top, bottom, y;
	float body; /* size of paragraphs */
	struct chunk furniture[2]; /* draft mark, footer */
	struct chunk *group;
	int n_group, cap_group;
	bool keep_next, keep_tail; /* keep_tail: the block's last chunk stays with the next block */
};

/* page_text.c */
enum status text_wrap(struct layout *l, struct arena *a, const struct text_style *st, const char *s,
		      float width, struct text_lines *ret, struct err *e) MUST_CHECK;
/* Widest part, in 1/1000 of the size: a line, a word, or a piece where a long word may be broken. */
enum text_part { PART_LINE, PART_WORD, PART_PIECE };
enum status text_widest(struct layout *l, enum page_font font, const char *s, enum text_part part, int *ret,
			struct err *e) MUST_CHECK;
/* The formulas of a numbers row ("6=7+8=9+10+11") break before their operators. */
enum status formula_wrap(struct layout *l, struct arena *a, const struct text_style *st, const char *s,
			 float width, struct text_lines *ret, struct err *e) MUST_CHECK;
enum status formula_widest(struct layout *l, enum page_font font, const char *s, int *ret,
			   struct err *e) MUST_CHECK;
void chunk_box(struct arena *a, struct chunk *c, struct page_box b);
void chunk_line(struct arena *a, struct chunk *c, float x, float y, float w, float h, float thick);
void chunk_rect(struct arena *a, struct chunk *c, float x, float y, float w, float h, float grey);
void chunk_warn(struct arena *a, struct chunk *c, float x, float y, float w, float h);
/* One line with its top at y. */
void chunk_text(struct arena *a, struct chunk *c, const struct text_style *st,
		const struct text_line *ln, float x, float y, float w);
/* Wrapped text from *y on, *y moves below; *widest (may be NULL) in points. */
enum status chunk_para(struct layout *l, struct arena *a, struct chunk *c, const struct text_style *st,
		       const char *s, float x, float w, float *y, float *widest,
		       struct err *e) MUST_CHECK;
static inline float line_height(float size)
{
	return size * LEADING;
}

/* page.c */
enum status flow_add(struct layout *l, const struct chunk *c, unsigned keep, struct err *e) MUST_CHECK;
enum status flow_flush(struct layout *l, struct err *e) MUST_CHECK;
/* Text whose lines may part over pages, but never one line alone. */
enum status flow_text(struct layout *l, const struct text_style *st, const char *s, float gap, unsigned keep,
		      struct err *e) MUST_CHECK;
static inline float flow_room(const struct layout *l)
{
	return l->bottom - l->top;
}

/* page_blocks.c, page_sign.c, page_table.c, page_head.c, page_chart.c, page_timeline.c */
enum status block_letterhead(struct layout *l, const struct doc_letterhead *h, struct err *e) MUST_CHECK;
enum status block_text(struct layout *l, const struct doc_block *b, int next, struct err *e) MUST_CHECK;
enum status block_signature(struct layout *l, const struct doc_signature *s, struct err *e) MUST_CHECK;
enum status block_table(struct layout *l, const struct doc_table *t, struct err *e) MUST_CHECK;
enum status block_chart(struct layout *l, const struct doc_chart *ch, struct err *e) MUST_CHECK;
enum status block_timeline(struct layout *l, const struct doc_timeline *t, struct err *e) MUST_CHECK;

/* A table being laid out. */
struct table {
	const struct doc_table *t;
	int n;      /* printed columns */
	int *col;   /* their place in t->columns */
	float *x;   /* left edges, n + 1 of them */
	int *need;  /* widest unbreakable piece of each column, 1/1000 of the size */
	float size, pad;
	bool middle; /* cells centred in height: forms; else from the top */
	struct chunk *head; /* lives as long as the section: rows held back point to it */
	struct cell *cells; /* t->n_columns, the row last pulled */
};

/* Chooses font size and column edges, and builds the head without the numbers row. */
enum status table_fit(struct layout *l, struct table *t, struct err *e) MUST_CHECK;
enum status table_head(struct layout *l, struct table *t, struct err *e) MUST_CHECK;
/* Next row into t->cells: 1, 0 at the end, -1 on error. */
int table_pull(struct table *t, enum row_kind *kind, struct err *e);
enum page_font table_font(enum row_kind kind, unsigned flags);

#endif
