#!/usr/bin/env bash
# Photographs the real plugin in a real QGIS on a screen of its own; the pictures go to docs/images.
set -euo pipefail
source "$(dirname "$0")/common.sh"

need_packages qgis python3-qgis xvfb openbox imagemagick
export GAC_PYTHON="$ROOT/.venv/bin/python"
export QGIS_PLUGINPATH="$ROOT/build/plugin"
exec /usr/bin/python3 tests/plugin/screenshots.py "$@"
