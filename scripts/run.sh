#!/usr/bin/env bash
# Shows GAC at work on the demo scene: in QGIS where there is a display, else in the terminal.
set -euo pipefail
source "$(dirname "$0")/common.sh"

scene=resources/demo_scene/demo_s1.tif
scripts/env_worker.sh

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "no display: running GAC on the demo scene in the terminal"
    .venv/bin/gac run "$scene" --out gac-output
    say "three GeoTIFFs (SYNTHETIC: generated, not observed):"
    for stage in 1 2 3; do
        [ -s "gac-output/opt_v$stage.tif" ] || die "gac-output/opt_v$stage.tif is missing"
        printf '%s\n' "$ROOT/gac-output/opt_v$stage.tif"
    done
    exit
fi

command -v qgis >/dev/null || need_packages qgis python3-qgis
.venv/bin/python scripts/package.py >&2
say "opening QGIS with a profile of its own; press Run GAC"
export GAC_PYTHON="$ROOT/.venv/bin/python"
export QGIS_PLUGINPATH="$ROOT/build/plugin"
exec qgis --profiles-path "$ROOT/build/qgis-profile" --nologo --noversioncheck \
    --code "$ROOT/scripts/qgis_demo.py"
