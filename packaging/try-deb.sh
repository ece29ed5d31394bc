#!/bin/sh
# Tries the .deb in bare Debian folders: apt installs it, it checks itself, pops under Xvfb, is upgraded, removed and purged.
#   sudo packaging/try-deb.sh [bookworm] [trixie]
# DEB=... another package; MIRROR=... another mirror; PREVIOUS=... what to upgrade from; KEEP=1 keeps the folders; BARE=DIR has the bare folders, DIR/bookworm ...
# Needs root, debootstrap, unshare and an apt mirror; the folders take 1.5 GB each and are made below ${TMPDIR:-/tmp}.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
deb=${DEB:-$(ls -t "$root"/dist/omote_*.deb | head -1)}
say() { printf 'try-deb: %s\n' "$*"; }
die() { say "$suite: FAILED: $*"; exit 1; }

inside() { # a shell command in the folder, with processes of its own, so that nothing of it is left behind
  unshare --mount --pid --fork --kill-child chroot "$folder" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 HOME=/ DEBIAN_FRONTEND=noninteractive sh -c "mount -t proc proc /proc; $*"
}
as_user() { # the same as somebody with a home
  inside "runuser -u sato -- env HOME=/home/sato $*"
}
installed_version() { inside 'dpkg-query --show --showformat="\${Version}" omote'; }

older_package() { # the same files under a lower version
  mkdir -p "$folder/older"
  dpkg-deb --raw-extract "$deb" "$folder/older/files"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$folder/older/files/DEBIAN/control"
  dpkg-deb -Zgzip -z1 --build "$folder/older/files" "$folder/older/omote.deb" >/dev/null
  rm -rf "$folder/older/files"
}

make_folder() {
  if [ -n "${BARE:-}" ]; then
    cp -a "$BARE/$suite/." "$folder/"
  else
    debootstrap --variant=minbase "$suite" "$folder" ${MIRROR:+"$MIRROR"} >"$folder.log" 2>&1 || die "debootstrap: $folder.log"
  fi
  cp /etc/resolv.conf "$folder/etc/" 2>/dev/null || true
  inside 'useradd --create-home sato; apt-get -qq update'
  cp "$deb" "$folder/omote.deb"
  if [ -n "${PREVIOUS:-}" ]; then mkdir -p "$folder/older" && cp "$PREVIOUS" "$folder/older/omote.deb"; else older_package; fi
}

try_it() {
  inside 'find / -xdev | grep -v -e ^/proc -e ^/sys | sort >/before'
  inside 'apt-get install -qq --yes --no-install-recommends /older/omote.deb >/dev/null' || die 'apt does not install it'
  say "$suite: $(installed_version) installed, $(du -sm "$folder/usr/lib/omote" | cut -f1) MB"
  as_user 'omote --self-check' || die 'the self-check on a system without fonts, X and keyring'
  as_user 'omote db upgrade' >/dev/null || die 'no records could be made'
  echo 'desk = 1' >"$folder/etc/omote/settings.toml.example"

  inside 'apt-get install -qq --yes --no-install-recommends /omote.deb >/dev/null' || die 'the upgrade'
  say "$suite: upgraded to $(installed_version)"
  [ -f "$folder/home/sato/.local/share/Omote/omote.db" ] || die 'the upgrade lost the records'
  [ -f "$folder/etc/omote/settings.toml.example" ] || die 'the upgrade lost the settings'
  as_user 'omote db check' || die 'the records after the upgrade'

  inside 'apt-get install -qq --yes --no-install-recommends xvfb xauth fonts-noto-cjk >/dev/null 2>&1' || die 'Xvfb'
  as_user 'xvfb-run -a omote demo --exit-after 20 --profile /home/sato/demo --language en' || die 'the demo'
  inside 'apt-get purge -qq --yes --autoremove xvfb xauth fonts-noto-cjk >/dev/null 2>&1'

  inside 'apt-get remove -qq --yes omote >/dev/null 2>&1' || die 'removing'
  [ -f "$folder/etc/omote/settings.toml.example" ] || die 'removing took the settings'
  inside 'apt-get purge -qq --yes --autoremove omote >/dev/null 2>&1' || die 'purging'
  inside 'find / -xdev | grep -v -e ^/proc -e ^/sys | sort >/after'
  left=$(comm -13 "$folder/before" "$folder/after" | grep -i omote | grep -v ^/home/sato || true)
  [ -z "$left" ] || die "left behind: $left"
  [ -f "$folder/home/sato/.local/share/Omote/omote.db" ] || die 'purging took what is the user'\''s'
  say "$suite: removed and purged; nothing is left outside the user's home, where the records are"
}

for suite in ${*:-bookworm trixie}; do
  folder=$(mktemp -d "${TMPDIR:-/tmp}/try-deb-$suite-XXXX")
  chmod 755 "$folder"
  make_folder
  try_it
  [ -n "${KEEP:-}" ] || rm -rf "$folder" "$folder.log"
done
say 'all well'
