#include <rasoat/workspace.h>

#include "audience_read.h"
#include "bind.h"
#include <rasoat/arena.h>
#include <rasoat/str.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FONT_DIR "/usr/share/fonts/truetype/liberation2"

static const struct shape shapes[] = {
	{ "workspace", NULL, NULL, "agency stores", "paths fonts quarantine worklist waivers terms audiences", NULL,
	  "param clearance",
	  TEXT_NONE, NULL },
	{ "agency", NULL, "unit", "name place symbol", "superior signatory", NULL,
	  "addressee recipient", TEXT_NONE, NULL },
	{ "superior", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_MAY, NULL },
	{ "name", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "place", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "symbol", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "signatory", "post", "authority name", NULL, NULL, NULL, NULL, TEXT_NONE,
	  "authority name" },
	{ "addressee", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "recipient", NULL, NULL, NULL, NULL, NULL, NULL, TEXT_SOME, NULL },
	{ "stores", "cases accounts ledger", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "paths", NULL, "rules templates out", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "fonts", "dir", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "worklist", NULL, "critical high medium low symbol", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "quarantine", "limit", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "waivers", NULL, "file longest", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "terms", NULL, "complexity-ground before-day fixed-day", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "clearance", "document date until approver", "rules templates", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "audiences", NULL, NULL, NULL, NULL, "audience", NULL, TEXT_NONE, NULL },
	{ "audience", "name", "all", NULL, NULL, NULL, "allow", TEXT_NONE, NULL },
	{ "allow", NULL, "field column", NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
	{ "param", "rule name value", NULL, NULL, NULL, NULL, NULL, TEXT_NONE, "value" },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, TEXT_NONE, NULL },
};

static const struct format format = { "urn:rasoat:workspace:1", "workspace.xsd", shapes };

/* --- places ------------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* "." in front would only make messages longer. */
static const char *beside(struct arena *a, const char *dir, const char *path)
{
	size_t n = strlen(dir);

	if (*path == '/' || strcmp(dir, ".") == 0)
		return path;
	return arena_printf(a, "%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", path);
}

/* The folder of the running program, or NULL. */
static const char *program_dir(struct arena *a)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	if (!slash || slash == path)
		return NULL;
	*slash = '\0';
	return arena_strdup(a, path);
}

static bool is_datadir(struct arena *a, const char *dir)
{
	return dir && *dir && is_folder(arena_printf(a, "%s/schemas", dir));
}

const char *workspace_datadir(struct arena *a)
{
	static const char *const near[] = { "../share/rasoat", "..", "../..", "." };
	const char *named = getenv("RASOAT_DATADIR"), *bin;

	if (is_datadir(a, named))
		return arena_strdup(a, named);
	bin = program_dir(a);
	for (size_t i = 0; bin && i < sizeof(near) / sizeof(*near); i++) {
		const char *dir = arena_printf(a, "%s/%s", bin, near[i]);

		if (is_datadir(a, dir))
			return dir;
	}
	return NULL;
}

static const char *find_schemas(struct arena *a, const char *dir)
{
	const char *own = beside(a, dir, "schemas"), *data;

	if (is_folder(own))
		return own;
	data = workspace_datadir(a);
	return data ? arena_printf(a, "%s/schemas", data) : NULL;
}

/* --- rasoat.xml --------------------------------------------------------------------------- */

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static const char **read_lines(const struct bind *b, const struct xml_node *n, const char *name,
			       int *ret_n)
{
	const char **lines = ARENA_ARRAY(b->a, (size_t)bind_count(n, name) + 1, const char *);

	for (const struct xml_node *c = bind_child(n, name); c; c = bind_next(c, name))
		lines[(*ret_n)++] = xml_text(b->a, c);
	return lines;
}

