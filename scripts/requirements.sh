#!/usr/bin/env bash
# Resolves requirements/*.in into exact versions with hashes, for every platform. Versions that
# still fit are kept; `UPGRADE=1 make requirements` takes newer ones.
set -euo pipefail
source "$(dirname "$0")/common.sh"

uv=$(installer) || exit 1
cd requirements
resolve() {
    "$uv" pip compile --quiet --generate-hashes --universal --no-annotate --no-header \
        ${UPGRADE:+--upgrade} --python-version "$1" "$2" --output-file "$3" "${@:4}" >/dev/null
}
resolve 3.11 worker.in worker-py311.txt
# Other Pythons get the same versions as far as they can; TerraTorch the newest.
for minor in 12 13; do
    [ -f "worker-py3$minor.txt" ] || cp worker-py311.txt "worker-py3$minor.txt"
    resolve "3.$minor" worker.in "worker-py3$minor.txt" --upgrade-package terratorch
done
resolve 3.11 dev.in dev-py311.txt
resolve 3.9 qgis-tests.in qgis-tests.txt
resolve 3.9 bootstrap.in bootstrap.txt
! grep -nE '://|--index|--extra' ./*.txt || die "a resolved file names an index"
! grep -n '^numpy==' qgis-tests.txt || die "the tests inside QGIS would replace QGIS's own numpy"
