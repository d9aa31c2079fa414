/*
 * The letters of our_pdf in PDF with nothing but libharu, one after another: bare_pdf_letters N OUTDIR
 *
 * The places of all lines are known beforehand: nothing is laid out here, and only what differs from
 * letter to letter and is centred gets measured. Each document needs its own fonts: libharu has no way
 * to share them.
 */
#include "bare_pdf.h"
#include "pdf_text.h"

#define LEFT 85.039f
#define RIGHT 552.756f
#define TABLE_TOP 576.797f
#define TABLE_BASE 12.508f
#define ROW 17.59f

/* In the order of the fonts, so that these change seldom. */
static const struct {
	int font;
	float size, x, y;
	const char *text;
} lines[] = {
	{ REGULAR, 12, 106.346f, 774.247f, "BẢO HIỂM XÃ HỘI VIỆT NAM" },
	{ REGULAR, 14, 85.039f, 634.422f, "Thực hiện Công văn số 907/BHXH-CNTT ngày 26 tháng 3 năm 2019 của Bảo" },
	{ REGULAR, 14, 85.039f, 618.322f,
	  "hiểm xã hội Việt Nam về việc quản lý tài khoản, Bảo hiểm xã hội tỉnh đã rà soát" },
	{ REGULAR, 14, 85.039f, 602.222f,
	  "các tài khoản do Ông (Bà) sử dụng. Những tài khoản sau đây còn mở, tuy quyết" },
	{ REGULAR, 14, 85.039f, 586.122f, "định thay đổi nhiệm vụ đã có hiệu lực:" },
	{ REGULAR, 14, 85.039f, 452.482f,
	  "Đề nghị Ông (Bà) kiểm tra và gửi phiếu đề nghị khóa hoặc giữ lại tài khoản trước" },
	{ REGULAR, 14, 85.039f, 436.382f,
	  "ngày 20 tháng 10 năm 2026. Sau ngày này, các tài khoản không có đề nghị sẽ bị" },
	{ REGULAR, 14, 85.039f, 420.282f, "khóa theo quy định." },
	{ REGULAR, 14, 85.039f, 398.182f, "Mọi vướng mắc xin liên hệ Phòng Công nghệ thông tin để được hướng dẫn." },
	{ ITALIC, 13, 326.666f, 734.584f, "Tây Ninh, ngày 05 tháng 10 năm 2026" },
	{ ITALIC, 14, 162.754f, 353.982f, "(Ký, họ tên)" },
	{ BOLD, 12, 86.198f, 760.447f, "BẢO HIỂM XÃ HỘI TỈNH TÂY NINH" },
	{ BOLD, 12, 301.568f, 774.247f, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" },
	{ BOLD, 13, 347.128f, 759.534f, "Độc lập - Tự do - Hạnh phúc" },
	{ BOLD, 14, 275.960f, 704.722f, "THÔNG BÁO" },
	{ BOLD, 14, 204.000f, 688.622f, LETTER_SUBTITLE },
	{ BOLD, 14, 156.013f, 370.082f, "NGƯỜI LẬP" },
	{ BOLD, 14, 385.112f, 370.082f, "KT. GIÁM ĐỐC" },
	{ BOLD, 14, 381.815f, 353.982f, "PHÓ GIÁM ĐỐC" },
	{ BOLD, 14, 357.966f, 273.882f, "Nguyễn Thị Phương Thảo" },
	{ BOLD, 11, 95.915f, 564.289f, "STT" },
	{ BOLD, 11, 191.066f, 564.289f, "Hệ thống" },
	{ BOLD, 11, 344.518f, 564.289f, "Tài khoản" },
	{ BOLD, 11, 458.955f, 564.289f, "Số ngày còn mở" },
};

static const float edges[LETTER_COLUMNS + 1] = { LEFT, 127.559f, 297.638f, 439.370f, RIGHT };

static void draw_lines(HPDF_Page page)
{
	float bottom = TABLE_TOP - ROW * (LETTER_ROWS + 1);

	HPDF_Page_SetGrayFill(page, 0.9f);
	HPDF_Page_Rectangle(page, LEFT, TABLE_TOP - ROW, RIGHT - LEFT, ROW);
	HPDF_Page_Fill(page);
	HPDF_Page_SetGrayFill(page, 0);
	HPDF_Page_SetLineWidth(page, 0.6f);
	pdf_line(page, 147.761f, 755.097f, 229.846f, 755.097f);
	pdf_line(page, 347.128f, 753.947f, 506.196f, 753.947f);
	pdf_line(page, 272.938f, 682.297f, 364.856f, 682.297f);
	HPDF_Page_Stroke(page);
	HPDF_Page_SetLineWidth(page, 0.5f);
	pdf_line(page, LEFT, TABLE_TOP, RIGHT, TABLE_TOP);
	pdf_line(page, LEFT, TABLE_TOP - ROW, RIGHT, TABLE_TOP - ROW);
	for (int i = 0; i <= LETTER_COLUMNS; i++)
		pdf_line(page, edges[i], TABLE_TOP, edges[i], TABLE_TOP - ROW);
	HPDF_Page_Stroke(page);
	HPDF_Page_SetLineWidth(page, 0.4f);
	for (int i = 2; i <= LETTER_ROWS + 1; i++)
		pdf_line(page, LEFT, TABLE_TOP - ROW * (float)i, RIGHT, TABLE_TOP - ROW * (float)i);
	for (int i = 0; i <= LETTER_COLUMNS; i++)
		pdf_line(page, edges[i], TABLE_TOP - ROW, edges[i], bottom);
	HPDF_Page_Stroke(page);
}

static void draw_centered(HPDF_Page page, float left, float right, float y, const char *s)
{
	HPDF_Page_TextOut(page, (left + right - HPDF_Page_TextWidth(page, s)) / 2, y, s);
}

static void draw_texts(HPDF_Page page, const HPDF_Font *fonts, int letter)
{
	int font = -1;
	float size = 0;
	char name[64], buf[128];

	HPDF_Page_BeginText(page);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		if (lines[i].font != font || lines[i].size != size) {
			font = lines[i].font;
			size = lines[i].size;
			HPDF_Page_SetFontAndSize(page, fonts[font], size);
		}
		HPDF_Page_TextOut(page, lines[i].x, lines[i].y, lines[i].text);
	}
	HPDF_Page_SetFontAndSize(page, fonts[REGULAR], 14);
	person_name(name, sizeof(name), (unsigned)letter);
	snprintf(buf, sizeof(buf), LETTER_ADDRESS, name);
	draw_centered(page, LEFT, RIGHT, 656.522f, buf);
	HPDF_Page_SetFontAndSize(page, fonts[REGULAR], 13);
	snprintf(buf, sizeof(buf), LETTER_NUMBER, letter + 1);
	draw_centered(page, LEFT, 292.568f, 734.584f, buf);
	HPDF_Page_SetFontAndSize(page, fonts[REGULAR], 11);
	for (int r = 0; r < LETTER_ROWS; r++) {
		for (int i = 0; i < LETTER_COLUMNS; i++) {
			list_cell(buf, sizeof(buf), letter_row(letter, r), letter_cells[i]);
			draw_centered(page, edges[i], edges[i + 1], TABLE_TOP - ROW * (float)(r + 1) - TABLE_BASE,
				      buf);
		}
	}
	HPDF_Page_EndText(page);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "bare_pdf_letters N OUTDIR\n");
		return 1;
	}
	for (int i = 0; i < atoi(argv[1]); i++) {
		HPDF_Font fonts[FONTS];
		HPDF_Doc doc = pdf_begin(fonts);
		HPDF_Page page = HPDF_AddPage(doc);
		char path[4096];

		HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
		draw_lines(page);
		draw_texts(page, fonts, i);
		snprintf(path, sizeof(path), "%s/%04d.pdf", argv[2], i + 1);
		HPDF_SaveToFile(doc, path);
		HPDF_Free(doc);
	}
	return 0;
}
