#!/bin/sh
# Is each *.cdx.json in dist/ what CycloneDX 1.6 asks for? The tools have an environment of their own, .venv-supply, from supply.lock.
#   packaging/supply.sh [FILE...]          --environment: only makes it
set -eu
cd -- "$(dirname -- "$0")/.."
packaging/environment.sh .venv-supply packaging/supply.lock
[ "${1:-}" != --environment ] || exit 0
if [ $# = 0 ]; then
  for file in dist/*.cdx.json; do [ ! -f "$file" ] || set -- "$@" "$file"; done
fi
[ $# = 0 ] || .venv-supply/bin/python packaging/check_sbom.py "$@"
