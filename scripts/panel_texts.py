"""Write docs/panel-texts.md: every text of the panel, where it is shown, and its words.

    python scripts/panel_texts.py [--count] [CHECKOUT]

With --count nothing is written: the words of a checkout's panel are printed, visible ones and
those of tooltips.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "gac_qgis_plugin"
PARTS = (
    "gui/dock.py",
    "gui/start_group.py",
    "gui/environment_dialog.py:EnvironmentLine",
    "gui/input_group.py",
    "gui/scene_note.py",
    "gui/settings_groups.py",
    "gui/cost_line.py",
    "gui/run_footer.py",
    "gui/status_lines.py",
    "gui/compare/panel.py",
    "gui/compare/range_choice.py:RangeCombo",
    "gui/compare/readout.py",
    "gui/compare/trust_group.py",
    "gui/score_chart.py",
    "gui/runs_panel.py",
    "runs.py",
    "history.py",
    "batches.py",
)
"""Modules of the panel, or one class of a module; those that a checkout lacks are left out."""
TIP_FUNCTIONS = ("score_help", "describe_work", "range_hint")
"""Functions that return tooltips."""
TIP_NAMES = re.compile(r"tips?|\w+_tip|without|fixed|hint")
"""Variables that hold them."""
TIP_CALLS = ("setToolTip", "_buttons")
ERRORS = ("PluginError", "QFileDialog", "getOpenFileNames")

HEAD = """# The panel's texts

Every text that the panel has of its own, by part; what the engine says (decisions, notes, progress)
comes in addition. Written by

    .venv/bin/python scripts/panel_texts.py

Kinds: *seen* without a click where its part shows, *tooltip*, and *message*, above the map or in
the place of what failed.

"""


@dataclass(frozen=True)
class Text:
    """A text of the panel and its kind: seen, tooltip or message."""

    text: str
    kind: str

    @property
    def words(self) -> int:
        """The number of words; numbers and signs alone are none."""
        return sum(bool(re.search(r"[^\W\d_]", word)) for word in self.text.split())


def texts_of(root: Path, part: str) -> list[Text]:
    """Return the texts of a part, in the order of the source; empty if it is not there."""
    name, _, only = part.partition(":")
    path = root / PLUGIN / name
    if not path.is_file():
        return []
    tree: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
    if only:
        tree = next(n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name == only)
    return list(dict.fromkeys(_walk(tree, "seen")))


def _walk(node: ast.AST, kind: str) -> Iterator[Text]:
    if isinstance(node, ast.FunctionDef) and node.name in TIP_FUNCTIONS:
        kind = "tooltip"
    if isinstance(node, ast.Assign):
        target = ast.unparse(node.targets[0]).rpartition(".")[2]
        kind = "tooltip" if TIP_NAMES.fullmatch(target) else kind
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in ("tr", "later") and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield Text(argument.value, kind)
        elif called in ERRORS:
            kind = "message"
        elif called in TIP_CALLS:
            kind = "tooltip"
        elif called == "_next_step":
            yield from _walk(node.args[0], kind)
            yield from _walk(node.args[1], "tooltip")
            return
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, kind)


def count(root: Path) -> dict[str, int]:
    """Return the words of a checkout's panel by kind."""
    words = dict.fromkeys(("seen", "tooltip", "message"), 0)
    for part in PARTS:
        for text in texts_of(root, part):
            words[text.kind] += text.words
    return words


def page(root: Path) -> str:
    """Return the page, with a table of all texts."""
    lines = ["| part | kind | text | words |", "| --- | --- | --- | ---: |"]
    for part in PARTS:
        name = part.partition(".")[0].removeprefix("gui/")
        for text in texts_of(root, part):
            cell = text.text.replace("\n", " ").replace("|", "\\|")
            lines.append(f"| `{name}` | {text.kind} | {cell} | {text.words} |")
    words = count(root)
    total = f"Together {words['seen']} words seen, {words['tooltip']} in tooltips, "
    return HEAD + "\n".join(lines) + f"\n\n{total}{words['message']} in messages.\n"


def main() -> int:
    """Write the page, or print the words of a checkout."""
    arguments = [each for each in sys.argv[1:] if not each.startswith("--")]
    root = Path(arguments[0]).resolve() if arguments else ROOT
    if "--count" in sys.argv:
        print(", ".join(f"{kind} {words}" for kind, words in count(root).items()))
        return 0
    (ROOT / "docs" / "panel-texts.md").write_text(page(root), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
