#!/bin/sh
# The forms 01-TCD, 02-XLD and 907 of every province as XLSX and PDF: rasoat, and one bare program after another.
#
#   pack.sh prepare RASOAT WORKSPACE OUTDIR   once: OUTDIR/dumps, what the bare programs are to write; prints the number
#                                             of files
#   pack.sh ours RASOAT WORKSPACE OUTDIR      to be timed: the pack from the stores into OUTDIR/ours, BENCH_JOBS (2) threads
#   pack.sh bare RASOAT WORKSPACE OUTDIR      to be timed: the same files from the dumps into OUTDIR/bare
#
# WORKSPACE must have had an import; BENCH_PERIOD is 2026-Q3 unless set. bare_pack and our_pack_dump stand in tests/bench
# beside RASOAT. All exit with 0 when everything was written.
set -eu
[ $# -eq 4 ] || { echo "usage: pack.sh prepare|ours|bare RASOAT WORKSPACE OUTDIR" >&2; exit 1; }
rasoat=$2
programs=$(dirname "$2")/tests/bench
workspace=$3
out=$4
period=${BENCH_PERIOD:-2026-Q3}
mkdir -p "$out"

ours() { # a pack with drafts is a pack
	rm -rf "$out/ours"
	"$rasoat" -C "$workspace" report 01-TCD 02-XLD 907 --period "$period" --each province --jobs "${BENCH_JOBS:-2}" \
		-o "$out/ours" || [ $? -eq 2 ]
}

prepare() {
	ours >/dev/null
	rm -rf "$out/dumps"
	mkdir "$out/dumps"
	units=$(awk -F '\t' 'NR > 1 { print $4 }' "$out/ours/pack-$period-province.tsv" | sort -u)
	# shellcheck disable=SC2086  # codes are words
	"$programs/our_pack_dump" "$workspace" "$period" "$out/dumps" $units
	find "$out/dumps" -type f | wc -l
}

bare() {
	rm -rf "$out/bare"
	mkdir "$out/bare"
	for dump in "$out"/dumps/*.xlsx.dump; do
		name=${dump##*/}
		"$programs/bare_pack" xlsx "$dump" "$out/bare/${name%.dump}"
	done
	for dump in "$out"/dumps/*.pdf.dump; do
		name=${dump##*/}
		"$programs/bare_pack" pdf "$dump" "$out/bare/${name%.dump}"
	done
}

case $1 in
prepare | ours | bare) "$1" ;;
*) echo "pack.sh: '$1' is not prepare, ours or bare" >&2; exit 1 ;;
esac
