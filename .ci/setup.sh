#!/usr/bin/env bash
# Set up what a job needs, and nothing that is there already.
#
#   .ci/setup.sh run    .venv with the program; Pango, harfbuzz-subset and a Chinese font for the PDF
#   .ci/setup.sh dev    the same and the tools of `make check`
#   .ci/setup.sh ci     the same and LibreOffice and poppler, which open our files in the tests
#
# Python comes from $PYTHON, else the first of python3.11, 3.12, 3.13, python3 that fits. System packages come from
# apt-get, where that is there and we are root or sudo asks no password; CONTRACTGEN_NO_SYSTEM=1 forbids it.
# What cannot be had is named in one sentence.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-run}
venv=.venv

say() { echo "setup: $*" >&2; }

# ---------------------------------------------------------------- system packages

as_root=()
may_install() {
    [ -z "${CONTRACTGEN_NO_SYSTEM:-}" ] && command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo -n)
}

apt() { # PACKAGES...
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}

updated=
install() { # PACKAGES...
    may_install || return 1
    say "installing $*"
    apt "$@" && return 0
    if [ -z "$updated" ]; then
        updated=1
        ${as_root[@]+"${as_root[@]}"} apt-get update -q </dev/null >/dev/null 2>&1 || true
        apt "$@" && return 0
    fi
    return 1
}

# ---------------------------------------------------------------- Python and .venv

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; }

find_python() {
    local name
    for name in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && fits "$name"; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

make_venv() {
    local python version
    if ! python=$(find_python); then
        install python3 python3-venv || true
        python=$(find_python) || {
            say "needs Python 3.11, 3.12 or 3.13: install one and set PYTHON to it, e.g. PYTHON=/usr/bin/python3.11"
            exit 1
        }
    fi
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    rm -rf "$venv"
    if { install "python$version-venv" || install python3-venv; } && "$python" -m venv "$venv"; then
        return 0
    fi
    rm -rf "$venv"
    say "$python cannot make a virtual environment: install the package python$version-venv and try again"
    exit 1
}

key_of() { # FILES...
    { pwd; cat "$@"; } | "$venv/bin/python" -c \
        'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}

pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }

install_libraries() { # NAME LOCKS...
    local name=$1 key stamp
    shift
    key=$(key_of pyproject.toml "$@")
    stamp=$venv/.setup-$name
    [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$key" ] && return 0
    say "installing the Python libraries of $* (the first time this takes a minute or two)"
    local requirements=() file
    for file in "$@"; do requirements+=(--requirement "$file"); done
    rm -f "$venv"/.setup-*
    pip install --quiet --require-hashes "${requirements[@]}"
    pip install --quiet --no-deps --no-build-isolation --editable .
    echo "$key" >"$stamp"
}

fits "$venv/bin/python" || make_venv
case $mode in
run)
    dev=$venv/.setup-dev # the development environment will do
    if ! { [ -e "$dev" ] && [ "$(cat "$dev")" = "$(key_of pyproject.toml requirements-dev.lock)" ]; }; then
        install_libraries run requirements.lock requirements-build.lock
    fi
    ;;
dev | ci) install_libraries dev requirements-dev.lock ;;
*)
    say "unknown job $mode: run, dev or ci"
    exit 1
    ;;
esac

# ---------------------------------------------------------------- Pango, fonts, LibreOffice

has_library() { "$venv/bin/python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library(sys.argv[1]))' "$1"; }
has_chinese_font() { command -v fc-list >/dev/null && fc-list ':lang=zh-cn' family 2>/dev/null | grep -q .; }

need() { # WHAT IT IS FOR, PACKAGES...
    local why=$1
    shift
    install "$@" || say "for $why install $* (Debian, Ubuntu), or what your system calls them"
}

if [ "$(uname -s)" = Linux ]; then
    { has_library pango-1.0 && has_library pangoft2-1.0; } || need "the PDF" libpango-1.0-0 libpangoft2-1.0-0
    has_library harfbuzz-subset || need "a PDF in one second instead of ten" libharfbuzz-subset0
    has_chinese_font || need "Chinese characters in the PDF" fontconfig fonts-noto-cjk
    if [ "$mode" = ci ]; then
        command -v soffice >/dev/null || need "the tests that open our files" libreoffice-writer-nogui
        command -v pdftotext >/dev/null || need "the tests that read PDF" poppler-utils
    fi
elif ! has_library pango-1.0; then
    say "for the PDF install Pango (macOS: brew install pango); the Word file needs nothing more"
fi
