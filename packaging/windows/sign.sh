#!/bin/sh
# Signs Windows programs and installers on Linux with osslsigncode, in place: packaging/windows/sign.sh FILE...
#   SIGN_PKCS12=FILE and SIGN_PASSWORD_FILE=FILE, or SIGN_CERT=FILE (PEM, with its chain) and SIGN_KEY=FILE (PEM)
#   SIGN_TIMESTAMP=URL of an RFC 3161 service; without one the signature ends with the certificate
#   SIGN_CA=FILE (PEM): verify against this authority instead of the system's, which seldom knows any of code signing
# No secret stands on a command line.
set -eu
[ $# -gt 0 ] || { sed -n '2,6s/^# //p' "$0"; exit 2; }
if [ -n "${SIGN_PKCS12:-}" ]; then
  set_key="-pkcs12 $SIGN_PKCS12 -readpass $SIGN_PASSWORD_FILE"
else
  set_key="-certs ${SIGN_CERT:?} -key ${SIGN_KEY:?}"
fi
for file; do
  rm -f "$file.signed"
  # shellcheck disable=SC2086 -- several words on purpose; the paths are the builder's own, without blanks
  osslsigncode sign $set_key -h sha256 -n Omote ${SIGN_TIMESTAMP:+-ts "$SIGN_TIMESTAMP"} -in "$file" -out "$file.signed" >/dev/null
  osslsigncode verify -CAfile "${SIGN_CA:-/etc/ssl/certs/ca-certificates.crt}" -in "$file.signed" >"$file.verified" 2>&1 ||
    { cat "$file.verified"; rm -f "$file.signed" "$file.verified"; echo "sign: $file: the signature does not verify"; exit 1; }
  rm -f "$file.verified"
  mv "$file.signed" "$file"
  echo "signed: $file"
done
