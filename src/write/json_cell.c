#include "json_cell.h"

#include <rasoat/json.h>
#include <rasoat/text.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Facts hold for the whole run. */
static const struct json_place in_run = { "run", 1 };

enum status json_cell_text(struct str *out, struct json_place at, const char *key, const char *text, struct err *e)
{
	if (!text)
		str_add(out, "null");
	else if (!json_text(out, text))
		return err_set(e, "table '%s', row %" PRId64 ", '%s': text is not valid UTF-8 from byte %zu on", at.table,
			       at.row, key, text_invalid_at(text, strlen(text)) + 1);
	return ST_OK;
}

enum status json_cell(struct str *out, struct json_place at, const char *key, const struct cell *c, struct err *e)
{
	char day[11];

	if (c->kind == CELL_REAL && !isfinite(c->r))
		return err_set(e, "table '%s', row %" PRId64 ", '%s': the value is not a finite number", at.table, at.row,
			       key);
	if (c->word)
		return json_cell_text(out, at, key, c->word, e);
	if (c->kind == CELL_TEXT)
		return json_cell_text(out, at, key, c->text, e);
	if (c->kind == CELL_INT || c->kind == CELL_MILLION)
		str_addf(out, "%" PRId64, c->i);
	else if (c->kind == CELL_REAL)
		json_real(out, c->r);
	else if (c->kind == CELL_HIDDEN)
		json_text(out, "***");
	else if (c->kind == CELL_DATE && c->i != DAY_NONE)
		json_text(out, date_iso((day_t)c->i, day));
	else
		str_add(out, "null");
	return ST_OK;
}

static enum status add_list(struct str *out, const struct doc_fact *fact, struct err *e)
{
	str_addc(out, '[');
	for (int i = 0; i < fact->n_list; i++) {
		str_add(out, i ? "," : "");
		if (json_cell_text(out, in_run, fact->key, fact->list[i], e) != ST_OK)
			return ST_ERR;
	}
	str_addc(out, ']');
	return ST_OK;
}

static enum status add_array(struct str *out, const struct doc_fact *fact, struct err *e)
{
	str_addc(out, '[');
	for (int i = 0; i < fact->n_object; i++) {
		str_add(out, i ? ",{" : "{");
		if (json_members(out, fact->object[i].object, fact->object[i].n_object, e) != ST_OK)
			return ST_ERR;
		str_addc(out, '}');
	}
	str_addc(out, ']');
	return ST_OK;
}

enum status json_fact(struct str *out, const struct doc_fact *fact, struct err *e)
{
	json_text(out, fact->key);
	str_addc(out, ':');
	if (fact->object && fact->array)
		return add_array(out, fact, e);
	if (fact->list)
		return add_list(out, fact, e);
	if (!fact->object)
		return json_cell(out, in_run, fact->key, &fact->value, e);
	str_addc(out, '{');
	if (json_members(out, fact->object, fact->n_object, e) != ST_OK)
		return ST_ERR;
	str_addc(out, '}');
	return ST_OK;
}

enum status json_members(struct str *out, const struct doc_fact *facts, int n, struct err *e)
{
	for (int i = 0; i < n; i++) {
		str_add(out, i ? "," : "");
		if (json_fact(out, &facts[i], e) != ST_OK)
			return ST_ERR;
	}
	return ST_OK;
}
