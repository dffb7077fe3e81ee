#!/usr/bin/env bash
# Collects in wheelhouse/ what a machine without a network needs: the locked Python packages, and the system packages with all they stand on.
# Copy the checkout with it to a machine of the same Debian or Ubuntu release and processor: there `make` installs from it and asks no network.
set -euo pipefail
cd "$(dirname "$0")"
umask 022 # what apt installs is read by its own user

./setup.sh
fresh=$(mktemp -d "$PWD/wheelhouse.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
chmod 755 "$fresh"
mkdir "$fresh/wheels" "$fresh/debs"

echo "Collecting Python packages"
.venv/bin/python -m pip wheel --disable-pip-version-check --retries 10 --timeout 120 -q --no-deps --use-pep517 --require-hashes \
  -r requirements.lock -r requirements-words.lock -w "$fresh/wheels"

# What every system has: the packages that Debian calls required, and what these stand on. The rest is collected, whatever this machine has.
echo "Collecting system packages"
base=$(dpkg-query -W -f '${Package} ${Priority} ${Essential}\n' | awk '$2 == "required" || $3 == "yes" { print $1 }')
# shellcheck disable=SC2086 # lists of names
base=$(apt-cache depends --installed --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances $base | grep '^[a-z0-9]' | sort -u)
# shellcheck disable=SC2086
dpkg-query -s $base >"$fresh/status" 2>/dev/null || true # virtual names among them have none
# shellcheck disable=SC2046
names=$(apt-get -s -q -o "Dir::State::status=$fresh/status" install --no-install-recommends $(./setup.sh packages) | awk '/^Inst/ { print $2 }')
# shellcheck disable=SC2086
(cd "$fresh/debs" && apt-get -q -o APT::Sandbox::User=root download $names >/dev/null)
for deb in "$fresh"/debs/*.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$deb")" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
done >"$fresh/debs/Packages"
mv "$fresh/status" "$fresh/debs/base-status" # what the collection takes for granted

(cd "$fresh" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS)
rm -rf wheelhouse
mv "$fresh" wheelhouse
trap - EXIT
echo "wheelhouse/: $(find wheelhouse/wheels -type f | wc -l) Python and $(find wheelhouse/debs -name '*.deb' | wc -l) system packages, $(du -sh wheelhouse | cut -f1)"
