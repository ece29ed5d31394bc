#!/bin/sh
# dpkg calls it after the files are gone. "remove" keeps everything that was set up, "purge" takes what is the machine's.
# What lies in people's homes (records, notes, settings) is theirs: no package removes it.
set -e
if [ "$1" = purge ]; then
  rm -rf /etc/omote
  rm -f /etc/xdg/autostart/omote.desktop
fi
