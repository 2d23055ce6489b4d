#!/usr/bin/env bash
# Packs the plugin twice, from nothing each time, and fails unless the bytes are the same. Leaves
# dist/ with the zip and SHA256SUMS, and scans the zip as the plugin repository will.
set -euo pipefail
source "$(dirname "$0")/common.sh"

sums=()
for turn in 1 2; do
    rm -rf dist build/plugin
    "$ROOT/.venv/bin/python" scripts/package.py
    sums[turn]=$(cd dist && sha256sum ./*.zip)
done
[ "${sums[1]}" = "${sums[2]}" ] || die "the zip is not the same twice: ${sums[1]}, ${sums[2]}"
printf '%s\n' "${sums[2]}" | sed 's| \./| |' >dist/SHA256SUMS
.venv/bin/python scripts/scan.py
cat dist/SHA256SUMS
