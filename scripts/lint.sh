#!/usr/bin/env bash
# Style, types, and what the QGIS plugin repository scans for. Shows all that is wrong, then fails.
set -uo pipefail
source "$(dirname "$0")/common.sh"

python=.venv/bin/python
status=0
check() {
    say "$1"
    shift
    "$@" || status=1
}
check "ruff check" "$python" -m ruff check .
check "ruff format" "$python" -m ruff format --check .
check "mypy" "$python" -m mypy
# What Windows lacks (os.geteuid, signal.SIGKILL …) is asked for behind sys.platform; what stands
# behind it is unreachable on one side or the other.
check "mypy, as on Windows" "$python" -m mypy --platform win32 --no-warn-unreachable \
    --cache-dir .mypy_cache/windows
check "Python 3.11 for the engine" .venv/bin/vermin --quiet --no-tips --violations -t=3.11- gac_core
check "Python 3.9 for the plugin" .venv/bin/vermin --quiet --no-tips --violations -t=3.9- gac_qgis_plugin gac_core/contract
check "words" "$python" scripts/vocabulary.py
check "the plugin repository's scan" "$python" scripts/scan.py
exit $status
