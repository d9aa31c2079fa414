/*
 * schema_columns - the column tables behind schema.c, one file per subject. The sizes stand
 * here so that schema.c can count them; test_schema finds a size that is too large.
 */
#ifndef RASOAT_SCHEMA_COLUMNS_H
#define RASOAT_SCHEMA_COLUMNS_H

#include <rasoat/schema.h>

/* What petitions, visits and cases are about: the fields of the statutory forms. */
#define CASE_FIELDS "policy land civil_service corruption judicial party other"

/* schema_organisation.c */
extern const struct column schema_unit[7];
extern const struct column schema_unit_parent[4];
extern const struct column schema_staff[7];
extern const struct column schema_staff_event[9];

/* schema_accounts.c */
extern const struct column schema_system[5];
extern const struct column schema_account[13];
extern const struct column schema_role[4];
extern const struct column schema_account_role[5];
extern const struct column schema_duty_role[2];
extern const struct column schema_role_conflict[3];
extern const struct column schema_account_action[4];
extern const struct column schema_certificate[6];
extern const struct column schema_certificate_use[3];
extern const struct column schema_directory[4];
extern const struct column schema_data_request[9];

/* schema_cases.c */
extern const struct column schema_reception_session[12];
extern const struct column schema_case_file[26];
extern const struct column schema_case_event[8];
extern const struct column schema_case_party[5];
extern const struct column schema_petition[19];
extern const struct column schema_visit[15];
extern const struct column schema_recovery[11];
extern const struct column schema_recovery_payment[4];
extern const struct column schema_inspection[16];
extern const struct column schema_benefit_payment[10];
extern const struct column schema_insurance_book[7];
extern const struct column schema_insured_person[6];
extern const struct column schema_report_submission[8];
extern const struct column schema_case_outcome[12];
extern const struct column schema_case_execution[13];
extern const struct column schema_indicator[6];
extern const struct column schema_corruption_case[8];
extern const struct column schema_legal_gap[9];

/* schema_relations.c */
#define N_RELATIONS 13
extern const struct relation schema_relation_table[N_RELATIONS];

#endif
