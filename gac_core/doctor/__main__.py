"""Entry point `python -m gac_core.doctor [--quick] [--json]`: `gac doctor` without dependencies."""

from __future__ import annotations

import sys

from gac_core.doctor.examination import print_examination
from gac_core.process import leave

if __name__ == "__main__":
    words = sys.argv[1:]
    leave(print_examination(quick="--quick" in words, as_json="--json" in words))
