#!/bin/sh
# Is each *.cdx.json in dist/ what CycloneDX 1.6 asks for? The tools have an environment of their own, .venv-supply, from supply.lock.
#   packaging/supply.sh [FILE...]          --environment: only makes it
set -eu
cd -- "$(dirname -- "$0")/.."
lock=packaging/supply.lock stamp=.venv-supply/ready
wanted=$(sha256sum <"$lock")
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  "${PYTHON:-python3}" -m venv --clear .venv-supply
  .venv-supply/bin/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: --no-input \
    --disable-pip-version-check -r "$lock"
  printf '%s\n' "$wanted" >"$stamp"
fi
[ "${1:-}" != --environment ] || exit 0
if [ $# = 0 ]; then
  for file in dist/*.cdx.json; do [ ! -f "$file" ] || set -- "$@" "$file"; done
fi
[ $# = 0 ] || .venv-supply/bin/python packaging/check_sbom.py "$@"
