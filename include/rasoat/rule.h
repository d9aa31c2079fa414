/*
 * rule - audit rules as read from the XML files of rules/ (urn:rasoat:rules:1).
 *
 * A rule is a population and a violation, in SQL expressions over the as-of
 * tables and shared relations of ONE store. The engine builds one query from
 * it (audit.h). Three-valued: the population is `from` narrowed by `scope`;
 * of each of its rows the verdict is
 *     indeterminate  when an expression in `needs` is NULL (with its reason),
 *                    or when `where` is neither true nor false,
 *     fail           when `where` is true, else pass.
 * NULL is never a pass.
 *
 * Everything lives in the arena given to the loader; nothing is owned singly.
 */
#ifndef RASOAT_RULE_H
#define RASOAT_RULE_H

#include <rasoat/date.h>
#include <rasoat/err.h>
#include <rasoat/schema.h>
#include <stdbool.h>

enum severity { SEV_CRITICAL, SEV_HIGH, SEV_MEDIUM, SEV_LOW, SEV_COUNT };
extern const char *const severity_words[SEV_COUNT];      /* "critical" ... */
extern const char *const severity_vietnamese[SEV_COUNT]; /* "Nghiêm trọng", "Cao", "Trung bình", "Thấp" */

/* How sure the legal source is: from regulations; printed with the basis when not verified. */
enum mark { MARK_VERIFIED, MARK_INFERENCE, MARK_MEMORY };

struct basis {
	const char *document; /* "907/BHXH-CNTT" */
	const char *date;     /* ISO or NULL */
	const char *clause;   /* or NULL */
	enum mark mark;
};

enum field_type { FIELD_TEXT, FIELD_INT, FIELD_DATE, FIELD_MONEY };

struct rule_param {
	const char *name; /* used as :name; not as_of */
	enum { PARAM_DAYS, PARAM_INT, PARAM_TEXT, PARAM_DATE } type;
	const char *value; /* default, or what rasoat.xml sets */
	const char *initial; /* the default as written: examples run with it; NULL = as value */
	const char *doc;   /* or NULL */
	const char *label; /* Vietnamese, for the guide; or NULL */
	int line;
};

struct rule_field {
	const char *name;  /* [a-z][a-z0-9_]*; {name} in the message */
	const char *label; /* Vietnamese column heading */
	enum field_type type;
	const char *sql;
	int line;
};

struct rule_need {
	const char *sql;
	const char *reason; /* Vietnamese: what is missing */
	int line;
};

struct example_row {
	const char *table;
	const char **names, **values;
	int n, line;
};

struct example_expect {
	const char *key;
	const char *verdict;         /* "fail" or "indeterminate" */
	const char **names, **values; /* field values to compare, as text */
	int n, line;
};

struct rule_example {
	const char *name;
	day_t as_of;
	struct example_row *rows;
	int n_rows;
	struct example_expect *expects; /* exactly these findings, no others */
	int n_expects;
	const char **set_names, **set_values; /* parameters set for this example */
	int n_set;
	int line;
};

struct clearance;

struct rule {
	const char *id;   /* [A-Z]{2,4}-[0-9]{2}[a-z]? ; unique over all packs */
	const char *pack; /* "cases", "accounts", "permissions" */
	const char *file; /* as given to the loader */
	int line;
	enum store_kind store;
	enum severity severity;
	const char *subject; /* "account", "case" …: what the key identifies */
	const char *title;   /* Vietnamese */
	struct basis *bases;
	int n_bases; /* >= 1 */
	day_t valid_from, valid_to; /* DAY_NONE = open */
	const char *event; /* SQL date whose law decides (row outside valid = not applicable); NULL: as-of date */
	struct rule_param *params;
	int n_params;
	const char *from;
	const char *scope; /* or NULL */
	int from_line, scope_line, event_line, key_line, unit_line, since_line;
	struct rule_need *needs;
	int n_needs;
	const char *where;
	int where_line;
	const char *key, *unit, *since; /* since may be NULL */
	const char *days; /* name of the field that holds the days, or NULL: for "worst first" */
	struct rule_field *fields;
	int n_fields;
	const char **notes; /* Vietnamese, for the guide: what is looked at, who is not accused; a paragraph each */
	int n_notes;
	const char *message, *remedy; /* Vietnamese; {field}, {key}, {unit}, {since} in message */
	struct rule_example *examples;
	int n_examples;
	const struct clearance *clearance; /* to read classified columns, of rasoat.xml, or NULL */
	const struct rule *written; /* as it stands in the file, before terms are expanded (terms.h); NULL = the same */
};

struct rule_set {
	struct rule **rules; /* by pack file name, then as written */
	int n_rules, cap;
	char digest[65]; /* SHA-256 over the rule files' bytes in order */
};

/*
 * Reads every *.xml of the folder but calendar.xml and terms.xml, sorted by name. All errors of all
 * files go to `d`, each with what was expected: unknown element or attribute (with
 * the nearest known name), missing part, bad word, duplicate id, unknown :param, {field} that
 * is not there, unbalanced parentheses or a ';' in SQL. `schema_dir` (XSDs) may be NULL.
 */
struct rule_set *rules_load(struct arena *a, const char *dir, const char *schema_dir, struct diags *d);
const struct rule *rules_find(const struct rule_set *set, const char *id); /* NULL when unknown */
/* Sets a parameter from rasoat.xml; errors (unknown rule, parameter, bad value) to `d`. */
void rules_set_param(struct rule_set *set, const char *rule, const char *param, const char *value,
		     const char *file, int line, struct diags *d);

#endif