static void read_agency(const struct bind *b, struct agency *agency, const struct xml_node *n)
{
	const struct xml_node *signatory = bind_child(n, "signatory");

	agency->unit_id = xml_attr(n, "unit");
	agency->superior = or_empty(bind_text(b, n, "superior"));
	agency->name = or_empty(bind_text(b, n, "name"));
	agency->place = or_empty(bind_text(b, n, "place"));
	agency->symbol = or_empty(bind_text(b, n, "symbol"));
	agency->authority = or_empty(signatory ? xml_attr(signatory, "authority") : NULL);
	agency->post = or_empty(signatory ? xml_attr(signatory, "post") : NULL);
	agency->signatory = or_empty(signatory ? xml_attr(signatory, "name") : NULL);
	agency->addressees = read_lines(b, n, "addressee", &agency->n_addressees);
	agency->recipients = read_lines(b, n, "recipient", &agency->n_recipients);
}

/* Schemes are the store's business; here only the path of a file is put in its place. */
static const char *read_uri(const struct bind *b, const struct workspace *w,
			    const struct xml_node *n, const char *attr)
{
	const char *uri = or_empty(xml_attr(n, attr));
	size_t scheme = strspn(uri, "abcdefghijklmnopqrstuvwxyz");

	if (!*uri)
		return uri;
	if (!scheme || uri[scheme] != ':' || !uri[scheme + 1]) {
		bind_error(
			b, n,
			"attribute '%s' of <stores> is '%s'; expected a store such as sqlite:%s.db",
			attr, uri, attr);
		return uri;
	}
	if (!str_starts(uri, "sqlite:") || strcmp(uri, "sqlite::memory:") == 0)
		return uri;
	return arena_printf(b->a, "sqlite:%s", beside(b->a, w->dir, uri + scheme + 1));
}

static const char *read_path(const struct bind *b, const struct workspace *w,
			     const struct xml_node *n, const char *attr, const char *dflt)
{
	const char *path = n ? xml_attr(n, attr) : NULL;

	return beside(b->a, w->dir, path && *path ? path : dflt);
}

static void check_params(const struct bind *b, const struct xml_node *root)
{
	for (const struct xml_node *n = bind_child(root, "param"); n; n = bind_next(n, "param"))
		for (const struct xml_node *o = bind_child(root, "param"); o != n;
		     o = bind_next(o, "param"))
			if (xml_attr(n, "rule") &&
			    str_eq(xml_attr(o, "rule"), xml_attr(n, "rule")) &&
			    str_eq(xml_attr(o, "name"), xml_attr(n, "name")))
				bind_error(b, n,
					   "parameter '%s' of rule '%s' is set twice; first in "
					   "line %d",
					   or_empty(xml_attr(n, "name")), xml_attr(n, "rule"),
					   o->line);
}

/* The first word of each is the legal reading. */
static void read_terms(const struct bind *b, struct term_settings *s, const struct xml_node *n)
{
	s->ground_optional = bind_word(b, n, "complexity-ground", "required optional", 0) == 1;
	s->before_lenient = bind_word(b, n, "before-day", "strict lenient", 0) == 1;
	s->fixed_rolls = bind_word(b, n, "fixed-day", "exact next-workday", 0) == 1;
}

/* A year and a day for the leap year: the project's own choice, no law says it. */
static void read_waivers_place(const struct bind *b, struct workspace *w, const struct xml_node *n)
{
	w->waivers_file = read_path(b, w, n, "file", "waivers.xml");
	w->waivers_named = n && xml_attr(n, "file");
	w->waiver_days = bind_int(b, n, "longest", 1, 3660, 366);
}

static void read_worklist(const struct bind *b, struct worklist_settings *s, const struct xml_node *n)
{
	static const int usual[SEV_COUNT] = { 5, 10, 20, 30 };

	for (int i = 0; i < SEV_COUNT; i++) {
		s->days_set |= n && xml_attr(n, severity_words[i]);
		s->days[i] = bind_int(b, n, severity_words[i], 1, 250, usual[i]);
	}
	s->symbol = n ? xml_attr(n, "symbol") : NULL;
}

