#!/bin/sh
# Is a build what its commit says? Freezes it in two folders, one after the other, and says which files differ and why.
#   packaging/two-builds.sh [FOLDER]     FOLDER, or one below ${TMPDIR:-/tmp}, gets both; KEEP=1 leaves them there
# 0: they are equal; 1: they differ; about ten minutes and 3 GB. What is not committed is not built.
set -eu
cd -- "$(dirname -- "$0")/.."
base=${1:-$(mktemp -d "${TMPDIR:-/tmp}/two-builds-XXXX")}
mkdir -p "$base"
commit=$(git rev-parse HEAD)
for name in one another; do # names of two lengths: a path that is written down moves what stands after it
  [ -d "$base/$name" ] || { git clone --quiet . "$base/$name" && git -C "$base/$name" checkout --quiet --detach "$commit"; }
  [ -x "$base/$name/dist/omote/omote" ] || (cd "$base/$name" && packaging/build-bundle.sh >build.log 2>&1) ||
    { tail -20 "$base/$name/build.log" >&2; exit 1; }
done
status=0
"$base/one/.venv-bundle/bin/python" packaging/compare_builds.py "$base/one/dist/omote" "$base/another/dist/omote" || status=$?
if [ -z "${KEEP:-}" ] && [ -z "${1:-}" ]; then rm -rf "$base"; fi
exit "$status"
