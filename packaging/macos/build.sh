#!/bin/sh
# Freezes Omote into dist/Omote.app and packs it as dist/Omote-VERSION-ARCH.pkg, on a Mac with Python 3.11+ and Xcode's command line tools.
#   packaging/macos/build.sh
# Each of these is a step that is left out, and named, where it is not set:
#   SIGN_APP='Developer ID Application: NAME (TEAM)'      signs every library, then the program, with the hardened runtime
#   SIGN_PKG='Developer ID Installer: NAME (TEAM)'        signs the package
#   NOTARY_PROFILE=NAME                                   sends it to Apple (`xcrun notarytool store-credentials NAME` keeps the login in the keychain)
# No password is ever an argument here. It has been run with stand-ins for Apple's tools alone (tests/architecture/test_macos_package.py).
set -eu
cd -- "$(dirname -- "$0")/../.."
unset PYTHONDONTWRITEBYTECODE PYTHONPATH
say() { printf 'build: %s\n' "$*"; }
die() { printf 'build: %s\n' "$*" >&2; exit 1; }
[ "$(uname -s)" = Darwin ] || die 'this needs macOS; Linux has packaging/build-bundle.sh'
for tool in codesign pkgbuild productbuild xcrun; do command -v "$tool" >/dev/null || die "$tool is missing: xcode-select --install"; done
here=packaging/macos app=dist/Omote.app python=.venv-bundle/bin/python
packaging/environment.sh .venv-bundle packaging/bundle.lock
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0
"$python" packaging/compile_catalogues.py
"$python" "$here/make_icns.py" build/macos/omote.icns
"$python" -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build/bundle packaging/omote.spec
version=$("$python" -c 'import plistlib, sys; print(plistlib.load(open(sys.argv[1], "rb"))["CFBundleShortVersionString"])' "$app/Contents/Info.plist")
"$app/Contents/MacOS/omote" --self-check || die 'the frozen program is not whole'

sign() { codesign --force --options runtime --timestamp --sign "$SIGN_APP" "$@"; }
if [ -n "${SIGN_APP:-}" ]; then # inside out: a signature covers what it finds inside
  find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 | xargs -0 -n 50 codesign --force --options runtime --timestamp --sign "$SIGN_APP"
  find "$app/Contents" -depth -type d -name '*.framework' | while read -r one; do sign "$one"; done
  sign --entitlements "$here/entitlements.plist" "$app/Contents/MacOS/omote"
  sign --entitlements "$here/entitlements.plist" "$app"
  codesign --verify --deep --strict "$app"
  "$app/Contents/MacOS/omote" --self-check >/dev/null || die 'the hardened runtime keeps something from it'
else
  say 'SIGN_APP is not set: signed by nobody (ad hoc). Gatekeeper will not open it on other Macs.'
fi

package=dist/Omote-$version-$(uname -m).pkg
rm -rf build/macos/root build/macos/Omote.pkg
mkdir -p build/macos/root/Applications
cp -R "$app" build/macos/root/Applications/
pkgbuild --root build/macos/root --component-plist "$here/component.plist" --scripts "$here/scripts" --identifier jp.omote.Omote \
  --version "$version" --install-location / build/macos/Omote.pkg
if [ -n "${SIGN_PKG:-}" ]; then
  productbuild --distribution "$here/distribution.xml" --package-path build/macos --sign "$SIGN_PKG" --timestamp "$package"
else
  productbuild --distribution "$here/distribution.xml" --package-path build/macos "$package"
  say 'SIGN_PKG is not set: the package is signed by nobody.'
fi
if [ -n "${NOTARY_PROFILE:-}" ] && [ -n "${SIGN_APP:-}" ] && [ -n "${SIGN_PKG:-}" ]; then
  xcrun notarytool submit "$package" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$package"
else
  say 'not notarised: that needs SIGN_APP, SIGN_PKG and NOTARY_PROFILE.'
fi
(cd dist && shasum -a 256 "$(basename -- "$package")" >"$(basename -- "$package").sha256")
say "$package"