static void read_workspace(const struct bind *b, struct workspace *w, const struct xml_node *root)
{
	const struct xml_node *agency = bind_child(root, "agency"),
			      *stores = bind_child(root, "stores");
	const struct xml_node *paths = bind_child(root, "paths");

	if (agency)
		read_agency(b, &w->agency, agency);
	if (stores) {
		w->cases_uri = read_uri(b, w, stores, "cases");
		w->accounts_uri = read_uri(b, w, stores, "accounts");
		w->ledger_uri = read_uri(b, w, stores, "ledger");
	}
	w->rules_dir = read_path(b, w, paths, "rules", "rules");
	w->templates_dir = read_path(b, w, paths, "templates", "templates");
	w->out_dir = read_path(b, w, paths, "out", "out");
	w->font_dir = read_path(b, w, bind_child(root, "fonts"), "dir", FONT_DIR);
	read_worklist(b, &w->worklist, bind_child(root, "worklist"));
	w->quarantine_limit = bind_int(b, bind_child(root, "quarantine"), "limit", 0, 999999999, 0);
	read_terms(b, &w->term_settings, bind_child(root, "terms"));
	clearances_read(b, w, root);
	audiences_read(b, w, root);
	read_waivers_place(b, w, bind_child(root, "waivers"));
	w->params = bind_child(root, "param");
	check_params(b, root);
}

enum status workspace_open(struct arena *a, const char *dir, struct workspace **ret,
			   struct diags *d, struct err *e)
{
	struct workspace *w = ARENA_NEW(a, struct workspace);
	struct bind b = { .a = a, .d = d };
	const struct xml_node *root;
	enum status status;

	w->dir = arena_strdup(a, dir && *dir ? dir : ".");
	w->file = beside(a, w->dir, "rasoat.xml");
	if (!is_file(w->file))
		return err_set(e, "%s: no rasoat.xml here; run 'rasoat init DIR' or use -C DIR",
			       w->dir);
	w->schema_dir = find_schemas(a, w->dir);
	root = bind_open(&b, &format, w->file, NULL);
	if (root)
		read_workspace(&b, w, root);
	bind_close(&b, &format, w->schema_dir);
	status = diags_status(d, e);
	if (status == ST_OK)
		*ret = w;
	return status;
}

enum status workspace_load_rules(struct arena *a, struct workspace *w, struct diags *d,
				 struct err *e)
{
	const char *calendar = arena_printf(a, "%s/calendar.xml", w->rules_dir);
	const char *terms = arena_printf(a, "%s/terms.xml", w->rules_dir);

	w->workdays = calendar_load(a, calendar, w->schema_dir, d);
	w->terms = terms_load(a, terms, w->schema_dir, d);
	w->rules = rules_load(a, w->rules_dir, w->schema_dir, d);
	w->terms->settings = w->term_settings;
	rules_expand_terms(a, w->rules, w->terms, w->workdays, d);
	for (const struct xml_node *n = w->params; n; n = bind_next(n, "param"))
		rules_set_param(w->rules, xml_attr(n, "rule"), xml_attr(n, "name"),
				xml_attr(n, "value"), w->file, n->line, d);
	clearances_bind_rules(w, d);
	audiences_check(w, d);
	if (w->waivers_named && !is_file(w->waivers_file))
		diag_error(d, w->waivers_file, 0, "not found; <waivers> of rasoat.xml names it");
	w->waivers = waivers_load(a, w->waivers_file, w->schema_dir, w->rules, w->waiver_days, d);
	return diags_status(d, e);
}

enum status workspace_load_templates(struct arena *a, struct workspace *w, struct diags *d,
				     struct err *e)
{
	w->templates = templates_load(a, w->templates_dir, w->schema_dir, d);
	clearances_bind_templates(w, d);
	return diags_status(d, e);
}

