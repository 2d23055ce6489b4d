#!/usr/bin/env bash
# Brings the catalogues in resources/i18n up to date; says which texts nobody has translated yet.
set -euo pipefail
source "$(dirname "$0")/common.sh"

need_packages qttools5-dev-tools
exec .venv/bin/python scripts/words.py
