#!/usr/bin/env bash
# Renew the lock files: exact versions with hashes, for every Python and system we support.
# Usage: .ci/lock.sh PYTHON [--upgrade]   PYTHON has uv (`make lock` sees to that)
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
shift
extra=("$@")

lock() { # FILE ARGUMENTS...
    local file=$1
    shift
    "$python" -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --custom-compile-command "make lock" --quiet --output-file "$file" "$@" ${extra[@]+"${extra[@]}"} >/dev/null
    if grep -n "://" "$file"; then
        echo "$file holds an address; a lock file must not" >&2
        exit 1
    fi
}

lock requirements-dev.lock pyproject.toml --group dev --group build
lock requirements.lock pyproject.toml --constraint requirements-dev.lock
lock requirements-build.lock --group build --constraint requirements-dev.lock
