#!/usr/bin/env bash
# Whether the plugin's source fits Qt 6, as far as can be told where no QGIS with Qt 6 is to be had:
# mypy reads it against PyQt6's own types, and every module is imported with PyQt6 (tests/qt6).
set -euo pipefail
source "$(dirname "$0")/common.sh"

marker=.env/qt6/.made
print=$(fingerprint requirements/qt6.txt "$0")
if ! is_made "$marker" "$print"; then
    uv=$(installer) || exit 1
    say "getting PyQt6"
    "$uv" venv --quiet --clear --python "$(system_python)" .env/qt6
    "$uv" pip install --quiet --python .env/qt6/bin/python --require-hashes -r requirements/qt6.txt
    printf '%s\n' "$print" >"$marker"
fi
.env/qt6/bin/python tests/qt6/smoke.py
.venv/bin/python -m pytest tests/qt6 -q
