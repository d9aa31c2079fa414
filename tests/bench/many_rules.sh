#!/bin/sh
# A rules folder of any size: the delivered rules with their examples again and again, each under
# an id of its own. For `rasoat check` at the size of a grown collection.
#
#   rasoat init ws && rm -r ws/rules && sh tests/bench/many_rules.sh 200 ws/rules && rasoat -C ws check
#
# Writes N rules and the terms and calendar they need into the new folder OUTDIR, a file for each
# copy of a pack, and prints its name.
set -eu
usage() {
	echo "usage: many_rules.sh N OUTDIR (N from 1 to 20000)" >&2
	exit 1
}
case ${1-} in
'' | *[!0-9]*) usage ;;
esac
if [ $# -ne 2 ] || [ "$1" -lt 1 ] || [ "$1" -gt 20000 ]; then usage; fi
rules=$(cd "$(dirname "$0")/../../rules" && pwd)
mkdir "$2"
cp "$rules/terms.xml" "$rules/calendar.xml" "$2"

# Ids are given in order: MAA-00 to MAA-99, MAB-00 and so on. A pack of no rules is not written.
made=0
copy=0
while [ "$made" -lt "$1" ]; do
	copy=$((copy + 1))
	for pack in accounts permissions cases; do
		[ "$made" -lt "$1" ] || break
		out=$(printf '%s/%s-%04d.xml' "$2" "$pack" "$copy")
		made=$(awk -v made="$made" -v wanted="$1" -v out="$out" '
			BEGIN { letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" }
			/<rule id="/ {
				skip = made == wanted
				if (!skip) {
					n = int(made / 100)
					id = sprintf("M%s%s-%02d", substr(letters, int(n / 26) + 1, 1),
						substr(letters, n % 26 + 1, 1), made % 100)
					sub(/id="[^"]*"/, "id=\"" id "\"")
					made++
				}
			}
			!skip || /<\/rules>/ { print > out }
			END { print made }' "$rules/$pack.xml")
	done
done
echo "$2"
