/* secrecy_int - inside the audit room: what secrecy.c found of each rule. */
#ifndef RASOAT_SECRECY_INT_H
#define RASOAT_SECRECY_INT_H

#include <rasoat/secrecy.h>

struct classified_part {
	const char *name; /* "<where>" */
	int line;
	const struct secret_column *column;
};

struct rule_secrecy {
	const struct rule *rule;
	const char *unknown; /* why what it reads could not be told; else NULL, and */
	secret_bits reads;   /* all it reads */
	secret_bits *parts;  /* by SECRET_KEY … */
	struct classified_part *classified;
	int n_classified, cap;
};

struct secrecy {
	struct arena *arena;
	struct secret_column columns[2][MOST_SECRETS]; /* by enum store_kind */
	int n_columns[2];
	struct rule_secrecy *rules;
	int n_rules;
};

const struct rule_secrecy *secrecy_of(const struct secrecy *s, const struct rule *r); /* or NULL */
bool secrecy_columns_hidden(const struct secret_column *columns, int n, const struct audience *who,
			    secret_bits bits);

#endif
