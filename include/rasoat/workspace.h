/*
 * workspace - a folder made by `rasoat init`: rasoat.xml (urn:rasoat:workspace:1)
 * and what it points to. Paths in it are relative to the folder.
 */
#ifndef RASOAT_WORKSPACE_H
#define RASOAT_WORKSPACE_H

#include <rasoat/audience.h>
#include <rasoat/rule.h>
#include <rasoat/template.h>
#include <rasoat/terms.h>
#include <rasoat/waiver.h>

struct xml_node;

struct agency {
	const char *superior;  /* cơ quan chủ quản; "" = none */
	const char *name;      /* cơ quan ban hành */
	const char *unit_id;   /* its unit in the stores; NULL = the root(s) */
	const char *place;     /* địa danh: "Hà Nội" */
	const char *symbol;    /* "BC-BHXH": report number reads "Số:      /BC-BHXH" */
	const char *authority; /* quyền hạn: "TM.", "KT. TỔNG GIÁM ĐỐC" …; "" = none */
	const char *post;      /* chức vụ, capitals: "GIÁM ĐỐC" */
	const char *signatory; /* họ tên; "" = left blank */
	const char **recipients; /* Nơi nhận lines without "- " and ";" */
	int n_recipients;
	const char **addressees; /* Kính gửi, may be none */
	int n_addressees;
};

/* Work lists: how long a unit has, in working days from the as-of date. No law says so: the agency does. */
struct worklist_settings {
	int days[SEV_COUNT];
	bool days_set;      /* in rasoat.xml; else the defaults of this program */
	const char *symbol; /* of the letter: "BHXH-TTKT"; NULL: what follows the hyphen of the agency's symbol */
};

struct workspace {
	const char *dir;  /* as given */
	const char *file; /* DIR/rasoat.xml */
	struct agency agency;
	const char *cases_uri, *accounts_uri, *ledger_uri; /* paths made relative to the current directory */
	const char *rules_dir, *templates_dir, *out_dir;
	const char *schema_dir; /* XSDs; NULL when not found */
	const char *font_dir;   /* folder of LiberationSerif-*.ttf */
	struct worklist_settings worklist;
	int64_t quarantine_limit; /* rows of a form's inputs in quarantine above which it is a draft; default 0 */
	struct term_settings term_settings; /* also in `terms` once loaded */
	struct clearance *clearances;
	int n_clearances;
	struct audiences audiences;
	const char *waivers_file;
	bool waivers_named; /* in rasoat.xml: then it must be there */
	int waiver_days;    /* most days a waiver may last */
	struct waiver_set *waivers; /* loaded with the rules */
	const struct audience *audience; /* for whom this command writes; NULL: for whoever sees nothing personal */
	struct rule_set *rules;  /* loaded by workspace_load_rules, else NULL */
	struct terms *terms;
	struct workdays *workdays;
	struct template_set *templates; /* loaded by workspace_load_templates */
	const struct xml_node *params; /* first <param> of rasoat.xml, for workspace_load_rules */
};

/* Reads rasoat.xml only. Error when there is none: "DIR: no rasoat.xml here; run 'rasoat init DIR' or use -C DIR". */
enum status workspace_open(struct arena *a, const char *dir, struct workspace **ret, struct diags *d, struct err *e) MUST_CHECK;
/* calendar.xml, terms.xml, the rule packs, <param> of rasoat.xml, then the waivers. Errors in `d`; ST_ERR when any. */
enum status workspace_load_rules(struct arena *a, struct workspace *w, struct diags *d, struct err *e) MUST_CHECK;
enum status workspace_load_templates(struct arena *a, struct workspace *w, struct diags *d, struct err *e) MUST_CHECK;
/*
 * The folder that holds rules/, templates/ and schemas/ as shipped, for `init` to copy from:
 * $RASOAT_DATADIR, or beside the program (../share/rasoat, the source tree); NULL when there is none.
 */
const char *workspace_datadir(struct arena *a);
/* Writes a commented rasoat.xml with placeholders for `init`. */
struct str;
void workspace_sample(struct str *out);

#endif
