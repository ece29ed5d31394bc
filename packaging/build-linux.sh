#!/bin/sh
# Packs dist/omote (build-bundle.sh makes it) into dist/: a .deb, an .rpm and a .tar.xz with install.sh. VERSION=... packs it as another one.
set -eu
cd -- "$(dirname -- "$0")/.."
[ -x dist/omote/omote ] || packaging/build-bundle.sh
python=.venv-bundle/bin/python
VERSION=${VERSION:-$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')}
case $(uname -m) in x86_64) ARCH=amd64 ;; aarch64) ARCH=arm64 ;; *) ARCH=$(uname -m) ;; esac
# the newest glibc that anything in the bundle asks for: the packages want no less
GLIBC=$(find dist/omote -type f \( -name '*.so*' -o -name omote \) -exec objdump -T {} + 2>/dev/null |
  grep -o 'GLIBC_2\.[0-9]*' | sort -u -t. -k2n | tail -1)
GLIBC=${GLIBC#GLIBC_}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export VERSION ARCH GLIBC SOURCE_DATE_EPOCH
"$python" packaging/linux/render_icon.py build/linux 48 128

compress_deb() { # compress_deb FILE: its files with xz
  parts=$(mktemp -d)
  (cd "$parts" && ar x "$1" && xz --threads=0 data.tar && rm "$1" && ar rcD "$1" debian-binary control.tar.gz data.tar.xz)
  rm -rf "$parts"
}

for kind in ${KINDS:-deb rpm tar}; do
  case $kind in
    deb) deb=dist/omote_${VERSION}-1_$ARCH.deb
      .venv-bundle/bin/nfpm package --config packaging/linux/nfpm.yaml --packager deb --target "$deb"
      compress_deb "$PWD/$deb" ;;
    rpm) .venv-bundle/bin/nfpm package --config packaging/linux/nfpm.yaml --packager rpm --target dist/ ;;
    tar)
      folder=omote-$VERSION-$ARCH
      rm -rf "build/linux/$folder"
      mkdir -p "build/linux/$folder"
      cp -al dist/omote "build/linux/$folder/omote"
      for file in install.sh omote.desktop omote-dial.desktop omote-autostart.desktop omote.svg jp.omote.Omote.metainfo.xml; do
        cp "packaging/linux/$file" "build/linux/$folder/"
      done
      tar --create --directory build/linux --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        "$folder" | xz --threads=0 >"dist/$folder.tar.xz"
      rm -rf "build/linux/$folder" ;;
  esac
done
# the GPL's duty: what the binaries were made from lies beside them
git archive --format=tar --prefix="omote-$VERSION/" HEAD | xz --threads=0 >"dist/omote_${VERSION}_source.tar.xz"
# shellcheck disable=SC2046 -- names without blanks
"$python" packaging/sbom.py dist/omote dist/omote $(find dist -maxdepth 1 -type f -name "omote[_-]$VERSION*" ! -name '*_source.*' ! -name '*.cdx.json')
printf 'needs glibc %s; installed %s MB\n' "$GLIBC" "$(du -sm dist/omote | cut -f1)"
du -m dist/omote[_-]* | sort -k2
