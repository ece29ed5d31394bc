#!/bin/sh
# Remakes the locks from pyproject.toml: every platform, Python 3.11 and newer, hashes, no host. Needs uv.
set -eu
cd -- "$(dirname -- "$0")/.."
lock() { # lock FILE WHAT...
  file=$1
  shift
  uv pip compile --universal --generate-hashes --python-version 3.11 \
    --no-emit-index-url --no-emit-find-links --no-header --output-file "$file" "$@"
}
lock requirements.lock "$@" --extra dev pyproject.toml
lock packaging/fuzz.lock "$@" --group fuzz
lock packaging/softphone.lock "$@" --group softphone --constraint requirements.lock
lock packaging/supply.lock "$@" --group supply
lock packaging/bundle.lock "$@" --extra softphone --group bundle --constraint requirements.lock --constraint packaging/softphone.lock pyproject.toml
lock packaging/docs.lock "$@" --group docs
