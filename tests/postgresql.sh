# A throw-away PostgreSQL server for tests: no TCP, its socket and data below $PG_ROOT, gone at
# the end. Source it; then pg_start, psql_as, pg_uri, pg_stop.
# shellcheck shell=sh
pg_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort | tail -n 1)

# Servers do not run as root.
as_server() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
	else
		"$@"
	fi
}

# pg_start: sets PG_ROOT. A socket's path may have 107 bytes, so it lies in /tmp.
pg_start() {
	PG_ROOT=$(mktemp -d /tmp/rasoat-pg.XXXXXX) || return 1
	mkdir "$PG_ROOT/home" || return 1
	if [ "$(id -u)" -eq 0 ]; then
		chown postgres "$PG_ROOT" "$PG_ROOT/home" || return 1
	fi
	chmod 711 "$PG_ROOT"
	as_server "$pg_bin/initdb" -D "$PG_ROOT/data" -U postgres -A trust --locale=C --encoding=UTF8 \
		--no-sync >"$PG_ROOT.log" 2>&1 &&
	as_server "$pg_bin/pg_ctl" -D "$PG_ROOT/data" -l "$PG_ROOT/home/log" -w -t 60 -o "-k $PG_ROOT \
		-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start \
		>>"$PG_ROOT.log" 2>&1 && return 0
	cat "$PG_ROOT.log" "$PG_ROOT/home/log" 2>/dev/null
	return 1
}

pg_stop() {
	[ -n "${PG_ROOT-}" ] || return 0
	as_server "$pg_bin/pg_ctl" -D "$PG_ROOT/data" -m immediate -w stop >/dev/null 2>&1
	rm -rf "$PG_ROOT" "$PG_ROOT.log"
	PG_ROOT=
}

# psql_as ROLE DATABASE ARGS...
psql_as() {
	psql_role=$1
	psql_db=$2
	shift 2
	psql -X -q -v ON_ERROR_STOP=1 -h "$PG_ROOT" -U "$psql_role" -d "$psql_db" "$@"
}

# pg_uri ROLE DATABASE
pg_uri() {
	printf 'postgresql://%s@/%s?host=%s' "$1" "$2" "$PG_ROOT"
}
