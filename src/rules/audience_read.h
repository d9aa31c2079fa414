/* audience_read - inside this room: <clearance> and <audiences> of rasoat.xml. */
#ifndef RASOAT_RULES_AUDIENCE_READ_H
#define RASOAT_RULES_AUDIENCE_READ_H

#include "bind.h"
#include <rasoat/workspace.h>

void clearances_read(const struct bind *b, struct workspace *w, const struct xml_node *root);
void audiences_read(const struct bind *b, struct workspace *w, const struct xml_node *root);
/* What they name must be there; gives the rules and templates their clearance. */
void clearances_bind_rules(const struct workspace *w, struct diags *d);
void clearances_bind_templates(const struct workspace *w, struct diags *d);
void audiences_check(const struct workspace *w, struct diags *d);

#endif
