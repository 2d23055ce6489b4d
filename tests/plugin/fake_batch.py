"""Stands in for the engine's `gac batch`: does what FAKE_BATCH says, and tells of it.

Copied as `gac_core/cli.py` into a folder of its own by `test_batches.py`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def say(event: str, **fields: object) -> None:
    """A line as the engine's."""
    print(json.dumps({"event": event, **fields}), flush=True)


def main() -> None:
    """Pretends."""
    arguments = sys.argv[1:]
    out = Path(arguments[arguments.index("--out") + 1])
    out.mkdir(parents=True, exist_ok=True)
    mode = os.environ["FAKE_BATCH"]
    (out / "arguments.json").write_text(json.dumps(arguments))
    (out / "batch.json").write_text("{}")
    if mode == "error":
        say("error", code="request", message="No scene.", remedy="Name one.", details="")
        return
    say("note", message="Memory is enough for 1 of 2 workers.")
    for done in range(3):
        say("progress", message="Computing", done=done, total=4, failed=done // 2)
    while mode == "slow":
        time.sleep(0.1)
    summary = json.loads(os.environ["FAKE_SUMMARY"])
    (out / "summary.json").write_text(json.dumps(summary))
    say("result", result=summary)


main()
