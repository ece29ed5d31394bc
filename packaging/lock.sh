#!/bin/sh
# Remakes requirements.lock from pyproject.toml: every platform, Python 3.11 and newer, hashes, no host. Needs uv.
set -eu
cd -- "$(dirname -- "$0")/.."
exec uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev \
  --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock "$@" pyproject.toml
