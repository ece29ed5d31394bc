#!/bin/sh
# Is anything in bundle.lock known to be vulnerable? Asks OSV (osv.dev) about every package and version of it, with pip-audit.
#   packaging/audit.sh [FILE]     another lock; OSV_URL=... another service
# 0: nothing known; 1: something is, and stands there; 3: nobody could be asked. There is no database to take along: it asks, or it knows nothing.
set -eu
cd -- "$(dirname -- "$0")/.."
lock=${1:-packaging/bundle.lock}
url=${OSV_URL:-https://api.osv.dev/v1/query}
packaging/supply.sh --environment || { echo 'audit: .venv-supply could not be made: NOTHING WAS CHECKED' >&2; exit 3; }
.venv-supply/bin/python packaging/reach.py "$url" || { echo "audit: $url cannot be reached from here: NOTHING WAS CHECKED" >&2; exit 3; }
status=0
.venv-supply/bin/pip-audit --requirement "$lock" --disable-pip --require-hashes --vulnerability-service osv --osv-url "$url" \
  --progress-spinner off || status=$?
[ "$status" -le 1 ] || { echo 'audit: it was not finished: NOTHING IS KNOWN' >&2; exit 3; }
exit "$status"
