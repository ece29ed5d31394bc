#!/bin/sh
# Builds the pages of docs/ as a site that works from a folder: dist/docs/index.html. Needs Python 3.11 or newer, git.
# The environment is its own, .venv-docs, from packaging/docs.lock. build-docs.sh FOLDER builds into another folder.
set -eu
cd -- "$(dirname -- "$0")/.."
unset PYTHONDONTWRITEBYTECODE PYTHONPATH
target=${1:-dist/docs}
packaging/environment.sh .venv-docs packaging/docs.lock

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv-docs/bin/python packaging/docs/stage.py docs "$work/pages"
cp -r packaging/docs/locale "$work/locale"
.venv-docs/bin/python -m babel.messages.frontend -q compile -D sphinx -d "$work/locale"
for language in en ja; do # a warning (a link that leads nowhere, a heading out of order) is an error
  .venv-docs/bin/python -m sphinx -q -W --keep-going -b html -c packaging/docs -D language=$language -D locale_dirs="$work/locale" -d "$work/read-$language" \
    "$work/pages/$language" "$work/site/$language"
  (cd "$work/site/$language" && rm -rf .buildinfo objects.inv _sources _static/searchtools.js _static/language_data.js _static/*/*.map)
  cp packaging/linux/omote.svg "$work/site/$language/_static/omote.svg"
done
cp packaging/docs/index.html "$work/site/index.html"
find "$work/site" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
rm -rf "$target"
mkdir -p "$(dirname -- "$target")"
cp -a "$work/site" "$target"
