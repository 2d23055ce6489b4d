"""Measures how the code is cut: modules' size, importers, circles, names that occur twice.

    python scripts/code_size.py [CHECKOUT]

It also counts the modules of engine and plugin that name an option of a run: those that have to be
looked at where one is added or changed.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("gac_core", "gac_qgis_plugin", "training")
SPECIAL = ("__init__", "__main__")
"""Modules whose names say what they are to Python."""

COLUMNS = ("files", "lines", "median", "one importer", "circles", "circles typed", "names twice")


def modules_of(root: Path, package: str) -> dict[str, Path]:
    """Return a package's files by module name."""
    modules = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return modules


def imports_of(path: Path, known: set[str], *, typed: bool) -> Iterator[str]:
    """Yield the known modules that a file imports, also inside its functions.

    Args:
        path: The file.
        known: Names of modules.
        typed: Include imports that only type checkers follow.
    """
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not typed:
            pending += node.orelse
            continue
        pending += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            yield from inner or {node.module} & known


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import each other (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph[node]:
            if target not in index:
                visit(target)
            if target in stack:
                low[node] = min(low[node], low[target])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                groups.append(sorted(group))

    for node in graph:
        if node not in index:
            visit(node)
    return groups


def measure(root: Path, package: str) -> tuple[list[float], list[str]]:
    """Return a package's figures in the order of `COLUMNS`, and remarks on what is odd."""
    modules = modules_of(root, package)
    own = set(modules)
    typed = {
        name: set(imports_of(path, own, typed=True)) - {name} for name, path in modules.items()
    }
    real = {
        name: set(imports_of(path, own, typed=False)) - {name} for name, path in modules.items()
    }
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in modules.values()]
    importers = Counter(target for targets in typed.values() for target in targets)
    names = Counter(path.stem for path in modules.values() if path.stem not in SPECIAL)
    twice = sorted(name for name, count in names.items() if count > 1)
    knots = circles(typed)
    remarks = [f"circle: {', '.join(knot)}" for knot in knots]
    if twice:
        remarks.append(f"twice: {', '.join(twice)}")
    figures = [
        len(modules),
        sum(lines),
        statistics.median(lines),
        sum(count == 1 for count in importers.values()),
        len(circles(real)),
        len(knots),
        len(twice),
    ]
    return figures, remarks


def option_places(root: Path) -> dict[str, int]:
    """Return the number of modules of engine and plugin that name each option of a run.

    Named is an option by a field, or by a text that is its name or its flag; the fields of
    `RunRequest` are the options.
    """
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES[:2]
        for path in (root / package).rglob("*.py")
    ]
    requests = [
        node
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == "RunRequest"
    ]
    options = [name for request in requests for name in _fields(request)]
    named = [_names(tree) for tree in trees]
    return {
        option: sum(bool({option, f"--{option.replace('_', '-')}"} & names) for names in named)
        for option in options
    }


def _fields(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield each.target.id


def _names(tree: ast.AST) -> set[str]:
    """Return the fields of a module and all of its texts."""
    texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    return {*_fields(tree), *(text for text in texts if isinstance(text, str))}


def main() -> int:
    """Print a table of all packages, and the places of a run's options.

    Returns:
        The exit status.
    """
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    print(f"{'':16}" + "".join(f"{column:>15}" for column in COLUMNS))
    remarks = []
    for package in PACKAGES:
        figures, some = measure(root, package)
        remarks += [f"{package}: {remark}" for remark in some]
        print(f"{package:16}" + "".join(f"{figure:>15g}" for figure in figures))
    print("\n".join(remarks))
    places = option_places(root)
    if places:
        print(
            f"A run's option is named in {statistics.median(places.values()):g} modules of engine "
            f"and plugin (median of {len(places)}, {min(places.values())} to "
            f"{max(places.values())})."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