static const char sample[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- The workspace: who reports, where the facts are. Paths are relative to this folder.\n"
	"     After a change run 'rasoat check'. -->\n"
	"<workspace xmlns=\"urn:rasoat:workspace:1\">\n"
	"\n"
	"  <!-- The agency that issues the reports, as it stands in their letterhead.\n"
	"       unit=\"...\" is its unit_id in the stores; without it the top of the tree is "
	"taken. -->\n"
	"  <agency>\n"
	"    <!-- The agency above it, printed over the name; leave empty when there is none. -->\n"
	"    <superior>BỘ TÀI CHÍNH</superior>\n"
	"    <name>BẢO HIỂM XÃ HỘI VIỆT NAM</name>\n"
	"    <!-- Place in front of the date: \"Hà Nội, ngày ... tháng ... năm ...\" -->\n"
	"    <place>Hà Nội</place>\n"
	"    <!-- What follows the slash in the number: \"Số: .../BC-BHXH\" -->\n"
	"    <symbol>BC-BHXH</symbol>\n"
	"    <!-- authority: \"TM. ...\", \"KT. GIÁM ĐỐC\", \"TUQ. ...\" or empty; name: empty "
	"leaves room for it -->\n"
	"    <signatory authority=\"\" post=\"TỔNG GIÁM ĐỐC\" name=\"\"/>\n"
	"    <!-- Kính gửi: none, one or more -->\n"
	"    <addressee>Bộ Tài chính</addressee>\n"
	"    <!-- Nơi nhận: one line each, without \"- \" and \";\" -->\n"
	"    <recipient>Như trên</recipient>\n"
	"    <recipient>Lưu: VT</recipient>\n"
	"  </agency>\n"
	"\n"
	"  <!-- Where the facts are: the two stores and the record of runs. -->\n"
	"  <stores cases=\"sqlite:cases.db\" accounts=\"sqlite:accounts.db\" "
	"ledger=\"sqlite:ledger.db\"/>\n"
	"\n"
	"  <paths rules=\"rules\" templates=\"templates\" out=\"out\"/>\n"
	"\n"
	"  <!-- The folder of LiberationSerif-*.ttf, for PDF files.\n"
	"  <fonts dir=\"/usr/share/fonts/truetype/liberation2\"/> -->\n"
	"\n"
	"  <!-- More rows of a form's inputs than this in quarantine make the form a draft (DỰ "
	"THẢO). -->\n"
	"  <quarantine limit=\"0\"/>\n"
	"\n"
	"  <!-- Work lists: working days from the as-of date until a finding is to be put right, by severity. No\n"
	"       document gives a number; these are the program's own choice, the agency sets its own.\n"
	"       symbol: of the letter, \"BHXH-TTKT\" in \"Số: .../BHXH-TTKT\".\n"
	"  <worklist critical=\"5\" high=\"10\" medium=\"20\" low=\"30\" symbol=\"BHXH-TTKT\"/> -->\n"
	"\n"
	"  <!-- Approved exceptions from rules stand in waivers.xml. longest: the most days one may last (366).\n"
	"  <waivers file=\"waivers.xml\" longest=\"366\"/> -->\n"
	"\n"
	"  <!-- Where the law leaves a question; these are the legal readings.\n"
	"       complexity-ground: optional = a complaint recorded as complex has the longer term "
	"without its ground\n"
	"       before-day: lenient = \"trước ngày D\" includes D; strict = the last good day is the "
	"one before\n"
	"       fixed-day: next-workday = \"chậm nhất ngày D\" moves from a day off to the next working "
	"day\n"
	"  <terms complexity-ground=\"required\" before-day=\"strict\" fixed-day=\"exact\"/> -->\n"
	"\n"
	"  <!-- A decision that lets rules or templates read classified columns (docs/secrecy.md).\n"
	"  <clearance rules=\"CAS-90\" document=\"12/QĐ-BHXH\" date=\"2026-01-15\" until=\"2026-12-31\" "
	"approver=\"...\"/> -->\n"
	"\n"
	"  <!-- Who sees which personal columns (names, addresses, numbers of papers) by audience; "
	"without this,\n"
	"       internal sees all, leadership and public none.\n"
	"  <audiences>\n"
	"    <audience name=\"leadership\"><allow column=\"staff.full_name\"/></audience>\n"
	"  </audiences> -->\n"
	"\n"
	"  <!-- Limits of rules that this agency sets otherwise:\n"
	"  <param rule=\"ACC-05\" name=\"days\" value=\"60\"/> -->\n"
	"</workspace>\n";

void workspace_sample(struct str *out)
{
	str_add(out, sample);
}
