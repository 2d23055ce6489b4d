"""docs/inputs.md tells of every bad input once."""

from __future__ import annotations

from tests.core.inputs.cases import THEMES
from tests.core.inputs.table import TABLE, cell


def test_one_row_for_every_case() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    told: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("## "):
            told[line[3:]] = []
        elif line.startswith("| ") and not line.startswith(("| ---", "| what is wrong")):
            told[list(told)[-1]].append(line[2:].split(" | ")[0])
    expected = {theme: [cell(case.about) for case in cases] for theme, cases in THEMES.items()}
    assert told == expected, "run `make inputs`"


def test_the_counts_are_those_of_the_rows() -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert f"- Result: {sum(map(len, THEMES.values()))} inputs: " in text
    faults = sum(bool(case.fault) for cases in THEMES.values() for case in cases)
    assert text.count("**Known fault:**") == faults, "run `make inputs`"
