#!/usr/bin/env bash
# Makes .venv-qgis, which sees the system's QGIS and adds only what tests need (all pure Python).
set -euo pipefail
source "$(dirname "$0")/common.sh"

marker=.venv-qgis/.made
print=$(fingerprint requirements/qgis-tests.txt "$0")
sees_qgis='import importlib.util, sys; sys.exit(not importlib.util.find_spec("qgis"))'
is_made "$marker" "$print" && .venv-qgis/bin/python -c "$sees_qgis" && exit 0

/usr/bin/python3 -c 'import qgis.core' 2>/dev/null || need_packages qgis python3-qgis
command -v Xvfb >/dev/null || (need_packages xvfb) || say "without Xvfb, tests in QGIS's window are skipped"
uv=$(installer) || exit 1
python=$(system_python) || exit 1
"$python" -c 'import qgis.core' || die "$python does not see QGIS's Python modules (qgis.core)."
say "making .venv-qgis on top of $("$python" --version) and QGIS"
rm -f "$marker"
"$python" -m venv --clear --without-pip --system-site-packages .venv-qgis
"$uv" pip install --quiet --python .venv-qgis/bin/python --require-hashes \
    -r requirements/qgis-tests.txt
printf '%s\n' "$print" >"$marker"
