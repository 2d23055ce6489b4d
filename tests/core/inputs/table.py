"""Writes docs/inputs.md: `python -m tests.core.inputs.table`.

Tries every bad input and notes what the user sees. Ends with 1 where something is not as it should
be and not known.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import psutil

from gac_core.bundles.library import engine_root
from tests.core.inputs.bench import Unavailable
from tests.core.inputs.case import Runs
from tests.core.inputs.cases import THEMES
from tests.core.inputs.trial import Lab, Verdict, notes_of

TABLE = engine_root() / "docs" / "inputs.md"

INTRO = """# Bad inputs and what the user sees

Each row is a test (`tests/core/inputs`). It makes the input, sends it to one worker, as the plugin
does, and sees to it that exactly one answer comes, that it is the one given here, and that it holds
no traceback; that no stray file is left, that inputs and other files in the output folder are
byte for byte what they were, and that the worker goes on. After all of them a good run still
gives the same pixels as before. `make inputs` runs them and writes this page.
"""


def main() -> int:
    """Try everything and write the page."""
    count: Counter[str] = Counter()
    sections = []
    with tempfile.TemporaryDirectory(prefix="gac-", ignore_cleanup_errors=True) as folder:
        lab = Lab(Path(os.path.realpath(folder)))
        before = lab.good()
        for theme, cases in THEMES.items():
            rows = ["| what is wrong | what the user sees | what to do |", "| --- | --- | --- |"]
            for case in cases:
                try:
                    verdict = lab.judge(case)
                except Unavailable as error:
                    count["not possible here"] += 1
                    rows.append(_row(case.about, f"(not tried here: {error})", ""))
                    continue
                verdict_of = _verdict(verdict)
                count[verdict_of] += 1
                for problem in verdict.problems:
                    print(f"{case.name} ({verdict_of}): {problem}")
                rows.append(_row(case.about, *_seen(verdict, lab.root)))
            sections.append(f"## {theme}\n\n" + "\n".join(rows) + "\n")
        same = all((a == b).all() for a, b in zip(before, lab.good(), strict=True))
        lab.close()
    TABLE.write_text("\n".join([INTRO, _result(count, same), *sections]), encoding="utf-8")
    print(_counted(count))
    return 0 if same and not count["not as it should be"] else 1


def _verdict(verdict: Verdict) -> str:
    if verdict.case.fault:
        return "known faults" if verdict.problems else "not as it should be"
    return "not as it should be" if verdict.problems else "as they should be"


def _seen(verdict: Verdict, root: Path) -> tuple[str, str]:
    """Return what users see and can do, with short paths."""
    case, event = verdict.case, verdict.event
    seen = remedy = ""
    if event is None:
        seen = "(no answer)"
    elif event["event"] == "result":
        notes = notes_of(event)
        wanted = case.expect.notes if isinstance(case.expect, Runs) else ()
        told = [note for note in notes if any(w.lower() in note.lower() for w in wanted)]
        seen = " ".join(["The run works.", *told])
    else:
        seen, remedy = event["message"], event["remedy"]
    if case.fault:
        seen = f"**Known fault:** {case.fault}. {seen}"
    short = (
        (verdict.root, ""),
        (root / "library", "/bundles"),
        (root, ""),
        (engine_root(), "/gac"),
    )
    for path, shown in short:
        seen, remedy = seen.replace(str(path), shown), remedy.replace(str(path), shown)
    return seen, remedy


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(cell, cells))} |"


def cell(text: str) -> str:
    """A text as it can stand in a table of Markdown; letters that cannot be shown are spelt out."""
    for sign in "\\|*_<>`":
        text = text.replace(sign, f"\\{sign}")
    text = text.replace("\\*\\*Known fault:\\*\\*", "**Known fault:**")
    printable = (c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return "".join(printable)


def _result(count: Counter[str], same: bool) -> str:
    memory = psutil.virtual_memory().total / 2**30
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB"
    lines = (
        f"- Result: {_counted(count)}; "
        f"a good run after them {'gives the same pixels' if same else 'GIVES OTHER PIXELS'}.",
        f"- Date: {datetime.now(UTC):%Y-%m-%d}. Machine: {machine}, no GPU used.",
        "- Command: `make inputs` (`python -m tests.core.inputs.table`).",
    )
    return "\n".join(lines) + "\n"


def _counted(count: Counter[str]) -> str:
    parts = ", ".join(f"{number} {what}" for what, number in count.items() if number)
    return f"{count.total()} inputs: {parts}"


if __name__ == "__main__":
    sys.exit(main())
