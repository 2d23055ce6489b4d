"""Check names and docstrings for what the glossary in CONTRIBUTING.md rules out.

Docstrings do not begin with a clause (What, Whether, How …). Variables are not called by what
happened to a value (found, known, told …), and modules not by a participle.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("gac_core", "gac_qgis_plugin", "training", "scripts")

CLAUSES = frozenset({"What", "Whether", "How", "Where", "Who", "Whose", "When", "Those", "That"})
"""First words of docstrings that make a clause, where a noun phrase or an imperative belongs."""

PARTICIPLES = frozenset({"found", "known", "told", "shown", "said", "asked"})
"""Names that say what happened to a value and not what it is."""

NOUNS = frozenset(
    {
        *("building", "grounding", "listing", "loading", "marking", "packing", "processing"),
        *("sampling", "tiling", "training", "writing"),
    }
)
"""Words in -ing that are names of things in the field."""


def problems(path: Path) -> Iterator[tuple[int, str]]:
    """Return line and complaint of all that is wrong with a file."""
    name = path.stem if path.stem != "__init__" else path.parent.name
    last = name.rpartition("_")[2]
    if last.endswith("ing") and last not in NOUNS:
        yield 1, f"a module is called by a participle: {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            text = ast.get_docstring(node) or ""
            first = text.partition(" ")[0].rstrip(",:.")
            if first in CLAUSES:
                yield getattr(node, "lineno", 1), f"a docstring begins with {first}"
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            stored = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            for each in stored:
                if isinstance(each.ctx, ast.Store) and each.id in PARTICIPLES:
                    yield each.lineno, f"a variable is called {each.id}"


def main() -> int:
    """Print what is wrong; return the exit status."""
    files = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {complaint}"
        for path in files
        for number, complaint in problems(path)
    ]
    print("\n".join(lines) or f"{len(files)} files keep to the glossary.")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
