#!/usr/bin/env bash
# Everything the pipeline needs: system packages, the virtual environment, the locked packages. Quick when all is there.
# `setup.sh test` adds what only the tests need; `setup.sh training` unpacks the texts and typefaces of which the reader's lines are made
# into .training/ (no root needed); `setup.sh packages` only names the system packages. Where wheelhouse/ stands beside it
# (wheelhouse.sh makes it), everything comes from there and no network is asked.
set -euo pipefail
cd "$(dirname "$0")"
umask 077

python=""
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done

missing_packages() {
  local models
  models=$(tesseract --list-langs 2>/dev/null || true)
  command -v tesseract >/dev/null || echo tesseract-ocr
  grep -qx vie <<<"$models" || echo tesseract-ocr-vie
  grep -qxE '(script/)?Vietnamese' <<<"$models" || echo tesseract-ocr-script-viet
  command -v git >/dev/null || echo git
  if [ -z "$python" ]; then
    echo python3.11 python3.11-venv
  elif ! "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
  fi
  if [ "${1:-}" = test ]; then
    [ -d /usr/share/fonts/truetype/croscore ] || echo fonts-croscore
    [ -d /usr/share/texmf/fonts/opentype/public/tex-gyre ] || [ -d /usr/share/texlive/texmf-dist/fonts/opentype/public/tex-gyre ] || echo fonts-texgyre
    command -v chromium >/dev/null || echo chromium # reads the review page
    command -v chromedriver >/dev/null || echo chromium-driver
    command -v strace >/dev/null || echo strace # watches runs from outside
  fi
}

if [ "${1:-}" = packages ]; then
  version=$("${python:-false}" -c 'import sys; print("python%d.%d" % sys.version_info[:2])' || echo python3.11)
  # Debian's own Python goes with Debian's own packages, whichever Python this machine uses
  [ -z "$(apt-cache search --names-only "^$version-venv\$" 2>/dev/null)" ] || echo "$version" "$version-venv"
  echo make git tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet
  exit
fi

# Unpacked and not installed: word lists and typefaces that every program sees would change what repair knows, and how pages are drawn.
if [ "${1:-}" = training ]; then
  mkdir -p .training
  cd .training
  apt-get -q download libreoffice-help-vi maint-guide-vi hunspell-vi fonts-liberation2 fonts-freefont-otf fonts-croscore fonts-texgyre \
    fonts-dejavu-core fonts-dejavu-extra fonts-sil-charis fonts-linuxlibertine
  for deb in *.deb; do
    dpkg-deb -x "$deb" .
    rm "$deb"
  done
  exit
fi

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"

missing=$(missing_packages "$@" | tr '\n' ' ')
if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null || ! $as_root true 2>/dev/null; then
    echo "These packages are missing, and this script may not install them: $missing" >&2
    echo "Install them (on Debian and Ubuntu: sudo apt-get install $missing), then run make again." >&2
    exit 1
  fi
  echo "Installing system packages: $missing"
  options=()
  if [ -d wheelhouse ]; then
    lists=$(mktemp -d)
    mkdir "$lists/lists"
    echo "deb [trusted=yes] file:${PWD// /%20}/wheelhouse/debs ./" >"$lists/wheelhouse.list"
    options=(-o "Dir::Etc::SourceList=$lists/wheelhouse.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$lists/lists" -o APT::Sandbox::User=root)
  fi
  $as_root apt-get "${options[@]}" update -q
  # shellcheck disable=SC2086 # a list of names
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install -q -y --no-install-recommends $missing
  exec "$0" "$@" # looks again at what there is, the Python too
fi

wanted="$("$python" --version) $(cat requirements.lock requirements-words.lock | sha256sum)"
if [ "$(cat .venv/locked 2>/dev/null)" != "$wanted" ]; then
  .venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv .venv
  echo "Installing the packages of requirements.lock into .venv"
  if [ -d wheelhouse ]; then
    (cd wheelhouse && sha256sum --quiet -c SHA256SUMS) # its own list stands for the lock's hashes: some packages were built for this system
    sed -E 's/ *\\$//; s/ --hash.*//; /^ *--hash/d' requirements.lock requirements-words.lock >.venv/names
    .venv/bin/python -m pip install --disable-pip-version-check -q --no-deps --no-index --find-links wheelhouse/wheels -r .venv/names
  else
    fetch=(.venv/bin/python -m pip install --disable-pip-version-check --retries 10 --timeout 120 -q --require-hashes)
    locked=(--no-deps -r requirements.lock -r requirements-words.lock)
    compiled=() # what is used is compiled when it is first used, where that may be kept
    [ -z "${PYTHONDONTWRITEBYTECODE:-}" ] || compiled=(--compile-bytecode)
    # uv fetches many at once, and takes a fifth of pip's time. Where it cannot, as behind a mirror that only pip is told of, pip does it.
    if ! { "${fetch[@]}" -r requirements-uv.lock &&
      .venv/bin/python -m uv pip install -q --require-hashes "${compiled[@]}" --python .venv/bin/python "${locked[@]}"; } 2>.venv/uv-said; then
      echo "uv could not (.venv/uv-said tells why): pip does it, which takes longer"
      "${fetch[@]}" --use-pep517 "${locked[@]}"
    fi
  fi
  echo "$wanted" >.venv/locked
fi
# DVC's own state, by its whole path: an experiment in a folder of its own would not find `.dvc/tmp/site` of .dvc/config.
grep -qsxF "    site_cache_dir = $PWD/.dvc/tmp/site" .dvc/config.local || .venv/bin/python -m dvc config -q --local core.site_cache_dir "$PWD/.dvc/tmp/site"
# Compiled once: where Python may write no bytecode, every process would compile them again.
.venv/bin/python -m compileall -qq audit extract normalize publish runs schemas || true
