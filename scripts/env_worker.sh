#!/usr/bin/env bash
# Makes .venv, the worker's environment (Python 3.11 and what requirements/ pins), and .venv/bin/gac.
# Broken off, it begins again with what has been fetched, which stays in uv's cache. TORCH=cpu (or
# cu126, cu130, rocm7.2, …) takes that build from PyTorch's own index in place of the package
# index's, by the list of packages that the plugin uses.
set -euo pipefail
source "$(dirname "$0")/common.sh"

files=(requirements/worker-py311.txt requirements/dev-py311.txt)
marker=.venv/.made
torch=${TORCH:-index}
print="$(fingerprint "${files[@]}" "$0") $torch"
is_made "$marker" "$print" && exit 0

uv=$(installer) || exit 1
# Without the marker .venv is half made, and uv takes half-copied packages for whole ones.
if [ ! -f "$marker" ] || ! .venv/bin/python -c 'import encodings' 2>/dev/null; then
    say "making .venv with Python 3.11"
    "$uv" venv --quiet --clear --python 3.11 .venv ||
        die "No Python 3.11 was found, and none could be fetched. Install it and call make again."
fi
rm -f "$marker"
from=()
if [ "$torch" != index ]; then
    # What differs between the builds is pinned by version and hashed by what the index says.
    python=$(system_python) || exit 1
    part() { "$python" -m gac_qgis_plugin.environment.requirements "${files[0]}" "$@"; }
    mkdir -p build
    part torch "$torch" >build/torch.in
    part pins >build/pins.txt
    part rest >build/rest.txt
    from=(--torch-backend "$torch")
    "$uv" pip compile --quiet --generate-hashes --no-annotate --no-header ${from[@]+"${from[@]}"} \
        --python .venv/bin/python --constraints build/pins.txt build/torch.in \
        --output-file build/torch.txt >/dev/null ||
        die "PyTorch's build $torch could not be chosen. Call make without TORCH, or with another."
    files=(build/rest.txt build/torch.txt "${files[1]}")
fi
say "installing the worker's libraries into .venv (some 7 GB; the first time takes minutes)"
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes ${from[@]+"${from[@]}"} \
    "${files[@]}" ||
    die "The libraries could not be installed. Call make again to go on from here."

# The engine is not installed: it runs from this checkout, as it runs from inside the plugin.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$ROOT" >"$site/gac_checkout.pth"
cat >.venv/bin/gac <<EOF
#!/bin/sh
exec "$ROOT/.venv/bin/python" -c 'from gac_core.cli.__main__ import start; start()' "\$@"
EOF
chmod +x .venv/bin/gac
printf '%s\n' "$print" >"$marker"
