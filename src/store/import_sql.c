/* What import writes: the rows of a table, the log of the files, and the digest of it all. */
#include "import_parts.h"

static void add_columns(const struct import_head *h, struct str *sql)
{
	for (int i = 0; i < h->n_bound; i++)
		str_addf(sql, "%s%s", i ? ", " : "", h->bound[i].column->name);
}

void import_insert_sql(const struct import_job *job, const struct import_head *h, enum store_kind kind,
		       int rows, struct str *sql)
{
	/* SQLite would keep every page that such a statement changes, to undo it alone: nobody wants that. */
	str_addf(sql, "INSERT %sINTO %s.%s(", rows > 1 ? "OR FAIL " : "", job_schema(job, kind), h->table->name);
	add_columns(h, sql);
	str_add(sql, ") VALUES");
	for (int r = 0; r < rows; r++) {
		str_add(sql, r ? ", (" : "(");
		for (int i = 0; i < h->n_bound; i++)
			str_addf(sql, "%s?%d", i ? ", " : "", r * h->n_bound + i + 1);
		str_addc(sql, ')');
	}
}

void import_upsert_sql(const struct import_job *job, const struct import_head *h, enum store_kind kind,
		       struct str *sql)
{
	const struct bound *bound = h->bound;
	int n_bound = h->n_bound;
	const char *sep = "";
	bool has_others = false;

	str_addf(sql, "INSERT INTO %s.%s AS t(", job_schema(job, kind), h->table->name);
	add_columns(h, sql);
	str_add(sql, ") VALUES(");
	for (int i = 0; i < n_bound; i++)
		str_addf(sql, "%s?%d", i ? ", " : "", i + 1);
	str_add(sql, ") ON CONFLICT(");
	for (int i = 0; i < n_bound; i++) {
		if (bound[i].column->key) {
			str_addf(sql, "%s%s", sep, bound[i].column->name);
			sep = ", ";
		} else {
			has_others = true;
		}
	}
	if (!has_others) {
		str_add(sql, ") DO NOTHING");
		return;
	}
	sep = ") DO UPDATE SET ";
	for (int i = 0; i < n_bound; i++)
		if (!bound[i].column->key) {
			str_addf(sql, "%s%s = excluded.%s", sep, bound[i].column->name,
				 bound[i].column->name);
			sep = ", ";
		}
	sep = " WHERE ";
	for (int i = 0; i < n_bound; i++)
		if (!bound[i].column->key) {
			str_addf(sql, "%st.%s IS NOT excluded.%s", sep, bound[i].column->name,
				 bound[i].column->name);
			sep = " OR ";
		}
}

enum status import_log_row(struct import_job *job, const struct import_file *f, enum store_kind kind,
			   const char *digest, struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	const struct value values[] = {
		value_text(base_name(f->path)), value_text(f->table), value_text(digest), value_int(f->read),
		value_int(f->read - f->quarantined), value_int(f->quarantined),
	};

	str_addf(&sql,
		 "INSERT INTO %s.import_log AS t(file_name, table_name, sha256, rows_read, rows_loaded, "
		 "rows_quarantined) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(file_name, sha256) DO UPDATE "
		 "SET table_name = ?2, rows_read = ?4, rows_loaded = ?5, rows_quarantined = ?6 WHERE "
		 "t.table_name IS NOT ?2 OR t.rows_read IS NOT ?4 OR t.rows_loaded IS NOT ?5 "
		 "OR t.rows_quarantined IS NOT ?6", job_schema(job, kind));
	if (store_prepare(job_store(job, kind), sql.p, &st, e) != ST_OK)
		return ST_ERR;
	for (int i = 0; i < 6; i++)
		if (stmt_bind(st, i + 1, values[i], e) != ST_OK)
			return ST_ERR;
	return stmt_step(st, e) == STEP_ERROR ? ST_ERR : ST_OK;
}

/* "CHAIN FILES" of the table: its digest, and that of the files that were imported last. "" when there is none. */
static enum status read_facts(struct import_job *job, enum store_kind kind, const char *name, struct str *ret,
			      struct err *e)
{
	CLEANUP(str_free) struct str sql = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	enum step step;

	str_addf(&sql, "SELECT value FROM %s.rasoat_meta WHERE name = ?1", job_schema(job, kind));
	if (store_prepare(job_store(job, kind), sql.p, &st, e) != ST_OK || stmt_bind(st, 1, value_text(name), e) != ST_OK)
		return ST_ERR;
	step = stmt_step(st, e);
	if (step == STEP_ROW)
		str_add(ret, stmt_text(st, 0));
	return step == STEP_ERROR ? ST_ERR : ST_OK;
}

static char *digest_of(const char *before, const char *more, char out[HASH_HEX])
{
	CLEANUP(str_free) struct str text = STR_INIT;
	unsigned char bytes[HASH_SIZE];

	str_addf(&text, "%s\n%s", before, more);
	hash_bytes(text.p, text.len, bytes);
	return hash_digits(bytes, out);
}

/*
 * From the one before: that the same extract comes twice, with another one between, shows too. The units have a digest
 * of their own, as of the day of an audit (run_inputs.c).
 */
enum status import_facts(struct import_job *job, const char *table, enum store_kind kind, const struct str *digests,
			 struct err *e)
{
	CLEANUP(str_free) struct str old = STR_INIT, name = STR_INIT, sql = STR_INIT, value = STR_INIT;
	CLEANUP(stmt_cleanup) struct stmt *st = NULL;
	char files[HASH_HEX], chain[HASH_HEX];

	if (word_in(table, "unit unit_parent"))
		return ST_OK;
	str_addf(&name, "facts %s", table);
	if (read_facts(job, kind, name.p, &old, e) != ST_OK)
		return ST_ERR;
	digest_of("", digests->p, files);
	if (str_ends(old.p, files))
		return ST_OK;
	str_addf(&value, "%s %s", digest_of(old.p, files, chain), files);
	str_addf(&sql, "INSERT INTO %s.rasoat_meta AS t(name, value) VALUES(?1, ?2)\n"
		 "ON CONFLICT(name) DO UPDATE SET value = ?2", job_schema(job, kind));
	if (store_prepare(job_store(job, kind), sql.p, &st, e) != ST_OK ||
	    stmt_bind(st, 1, value_text(name.p), e) != ST_OK || stmt_bind(st, 2, value_text(value.p), e) != ST_OK)
		return ST_ERR;
	return stmt_step(st, e) == STEP_ERROR ? ST_ERR : ST_OK;
}
