#!/bin/sh
# Installs the packages of packages.txt whose scope is among the arguments, if any is missing.
# With all there it neither becomes root nor asks the network.
set -eu
cd "$(dirname "$0")/.."

missing=
for scope in "$@"; do
	# shellcheck disable=SC2013  # one word a line
	for package in $(awk -v scope="$scope" '!/^#/ && $2 == scope { print $1 }' packages.txt); do
		dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null |
			grep -qx installed || missing="$missing $package"
	done
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
	echo "error: no apt-get here; install what matches these Debian packages:$missing" >&2
	exit 1
fi
root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "error: run as root: apt-get install --no-install-recommends$missing" >&2
		exit 1
	fi
	root="sudo"
fi
echo "installing:$missing"
$root apt-get -q update
# shellcheck disable=SC2086  # a list of words
$root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $missing
