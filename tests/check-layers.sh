#!/bin/sh
# The rooms: an include may point only to its own room or an earlier one, and the headers of a
# foreign library appear in one .c file only. Silent but for one line when all is well.
set -eu
cd "${1:-$(dirname "$0")/..}"

# shellcheck disable=SC2016  # the $ are awk's
find src include -name '*.[ch]' -print | LC_ALL=C sort | xargs awk '
BEGIN {
	n = split("base wrap store rules audit report layout write cli", rooms, " ")
	for (i = 1; i <= n; i++) { rank[rooms[i]] = i; room_of[rooms[i]] = rooms[i] }
	# Headers whose .c has another name; all other headers without a .c are in base.
	m = split("rule=rules terms=rules template=rules workspace=rules clock=audit ledger=audit units=report " \
		"document=report form=report audit_report=report schema=store import=store page=layout " \
		"sheet=layout writer=write", table, " ")
	for (i = 1; i <= m; i++) { split(table[i], pair, "="); room_of[pair[1]] = pair[2] }
	split("assert ctype dirent endian errno fcntl float fnmatch ftw getopt glob inttypes libgen limits " \
		"locale math netdb poll pthread sched signal spawn stdalign stdarg stdatomic stdbool stddef " \
		"stdint stdio stdlib stdnoreturn string strings sys termios time unistd wchar wctype", libc, " ")
	for (i in libc) known[libc[i]] = 1
	for (i = 1; i < ARGC; i++)
		if (split(ARGV[i], part, "/") == 3 && part[1] == "src" && part[3] ~ /\.c$/)
			room_of[substr(part[3], 1, length(part[3]) - 2)] = part[2]
}
function header_room(name) { return name in room_of ? room_of[name] : "base" }
function complain(text) { print FILENAME ":" FNR ": " text; bad = 1 }
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	split(FILENAME, part, "/")
	name = part[3]; sub(/\.[ch]$/, "", name)
	mine = part[1] == "src" ? part[2] : header_room(name)
	target = $0; sub(/^[^<"]*[<"]/, "", target); sub(/[>"].*/, "", target)
	if (target ~ /^rasoat\//) {
		sub(/^rasoat\//, "", target); sub(/\.h$/, "", target)
		if (rank[header_room(target)] > rank[mine])
			complain("room " mine " may not include " target ".h of the later room " header_room(target))
	} else if ($0 ~ /"/) {
		if (target ~ /\//) complain("private header of another folder: " target)
	} else {
		library = target; sub(/[\/.].*/, "", library)
		if (library in known) next
		if (FILENAME ~ /\.h$/) complain("foreign header in a header: " target)
		else if (library in owner && owner[library] != FILENAME)
			complain("<" target "> belongs to " owner[library] " alone")
		else owner[library] = FILENAME
	}
}
END { if (bad) exit 1; print "ok layers" }'
