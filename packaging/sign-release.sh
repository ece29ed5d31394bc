#!/bin/sh
# Signs what lies in dist/: SHA256SUMS with its signature, and the manifest that `omote update check` reads with its own.
#   MINISIGN_KEY=FILE [MINISIGN_PASSWORD_FILE=FILE] NOTES_JA=FILE NOTES_EN=FILE packaging/sign-release.sh [FOLDER]
# CHANNEL=stable|beta, DAYS=120 (for how long the manifest is believed). MINISIGN_KEY: as `minisign -G -s FILE` makes it, never in the project.
# Needs minisign (Debian: apt install minisign). Nothing is asked for where the password is in a file; a key without one (-W) needs none.
set -eu
cd -- "$(dirname -- "$0")/.."
die() { printf 'sign-release: %s\n' "$*" >&2; exit 1; }
folder=${1:-dist}
command -v minisign >/dev/null || die 'minisign is missing: apt install minisign'
[ -n "${MINISIGN_KEY:-}" ] || die 'no key: set MINISIGN_KEY to the file of the secret key'
[ -r "$MINISIGN_KEY" ] || die "the key $MINISIGN_KEY cannot be read"
[ -r "${NOTES_JA:-}" ] && [ -r "${NOTES_EN:-}" ] || die 'no release notes: set NOTES_JA and NOTES_EN to their files'
[ -d "$folder" ] || die "there is no folder $folder"
if [ -x .venv-bundle/bin/python ]; then python=.venv-bundle/bin/python; else python=${PYTHON:-python3}; fi
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date +%s)}
export SOURCE_DATE_EPOCH

sign() { # sign FILE WHAT: beside it as FILE.minisig, the comment signed too
  if [ -n "${MINISIGN_PASSWORD_FILE:-}" ]; then from=$MINISIGN_PASSWORD_FILE; else from=/dev/null; fi
  minisign -S -q -s "$MINISIGN_KEY" -m "$1" -t "$2, $(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%d)" <"$from" ||
    die "minisign has not signed $1"
}

rm -f "$folder/SHA256SUMS" "$folder/SHA256SUMS.minisig" "$folder/omote.json" "$folder/omote.json.minisig"
set -- "$folder"/omote[_-]*.*
[ -f "$1" ] || die "nothing to sign in $folder"
"$python" packaging/sign_manifest.py "$folder/omote.json" --notes-ja "$NOTES_JA" --notes-en "$NOTES_EN" \
  --channel "${CHANNEL:-stable}" --days "${DAYS:-120}" "$@"
sign "$folder/omote.json" 'Omote, the manifest'
(cd "$folder" && find . -maxdepth 1 -type f ! -name SHA256SUMS ! -name '*.minisig' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
sign "$folder/SHA256SUMS" 'Omote, the sums of all files'
printf 'sign-release: %s files; check with: minisign -Vm %s/SHA256SUMS -p KEY.pub && (cd %s && sha256sum -c SHA256SUMS)\n' \
  "$(wc -l <"$folder/SHA256SUMS")" "$folder" "$folder"
