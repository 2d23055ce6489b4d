#!/usr/bin/env bash
# Runs the plugin's tests on QGIS 3.22, 3.40 and 3.44, each in a Debian of its own beside this system.
#
#   scripts/qgis_matrix.sh [VERSION ...] [-- ARGUMENT ...]
#
# ARGUMENTs go to pytest. A Debian is made once (some minutes, 2 GB) under build/qgis-matrix, or where
# GAC_QGIS_MATRIX says; remove its folder to have it made anew. Needs root or a sudo that does not ask.
# With `--exec` in place of ARGUMENTs, what follows is run there instead of pytest.
set -euo pipefail
source "$(dirname "$0")/common.sh"

cache=${GAC_QGIS_MATRIX:-$ROOT/build/qgis-matrix}
# By version: the Debian, the suite that QGIS comes from if it is another, packages besides QGIS.
# Debian 13's successor has Python 3.14, for which the models' libraries are not made yet.
declare -A debian=([3.22]=bookworm [3.40]=bookworm [3.44]=forky)
declare -A from=([3.40]=bookworm-backports)
declare -A besides=([3.44]=python3.13-venv)

versions=()
while [ $# -gt 0 ] && [ "$1" != -- ] && [ "$1" != --exec ]; do
    [ -n "${debian[$1]:-}" ] || die "QGIS $1 is not among ${!debian[*]}"
    versions+=("$1")
    shift
done
[ ${#versions[@]} -gt 0 ] || versions=(3.22 3.40 3.44)
mode=${1:---}
shift || true

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "this needs root, or a sudo that does not ask for a password"
    as_root=(sudo)
fi

# mirror: where this machine gets Debian from, or GAC_DEBIAN_MIRROR.
mirror() {
    local found=${GAC_DEBIAN_MIRROR:-}
    [ -n "$found" ] || found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
        'Origin: Debian' 'Component: main' | grep -v -- -security | head -n 1)
    [ -n "$found" ] || die "this system does not get packages from Debian: name a mirror of it in \
GAC_DEBIAN_MIRROR"
    printf '%s\n' "${found%/}"
}

# apart PROGRAM...: as root, where mounts are seen by nobody else and end with the program.
apart() { "${as_root[@]}" unshare --mount --pid --fork --kill-child "$@"; }

# make_debian VERSION: the folder with a Debian that has that QGIS, made if need be.
make_debian() {
    local version=$1 root=$cache/$1 suite=${debian[$1]} source=${from[$1]:-}
    local packages="qgis python3-qgis python3-venv procps xvfb ${besides[$1]:-}"
    local print
    print=$(printf '%s' "$ROOT $suite $source $packages" | sha256sum | cut -d ' ' -f 1)
    is_made "$root/.made" "$print" && return
    need_packages debootstrap
    local mirror script=/usr/share/debootstrap/scripts/$suite
    mirror=$(mirror)
    # An older debootstrap does not know the newest Debian's name.
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
    say "making a Debian ($suite) with QGIS $version in $root; this takes some minutes"
    "${as_root[@]}" rm -rf "$root"
    mkdir -p "$cache"
    {
        apart debootstrap --variant=minbase "$suite" "$root" "$mirror" "$script" &&
            settle "$root" "$mirror" "$source" &&
            apart "$ROOT/scripts/qgis_matrix_enter.sh" "$root" "$ROOT" sh -euc "
                apt-get update
                apt-get install --yes --no-install-recommends ${source:+-t $source} $packages
                apt-get clean" && add_tests "$root" &&
            printf '%s\n' "$print" | "${as_root[@]}" tee "$root/.made"
    } >"$cache/$version.log" 2>&1 || {
        tail -n 20 "$cache/$version.log" >&2
        die "QGIS $version could not be installed; the whole log is in $cache/$version.log"
    }
}

# settle ROOT MIRROR SUITE: what apt needs there to work as it does here.
settle() {
    local root=$1 mirror=$2 source=$3 bundle=/etc/ssl/certs/ca-certificates.crt
    local apt=$root/etc/apt dpkg=$root/etc/dpkg/dpkg.cfg.d
    # Proxies, and whatever else this machine tells apt about fetching.
    apt-config dump | grep '^Acquire::' | "${as_root[@]}" tee "$apt/apt.conf.d/00machine"
    if [ -n "$source" ]; then
        printf 'deb %s %s main\n' "$mirror" "$source" |
            "${as_root[@]}" tee "$apt/sources.list.d/qgis.list"
    fi
    printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' |
        "${as_root[@]}" tee "$dpkg/throwaway"
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$root/usr/sbin/policy-rc.d"
    "${as_root[@]}" chmod +x "$root/usr/sbin/policy-rc.d"
    # Tests serve an index at this name.
    printf '127.0.0.1 localhost\n' | "${as_root[@]}" tee "$root/etc/hosts"
    "${as_root[@]}" mkdir -p "$root/etc/ssl/certs" "$root/opt/gac"
    [ ! -e "$bundle" ] || "${as_root[@]}" cp -L "$bundle" "$root$bundle"
    # The models' libraries need a Python that not every Debian has: the worker runs out here, in the
    # environment of `make env`. Files are the same on both sides (qgis_matrix_enter.sh).
    printf '%s\n' '#!/bin/sh' "exec /usr/sbin/chroot /outside sh -c 'cd \"\$0\" && exec \"\$@\"' \"\$PWD\" \
$ROOT/.venv/bin/python \"\$@\"" | "${as_root[@]}" tee "$root/opt/gac/python"
    "${as_root[@]}" chmod +x "$root/opt/gac/python"
}

# add_tests ROOT: what tests need, beside that system's own Python packages.
add_tests() {
    local root=$1 uv python
    uv=$(installer) || return
    python=$("${as_root[@]}" chroot "$root" python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "${as_root[@]}" env PATH="$PATH" "$uv" pip install --quiet --require-hashes --no-deps \
        --python-version "$python" --target "$root/usr/local/lib/python$python/dist-packages" \
        -r requirements/qgis-tests.txt
}

status=0
for version in "${versions[@]}"; do
    make_debian "$version"
    root=$cache/$version
    if [ "$mode" = --exec ]; then
        command=("$@")
    else
        report=build/tests-qgis-$version.xml
        command=(python3 -m pytest tests/plugin -p no:cacheprovider "--junitxml=$report" "$@")
        mkdir -p build
    fi
    say "QGIS $(sed -n 's/^Version: //p' <("${as_root[@]}" chroot "$root" dpkg -s python3-qgis))"
    apart scripts/qgis_matrix_enter.sh "$root" "$ROOT" env -i PATH=/usr/bin:/bin HOME=/root \
        LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen GAC_PYTHON=/opt/gac/python \
        QGIS_CUSTOM_CONFIG_PATH="$ROOT/build/qgis-test-profile-$version" "${command[@]}" || {
        say "QGIS $version: failed"
        status=1
    }
done
exit $status
