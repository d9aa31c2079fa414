#!/bin/sh
# audit_sql.sh WORKSPACE AS-OF: prints what the sqlite3 shell is to run in an empty folder so that it audits the
# stores of the workspace by hand-written SQL (audit.sql) and leaves a RULE.tsv per rule there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stores=$(cd "$1" && pwd)
cat <<SQL
PRAGMA temp_store = memory;
.parameter set :as_of "'$2'"
ATTACH 'file:$stores/accounts.db?mode=ro' AS accounts;
ATTACH 'file:$stores/cases.db?mode=ro' AS cases;
SQL
sh "$here/workday_sql.sh" "$here/../../rules/calendar.xml"
echo ".read $here/audit.sql"
