#!/bin/sh
# Builds setup.exe and the MSI on Linux, as far as their tools go, into build/windows/out: for try-installers.sh, not for anybody's PC.
#   SIGN=1 signs them and the programs with sign.sh; VERSION=... another version; PAYLOAD=DIR a frozen program for Windows instead of the stand-in; PYTHON=... one that has PySide6
# Needs nsis, wixl, msitools (msibuild) and gcc-mingw-w64-x86-64. The real ones are built by build.ps1 on Windows.
set -eu
cd -- "$(dirname -- "$0")/../.."
python=${PYTHON:-.venv/bin/python}
version=${VERSION:-$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')}
here=packaging/windows work=${WORK:-build/windows} out=${OUT:-build/windows/out}
cc=${CC:-x86_64-w64-mingw32-gcc}
mkdir -p "$work" "$out"
out=$(cd -- "$out" && pwd)

[ -f "$work/omote.ico" ] || "$python" $here/render_ico.py "$work/omote.ico"
$cc -O2 -s -shared -Wall -Wextra -o "$work/checks.dll" $here/checks.c -lmsi

payload=$work/stand-in
if [ -n "${PAYLOAD:-}" ]; then
  payload=$work/payload # wixl takes no full paths
  ln -sfn "$(cd -- "$PAYLOAD" && pwd)" "$payload"
else # two programs and a folder, as PyInstaller lays them out
  mkdir -p "$payload/lib/db/migrations"
  $cc -O2 -s -Wall -Wextra -municode -mwindows -o "$payload/omote.exe" $here/stand_in.c
  $cc -O2 -s -Wall -Wextra -municode -o "$payload/omote-cli.exe" $here/stand_in.c
  cp -r db/migrations/. "$payload/lib/db/migrations/"
  find "$payload" -name __pycache__ -prune -exec rm -r {} +
  printf '%s\n' "$version" >"$payload/lib/version.txt"
  mkdir -p "$payload/docs/ja"
  cp packaging/docs/index.html "$payload/docs/"
  cp packaging/docs/index.html "$payload/docs/ja/"
  cp LICENSE "$payload/"
fi

[ -z "${SIGN:-}" ] || $here/sign.sh "$payload/omote.exe" "$payload/omote-cli.exe" "$work/checks.dll"
"$python" $here/payload_names.py "$payload" "$work/payload.nsh"
rm -f "$out/Omote-$version-setup.exe" "$out/Omote-$version-x64.msi"
makensis -V2 -WX -DVERSION="$version" -DPAYLOAD="$(cd -- "$payload" && pwd)" -DBUILD="$(cd -- "$work" && pwd)" -DOUT="$out/Omote-$version-setup.exe" \
  -DSIGN="${SIGN:+$PWD/$here/sign.sh}" $here/omote.nsi

"$python" $here/for_wixl.py $here/omote.wxs "$work/omote.wxs" "$work/omote.sql"
find -L "$payload" -type f ! -path "$payload/omote.exe" ! -path "$payload/omote-cli.exe" | sort |
  wixl-heat -p "$payload/" --component-group Payload --var var.Payload --directory-ref=INSTALLFOLDER --win64 >"$work/payload.wxs"
wixl -a x64 -D Win64=yes -D Version="$version" -D Payload="$payload" -D Build="$work" -o "$out/Omote-$version-x64.msi" "$work/omote.wxs" "$work/payload.wxs"
while IFS= read -r row; do
  msibuild "$out/Omote-$version-x64.msi" -q "$row"
done <"$work/omote.sql"
[ -z "${SIGN:-}" ] || $here/sign.sh "$out/Omote-$version-setup.exe" "$out/Omote-$version-x64.msi"
ls -l "$out"
