#!/bin/sh
# Puts setup.exe and the MSI (build-on-linux.sh) through their lives under wine, silently: installs, configures, repairs, refuses while Omote
# runs, upgrades, refuses a downgrade, uninstalls. Looks at exit statuses, logs, the registry, files and what is left.
#   packaging/windows/try-installers.sh [nsis] [msi]
# Needs what build-on-linux.sh needs, and wine64 (without 32 bits). The prefix is a new folder below ${TMPDIR:-/tmp}; KEEP=1 keeps it.
# Wine is not Windows: no firewall, no permissions of folders, no transitive components (AUTOSTART=0 by a repair of the MSI); the programs are a
# stand-in.
set -eu
cd -- "$(dirname -- "$0")/../.."
wine=${WINE:-$(command -v wine64 || echo /usr/lib/wine/wine64)}
[ -x "$wine" ] || { echo 'try-installers: needs wine64'; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/try-installers-XXXX")
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES=winemenubuilder.exe=d
old=0.0.9 new=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
c="$WINEPREFIX/drive_c"
folder="$c/Program Files/Omote" data="$c/ProgramData/Omote"
setup_key='HKLM\SOFTWARE\Omote\Setup'
arp='HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
run_key='HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run'

say() { printf 'try-installers: %s\n' "$*"; }
die() { [ -z "${program:-}" ] || kill "$program" 2>/dev/null || true; say "FAILED: $*"; say "kept: $work"; exit 1; }
windows() { "$wine" winepath -w "$1" 2>/dev/null; }

status_of() { # status_of WORDS...: runs a command line of Windows, whose whole status is printed (a Unix one has eight bits)
  printf '@echo off\r\nstart /wait "" %s\r\n>C:\\status.txt echo %%errorlevel%%\r\n' "$*" >"$c/run.bat"
  rm -f "$c/status.txt"
  timeout 120 "$wine" cmd /c 'C:\run.bat' >"$work/output" 2>&1 || true
  tr -d '\r\n ' <"$c/status.txt"
}
expect() { # expect STATUS WHAT WORDS...
  wanted=$1 what=$2
  shift 2
  got=$(status_of "$@")
  [ "$got" = "$wanted" ] || die "$what: status $got instead of $wanted: $*"
  say "$what: status $got"
}
value() { # value KEY NAME: of the registry of 64 bits, or nothing
  "$wine" reg query "$1" /v "$2" /reg:64 2>/dev/null | tr -d '\r' | sed -n 's/^ .*REG_[A-Z_]*  *//p'
}
has() { # has KEY NAME VALUE
  got=$(value "$1" "$2")
  [ "$got" = "$3" ] || die "$1 $2 is \"$got\" instead of \"$3\""
}
lacks() { # lacks KEY
  if "$wine" reg query "$1" /reg:64 >/dev/null 2>&1; then die "$1 is still there"; fi
}
there() { [ -e "$1" ] || die "missing: $1"; }
gone() { [ ! -e "$1" ] || die "left behind: $1"; }
logged() { # logged FILE WORDS: setup.exe writes UTF-16, wine's msiexec does not
  iconv -f UTF-16 -t UTF-8 "$1" 2>/dev/null | grep -qF "$2" || grep -aqF "$2" "$1" || die "not in $1: $2"
}
until_gone() { # the uninstaller goes on after it has returned, as all of NSIS do
  n=0
  while [ -e "$1" ]; do n=$((n + 1)); [ $n -lt 40 ] || die "still there: $1"; sleep 0.5; done
}
while_running() { # while_running PROGRAM WORDS...: does it while the installed program runs
  "$wine" "$folder/omote.exe" run 600 &
  program=$!
  sleep 3
  "$@"
  kill "$program"
  wait "$program" 2>/dev/null || true
  program=
}
settings() { # settings NAME WORDS: a file for CONFIG, with its name as Windows has it
  printf '%s\n' "$2" >"$c/$1"
  printf 'C:\\%s' "$1"
}
configured() { cmp -s "$c/$1" "$data/settings.toml" || die "the settings are not those of $1"; }
links() {
  has 'HKLM\SOFTWARE\Classes\Omote.tel\shell\open\command' '' "\"C:\\Program Files\\Omote\\omote.exe\" dial \"%1\""
  for scheme in tel callto sip; do has 'HKLM\SOFTWARE\Omote\Capabilities\UrlAssociations' $scheme Omote.tel; done
  has 'HKLM\SOFTWARE\RegisteredApplications' Omote 'SOFTWARE\Omote\Capabilities'
}
nothing_left() {
  gone "$folder"
  for key in 'HKLM\SOFTWARE\Omote' 'HKLM\SOFTWARE\Classes\Omote.tel' "$arp\\Omote"; do lacks "$key"; done
  [ -z "$(value "$run_key" Omote)" ] || die 'it would still start with the session'
  [ -z "$(value 'HKLM\SOFTWARE\RegisteredApplications' Omote)" ] || die 'it is still offered for links'
  left=$(find "$c" -newer "$work/before" \( -iname '*omote*' \) ! -path "$c/users/*/Temp/*" ! -path "$c/windows/Temp/*" \
    ! -path "$c/windows/Installer/*" ! -path "$c/ProgramData/Omote" ! -path "$users_own*" | grep -v '\.log$' || true)
  [ -z "$left" ] || die "left behind: $left"
}
menu() { find "$c" -name 'Omote.lnk' -ipath '*start menu*'; }

try_nsis() {
  setup=$(windows "$work/Omote-$new-setup.exe") older=$(windows "$work/Omote-$old-setup.exe") log="$c/setup.log"
  first=$(settings first.toml '[desk]') second=$(settings second.toml '[trace]') wrong=$(settings wrong.toml 'wrong = 1')
  expect 87 'setup.exe: a wrong parameter' "$setup" /S /LANGUAGE=fr '/LOG=C:\setup.log'
  expect 2 'setup.exe: a settings file that is not there' "$setup" /S '/CONFIG=C:\none.toml' '/LOG=C:\setup.log'
  gone "$folder"
  expect 0 "setup.exe: installs $old with settings" "$older" /S "/CONFIG=$first" /LANGUAGE=ja /AUTOSTART=1 '/LOG=C:\setup.log'
  there "$folder/omote.exe"; there "$folder/omote-cli.exe"; there "$folder/lib/version.txt"; there "$folder/docs/ja/index.html"; there "$folder/LICENSE"; there "$folder/uninstall.exe"
  configured first.toml
  has "$arp\\Omote" DisplayVersion "$old"; has "$arp\\Omote" Publisher 'Omote maintainers'
  has "$arp\\Omote" QuietUninstallString '"C:\Program Files\Omote\uninstall.exe" /S'
  has 'HKLM\SOFTWARE\Omote\Settings\desk' language ja
  has "$run_key" Omote '"C:\Program Files\Omote\omote.exe"'
  [ -n "$(menu)" ] || die 'no entry in the start menu'
  links
  logged "$log" 'installed: status 0'

  touch "$folder/lib/of-yesterday"
  while_running expect 1618 'setup.exe: refuses while Omote runs' "$setup" /S '/LOG=C:\setup.log'
  has "$arp\\Omote" DisplayVersion "$old"
  logged "$log" 'refused (1618)'
  "$wine" "$folder/omote.exe" run 8 &
  sleep 3
  expect 0 "setup.exe: upgrades to $new, once who runs has ended" "$setup" /S /WAIT=30 '/LOG=C:\setup.log'
  has "$arp\\Omote" DisplayVersion "$new"
  has "$run_key" Omote '"C:\Program Files\Omote\omote.exe"'
  has 'HKLM\SOFTWARE\Omote\Settings\desk' language ja
  gone "$folder/lib/of-yesterday"
  configured first.toml
  logged "$log" "version $old in C:\\Program Files\\Omote taken away: status 0"
  expect 1638 'setup.exe: refuses an older one' "$older" /S '/LOG=C:\setup.log'
  expect 13 'setup.exe: a settings file with a mistake' "$setup" /S "/CONFIG=$wrong" '/LOG=C:\setup.log'
  logged "$log" 'the settings cannot be read'
  configured first.toml
  expect 0 'setup.exe: over itself, other settings, no autostart' "$setup" /S "/CONFIG=$second" /AUTOSTART=0 '/LOG=C:\setup.log'
  configured second.toml
  [ -z "$(value "$run_key" Omote)" ] || die 'it still starts with the session'

  while_running expect 1618 'uninstall.exe: refuses while Omote runs' '"C:\Program Files\Omote\uninstall.exe"' /S '_?=C:\Program Files\Omote'
  expect 0 'uninstall.exe: keeps the settings' '"C:\Program Files\Omote\uninstall.exe"' /S '/LOG=C:\setup.log'
  until_gone "$folder"
  configured second.toml
  nothing_left
  logged "$log" 'uninstalled: status 0'
  expect 0 'setup.exe: into another folder' "$setup" /S '/LOG=C:\setup.log' '/D=C:\Apps'
  there "$c/Apps/Omote/omote.exe"
  touch "$c/Apps/somebody-elses"
  expect 0 'uninstall.exe: takes the settings too' '"C:\Apps\Omote\uninstall.exe"' /S /REMOVEDATA
  until_gone "$c/Apps/Omote"
  there "$c/Apps/somebody-elses"
  gone "$data"
  nothing_left
}

try_msi() {
  msi=$(windows "$work/Omote-$new-x64.msi") older=$(windows "$work/Omote-$old-x64.msi") log="$c/msi.log"
  first=$(settings first.toml '[desk]') second=$(settings second.toml '[trace]')
  quiet='/qn REBOOT=ReallySuppress /l*v C:\msi.log'
  expect 1603 'MSI: a settings file that is not there' msiexec /i "$older" $quiet 'CONFIGFILE=C:\none.toml'
  logged "$log" 'CONFIGMISSING = 1' # wine shows a condition's words in a box alone, Windows logs them
  gone "$folder"
  expect 0 "MSI: installs $old with settings" msiexec /i "$older" $quiet "CONFIGFILE=$first" LANGUAGE=ja AUTOSTART=1
  there "$folder/omote.exe"; there "$folder/omote-cli.exe"; there "$folder/lib/version.txt"; there "$folder/docs/ja/index.html"; there "$folder/LICENSE"
  configured first.toml
  has "$setup_key" Version "$old"; has "$setup_key" By msi
  has 'HKLM\SOFTWARE\Omote\Settings\desk' language ja
  has "$run_key" Omote '"C:\Program Files\Omote\omote.exe"'
  [ -n "$(menu)" ] || die 'no entry in the start menu'
  links
  "$wine" reg query "$arp" /s /reg:64 2>/dev/null | grep -q 'DisplayName.*Omote' || die 'it is not in the list of programs'
  expect 1603 'MSI: a settings file without its full path' msiexec /i "$older" $quiet 'CONFIGFILE=none.toml'

  rm "$folder/lib/version.txt"
  expect 0 'MSI: repairs' msiexec /i "$older" $quiet REINSTALL=ALL REINSTALLMODE=amus # what /fa says, which wine 8 does not know
  there "$folder/lib/version.txt"
  has "$run_key" Omote '"C:\Program Files\Omote\omote.exe"'
  expect 0 'MSI: other settings by a repair' msiexec /i "$older" $quiet REINSTALL=ALL REINSTALLMODE=omus "CONFIGFILE=$second"
  configured second.toml

  while_running expect 1603 'MSI: refuses while Omote runs' msiexec /i "$msi" $quiet
  logged "$log" 'OMOTERUNS = 1'
  has "$setup_key" Version "$old"
  expect 0 "MSI: upgrades to $new" msiexec /i "$msi" $quiet
  has "$setup_key" Version "$new"
  has 'HKLM\SOFTWARE\Omote\Settings\desk' language ja
  configured second.toml
  [ "$("$wine" reg query "$arp" /s /reg:64 2>/dev/null | grep -c 'DisplayName.*Omote')" = 1 ] || die 'two of it are in the list of programs'
  expect 1603 'MSI: refuses an older one' msiexec /i "$older" $quiet
  logged "$log" 'WIX_DOWNGRADE_DETECTED = {'
  expect 1638 'setup.exe: refuses beside the MSI' "$(windows "$work/Omote-$new-setup.exe")" /S '/LOG=C:\setup.log'

  while_running expect 1603 'MSI: refuses to uninstall while Omote runs' msiexec /x "$msi" $quiet
  there "$folder/omote.exe"
  expect 0 'MSI: uninstalls and keeps the settings' msiexec /x "$msi" $quiet
  configured second.toml
  nothing_left
  expect 0 'MSI: installs once more' msiexec /i "$msi" $quiet
  expect 0 'MSI: uninstalls with REMOVEDATA=1' msiexec /x "$msi" $quiet REMOVEDATA=1
  gone "$data/settings.toml"
  nothing_left
}

say "builds $old and $new"
for version in $old $new; do
  VERSION=$version OUT=$work packaging/windows/build-on-linux.sh >"$work/build.log" 2>&1 || die "$(tail -5 "$work/build.log")"
done
say "makes a prefix of $("$wine" --version)"
"$wine" wineboot --init >"$work/wineboot.log" 2>&1
"$wine" winecfg -v win10 >>"$work/wineboot.log" 2>&1
users_own=$(find "$c/users" -maxdepth 3 -type d -path '*AppData/Local' | head -1)/Omote
mkdir -p "$users_own"
echo notes >"$users_own/omote.db"
touch "$work/before"
for kind in ${*:-nsis msi}; do "try_$kind"; done
[ "$(cat "$users_own/omote.db")" = notes ] || die 'the records of the user are gone'
"$wine" wineboot --shutdown >/dev/null 2>&1 || true
"$(dirname "$wine")/wineserver64" -w 2>/dev/null || sleep 10 # until nothing writes into the prefix any more
[ -n "${KEEP:-}" ] || rm -rf "$work"
say 'all well'
