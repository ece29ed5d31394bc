#!/bin/sh
# Tries the .rpm with rpm itself: installed, verified, started, popped under Xvfb, upgraded, removed.
#   sudo packaging/try-rpm.sh [bookworm]
# RPM=... another package; MIRROR=... another mirror; PREVIOUS=... what to upgrade from (packed from dist/omote under a lower version if not named); KEEP=1 keeps the folder.
#
# What it does not prove: the folder is a bare Debian one, since no RPM distribution's mirror is asked. rpm puts the files there and
# keeps its database there, but the libraries come from apt, so rpm is told --nodeps. Whether Fedora's, RHEL's or openSUSE's packages provide what the
# .rpm requires (it asks by the libraries' own names, which are the same everywhere), only they can show.
# Needs root, rpm, debootstrap, unshare and an apt mirror; the folder takes 1.5 GB and is made below ${TMPDIR:-/tmp}.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
suite=${1:-bookworm}
rpm=${RPM:-$(ls -t "$root"/dist/omote-[1-9]*.rpm "$root"/dist/omote-0.[1-9]*.rpm 2>/dev/null | head -1)}
say() { printf 'try-rpm: %s\n' "$*"; }
die() { say "FAILED: $*"; exit 1; }

inside() { # a shell command in the folder, with processes of its own, so that nothing of it is left behind
  unshare --mount --pid --fork --kill-child chroot "$folder" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 HOME=/ DEBIAN_FRONTEND=noninteractive sh -c "mount -t proc proc /proc; $*"
}
as_user() { inside "runuser -u sato -- env HOME=/home/sato $*"; }
with_rpm() { rpm --root "$folder" --dbpath /var/lib/rpm "$@"; }
files() { inside 'find / -xdev | grep -v -e ^/proc -e ^/sys -e ^/var/lib/rpm -e ^/home/sato -e ^/tmp | sort'; }

make_folder() {
  debootstrap --variant=minbase "$suite" "$folder" ${MIRROR:+"$MIRROR"} >"$folder.log" 2>&1 || die "debootstrap: $folder.log"
  cp /etc/resolv.conf "$folder/etc/" 2>/dev/null || true
  libraries=$(sed -n '/^  deb:/,/^  rpm:/s/^      - \(lib[^ ]*\).*/\1/p' "$root/packaging/linux/nfpm.yaml" | tr '\n' ' ')
  inside "useradd --create-home sato; apt-get -qq update && apt-get install -qq --yes --no-install-recommends $libraries \
    xvfb xauth fonts-noto-cjk ca-certificates >/dev/null 2>&1" || die 'the libraries'
}

older_package() { # the same files under a lower version
  if [ -n "${PREVIOUS:-}" ]; then echo "$PREVIOUS"; return; fi
  (cd "$root" && VERSION=0.0.1 KINDS=rpm packaging/build-linux.sh >/dev/null)
  ls "$root"/dist/omote-0.0.1-1.*.rpm
}

try_it() {
  files >"$folder.before"
  rpm --query --package --requires "$rpm" | grep -q '^libEGL.so.1()(64bit)' || die 'it does not say what it needs'
  with_rpm --install --nodeps --nosignature "$older" || die 'installing'
  with_rpm --query omote | grep -q 'omote-0.0.1' || die 'rpm does not know it'
  as_user 'omote --self-check >/dev/null' || die 'the self-check'
  mkdir -p "$folder/etc/omote"
  echo 'mask_numbers = true' | sed '1i [trace]' >"$folder/etc/omote/policy.toml"
  as_user 'omote db upgrade' >/dev/null || die 'no records could be made'
  as_user 'xvfb-run -a omote demo --exit-after 20 --profile /home/sato/demo --language en' || die 'the demo'

  with_rpm --upgrade --nodeps --nosignature "$rpm" || die 'the upgrade'
  say "upgraded to $(with_rpm --query omote)"
  with_rpm --verify --nodeps omote || die 'a file is not as it was packed'
  as_user 'omote db check >/dev/null' || die 'the records after the upgrade'
  as_user 'omote config show --json | grep -q policy.toml' || die 'the upgrade lost the policy'

  with_rpm --erase omote || die 'removing'
  [ -f "$folder/etc/omote/policy.toml" ] || die 'removing took the policy'
  rm -r "$folder/etc/omote"
  files >"$folder.after"
  left=$(comm -13 "$folder.before" "$folder.after" | grep -i omote || true)
  [ -z "$left" ] || die "left behind: $left"
  [ -f "$folder/home/sato/.local/share/Omote/omote.db" ] || die 'removing took what is the user'\''s'
  say 'removed; nothing is left but the records in the home of their user'
}

[ -n "$rpm" ] || die 'there is no dist/omote-*.rpm: packaging/build-linux.sh makes it'
older=$(older_package)
folder=$(mktemp -d "${TMPDIR:-/tmp}/try-rpm-$suite-XXXX")
chmod 755 "$folder"
make_folder
try_it
[ -n "${KEEP:-}" ] || rm -rf "$folder" "$folder.log" "$folder.before" "$folder.after"
say 'all well (dependencies not looked at: see the head of this file)'
