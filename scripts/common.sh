# Sourced by the other scripts: where the project is, how to speak, how to get the installer.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

# The tools of the system come first: a Python manager's shims must not shadow QGIS's own Python.
export PATH="/usr/bin:/bin:$PATH"
export UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-300}"
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# fingerprint FILE...: one hash for the contents of all files, and for where the project lies.
fingerprint() { { printf '%s\n' "$ROOT"; cat "$@"; } | sha256sum | cut -d ' ' -f 1; }

# is_made MARKER FINGERPRINT: whether an environment is whole and up to date.
is_made() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# need_packages PACKAGE...: installs system packages that are missing, or says which to install.
need_packages() {
    local missing=() package sudo=()
    command -v dpkg-query >/dev/null || die "This needs the programs of: $*. Install them with your \
system's package manager, then call make again. (Only Debian and Ubuntu are set up by themselves.)"
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "Not root, and sudo asks for a password. Please run:
    sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}
and call make again."
        sudo=(sudo)
    fi
    say "installing system packages: ${missing[*]}"
    mkdir -p "$ROOT/build"
    local log="$ROOT/build/apt.log"
    {
        "${sudo[@]}" apt-get update &&
            "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes \
                --no-install-recommends "${missing[@]}"
    } >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        die "apt-get could not install ${missing[*]}. The whole log is in $log."
    }
}

# system_python: the distribution's Python, with venv and pip; installs them where it can.
system_python() {
    local python=/usr/bin/python3
    [ -x "$python" ] || [ -x /usr/bin/dpkg ] || python=$(command -v python3 || true)
    if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        need_packages python3 python3-venv ca-certificates
        python=/usr/bin/python3
    fi
    printf '%s\n' "$python"
}

# installer: path of uv, in the version that requirements/bootstrap.txt pins.
installer() {
    local marker=.env/uv/.made print python
    print=$(fingerprint requirements/bootstrap.txt)
    if ! is_made "$marker" "$print"; then
        python=$(system_python) || exit 1
        say "getting the installer (uv)"
        rm -rf .env/uv
        "$python" -m venv .env/uv >&2
        .env/uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
            --only-binary :all: -r requirements/bootstrap.txt >&2 ||
            die "The installer could not be fetched. Check the network (proxies: set HTTPS_PROXY)."
        printf '%s\n' "$print" >"$marker"
    fi
    printf '%s\n' "$ROOT/.env/uv/bin/uv"
}
