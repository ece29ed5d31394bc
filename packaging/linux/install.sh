#!/bin/sh
# Installs Omote from this folder: for everybody as root, otherwise for you alone. Takes another folder than the last time too.
#   ./install.sh [--autostart]      installs, or replaces what is installed; with --autostart it begins with the session
#   ./install.sh --uninstall        takes the program away; settings, records and notes stay
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if [ "$(id -u)" = 0 ]; then
  program=/opt/omote bin=/usr/local/bin share=/usr/local/share autostart=/etc/xdg/autostart
else
  share=${XDG_DATA_HOME:-$HOME/.local/share} bin=$HOME/.local/bin autostart=${XDG_CONFIG_HOME:-$HOME/.config}/autostart
  program=$HOME/.local/lib/omote
fi

remove() {
  rm -rf "$program" "$program.new"
  rm -f "$bin/omote" "$share/applications/omote.desktop" "$share/applications/omote-dial.desktop" \
    "$share/metainfo/jp.omote.Omote.metainfo.xml" "$share/icons/hicolor/scalable/apps/omote.svg"
}
put() { # put FILE FOLDER [NAME]: the program by its whole path, since a session's PATH may lack $bin
  mkdir -p "$2"
  sed "s|^\(Try\)\{0,1\}Exec=omote|\1Exec=$bin/omote|" "$here/$1" >"$2/${3:-$1}"
}

case ${1:-} in
  '' | --autostart) ;;
  --uninstall)
    remove
    rm -f "$autostart/omote.desktop"
    echo "Omote is removed. Settings, records and notes are kept."
    exit ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
rm -rf "$program.new"
mkdir -p "$(dirname -- "$program")" "$bin"
cp -R "$here/omote" "$program.new"
"$program.new/omote" --self-check >/dev/null || { # nothing is replaced by what does not run here
  "$program.new/omote" --self-check >&2 || true
  rm -rf "$program.new"
  exit 1
}
remove_old=$program.old
if [ -d "$program" ]; then mv "$program" "$remove_old"; fi
mv "$program.new" "$program"
rm -rf "$remove_old"
ln -sf "$program/omote" "$bin/omote"
put omote.desktop "$share/applications"
put omote-dial.desktop "$share/applications"
put jp.omote.Omote.metainfo.xml "$share/metainfo"
put omote.svg "$share/icons/hicolor/scalable/apps"
if [ "${1:-}" = --autostart ]; then put omote-autostart.desktop "$autostart" omote.desktop; fi
echo "Omote is installed: $bin/omote"
