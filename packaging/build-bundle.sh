#!/bin/sh
# Freezes Omote into dist/omote (one folder, its own Python). Needs Python 3.11 or newer with its shared library, binutils, git.
# The environment is its own, .venv-bundle, from packaging/bundle.lock: neither ./run nor .venv know of it.
set -eu
cd -- "$(dirname -- "$0")/.."
unset PYTHONDONTWRITEBYTECODE PYTHONPATH
packaging/environment.sh .venv-bundle packaging/bundle.lock

# as reproducible as the tools allow: the same commit, environment and path give the same files
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0
.venv-bundle/bin/python packaging/compile_catalogues.py
.venv-bundle/bin/python -m PyInstaller --noconfirm --clean --log-level WARN \
  --distpath dist --workpath build/bundle packaging/omote.spec
packaging/build-docs.sh dist/omote/docs # what Help opens
git log -1 --format='%cs %h' >dist/omote/lib/BUILD # what the page about Omote tells
.venv-bundle/bin/python packaging/notices.py dist/omote
find dist/omote -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
du -sm dist/omote
