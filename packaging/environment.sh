#!/bin/sh
# environment.sh FOLDER LOCK: a Python environment with just what the lock names, made anew when the lock is another one.
set -eu
if cmp -s "$2" "$1/ready"; then exit; fi
"${PYTHON:-python3}" -m venv --clear "$1"
"$1/bin/python" -m pip install --quiet --require-hashes --no-deps --only-binary :all: --no-input \
  --disable-pip-version-check -r "$2"
cp "$2" "$1/ready"
