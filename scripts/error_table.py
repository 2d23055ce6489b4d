"""Table of all errors: code, problem, message, remedy; it is docs/errors.md.

`python scripts/error_table.py` writes it anew. Errors are found where the code constructs them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "errors.md"
PACKAGES = {
    "gac_core": "The engine",
    "training": "Training",
    "gac_qgis_plugin": "The plugin",
}
"""By package, the title of its table."""
ROOTS = ("GacError", "PluginError")
"""Classes of which all errors for users are."""
SELF_NAMED = ("Cancelled",)
"""Classes whose errors are all the same problem, which their constructors name."""
PLACEHOLDER = re.compile(r"\{[\w:.]*\}")
UNKNOWN = "…"
"""Stands for a text that is made elsewhere."""
RULE = "| --- | --- | --- | --- |"
HEAD = """# Errors

Every error for users has a `code`, its kind, and a `problem`, what is wrong. Both are in the events
`error` of the worker and of the command line (`--json`), and attributes in Python. They stay what
they are when the words change. `{}` stands for an argument, `…` for a text that is made elsewhere.

`python scripts/error_table.py` writes this page from the code; do not edit it.
"""


@dataclass(frozen=True)
class ErrorSite:
    """Place where an error is constructed.

    Attributes:
        path: The module's path.
        line: The line.
        code: The error's code, or an empty string.
        problems: Its identifiers; None if it has none, empty if it is passed on from elsewhere.
        messages: Its message's templates.
        remedies: The templates of its remedy.
    """

    path: Path
    line: int
    code: str
    problems: tuple[str, ...] | None
    messages: tuple[str, ...]
    remedies: tuple[str, ...]


@cache
def sites(package: str) -> list[ErrorSite]:
    """Return all places of a package where an error is constructed."""
    modules = _modules()
    classes = _error_classes(modules)
    constants = {
        (module.path.stem, name): value
        for module in modules
        for name, value in module.constants.items()
    }
    return [
        site
        for module in modules
        if module.path.is_relative_to(ROOT / package)
        for site in module.sites(classes, constants)
    ]


@cache
def _modules() -> list[Module]:
    return [Module(path) for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]


def rows(package: str) -> list[tuple[str, str, str, str]]:
    """Return code, problem, message and remedy of a package's errors, in order."""
    entries = {
        (site.code, problem, message, remedy)
        for site in sites(package)
        for problem in site.problems or ()
        for message in site.messages
        for remedy in site.remedies
    }
    if package == "gac_core":
        entries |= set(_system_rows())
    return sorted(entries)


def table() -> str:
    """Return the page."""
    parts = [HEAD]
    for package, title in PACKAGES.items():
        parts += [f"## {title}", "", "| code | problem | message | remedy |", RULE]
        parts.extend(
            f"| {code and f'`{code}`'} | `{problem}` | {_cell(message)} | {_cell(remedy)} |"
            for code, problem, message, remedy in rows(package)
        )
        parts.append("")
    return "\n".join(parts)


def main() -> int:
    """Write the page; return the exit status."""
    TABLE.write_text(table(), encoding="utf-8")
    return 0


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _system_rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield the errors of the system's that any file can bring."""
    sys.path.insert(0, str(ROOT))
    from gac_core.contract.errors import SYSTEM_PROBLEMS

    for problem, remedy in SYSTEM_PROBLEMS.values():
        yield "output", problem, "{}: {}.", remedy


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _error_classes(modules: Iterable[Module]) -> dict[str, str]:
    """Return the code of every class of errors."""
    parents: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, str] = {}
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                parents[node.name] |= {_name(base) for base in node.bases}
                for each in node.body:
                    if (
                        isinstance(each, ast.Assign)
                        and _name(each.targets[0]) == "code"
                        and isinstance(each.value, ast.Constant)
                    ):
                        codes[node.name] = str(each.value.value)

    def lineage(name: str) -> Iterator[str]:
        yield name
        for parent in parents[name] - {name}:
            yield from lineage(parent)

    return {
        name: next((codes[each] for each in lineage(name) if each in codes), "")
        for name in list(parents)
        if set(lineage(name)) & set(ROOTS)
    }


class Module:
    """A module's syntax tree, and the texts that its names stand for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.constants = dict(_assigned(self.tree.body))
        self.imported = {
            alias.asname or alias.name: (node.module or "").rpartition(".")[2]
            for node in self.tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def sites(
        self, classes: dict[str, str], constants: dict[tuple[str, str], ast.expr]
    ) -> Iterator[ErrorSite]:
        """Yield the places where an error is constructed."""
        for node, function, kind in _scopes(self.tree):
            if not isinstance(node, ast.Call):
                continue
            values = {word.arg: word.value for word in node.keywords if word.arg}
            problem = values.get("problem")
            name = _name(node.func)
            if name not in classes and not (problem and any(_identifiers(problem))):
                continue
            if name in SELF_NAMED:
                continue
            code = values.get("code")
            texts = _Texts(self, constants, function)
            values = {**dict(zip(("message", "remedy"), node.args)), **values}
            site = ErrorSite(
                self.path,
                node.lineno,
                str(code.value)
                if isinstance(code, ast.Constant)
                else classes.get(kind if name == "__init__" else name, ""),
                None if problem is None else texts.identifiers(problem),
                texts.of(values.get("message")),
                texts.of(values.get("remedy")),
            )
            # Several of each, assigned side by side in branches, belong together in order.
            if len(site.problems or ()) == len(site.messages) > 1:
                for pair in zip(site.problems or (), site.messages):
                    yield replace(site, problems=pair[:1], messages=pair[1:])
            else:
                yield site


@dataclass(frozen=True)
class _Texts:
    """The texts of expressions in a function."""

    module: Module
    constants: dict[tuple[str, str], ast.expr]
    function: ast.AST | None

    def identifiers(self, node: ast.expr) -> tuple[str, ...]:
        """Return the identifiers that an expression can be; none where it is passed on."""
        if isinstance(node, ast.Name):
            return tuple(text for text in self.of(node) if text not in {UNKNOWN, ""})
        return _identifiers(node)

    def of(self, node: ast.expr | None, depth: int = 6) -> tuple[str, ...]:
        """Return all templates that an expression can be."""
        if node is None:
            return ("",)
        if not depth:
            return (UNKNOWN,)
        if isinstance(node, ast.Constant):
            return (PLACEHOLDER.sub("{}", str(node.value)),)
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            return ("".join(map(str, parts)),)
        if isinstance(node, ast.IfExp):
            return self.of(node.body, depth - 1) + self.of(node.orelse, depth - 1)
        if isinstance(node, ast.BinOp):
            return tuple(
                left + right
                for left in self.of(node.left, depth - 1)
                for right in self.of(node.right, depth - 1)
            )
        if isinstance(node, ast.Call):
            return self._of_call(node, depth - 1)
        if isinstance(node, ast.Name):
            return self._of_name(node.id, depth - 1)
        return (UNKNOWN,)

    def _of_call(self, node: ast.Call, depth: int) -> tuple[str, ...]:
        name = _name(node.func)
        if name in {"Message", "tr", "later"}:
            return self.of(node.args[0], depth)
        if name == "format" and isinstance(node.func, ast.Attribute):
            return self.of(node.func.value, depth)
        if name == "join" and isinstance(node.func, ast.Name):
            parts = node.args[0]
            if isinstance(parts, ast.Tuple):
                return (" ".join(self.of(part, depth)[0] for part in parts.elts),)
        return (UNKNOWN,)

    def _of_name(self, name: str, depth: int) -> tuple[str, ...]:
        if self.function is not None:
            local = [value for each, value in _assigned(ast.walk(self.function)) if each == name]
            if local:
                return tuple(text for value in local for text in self.of(value, depth))
        own = self.module.constants.get(name)
        other = self.constants.get((self.module.imported.get(name, ""), name))
        value = own or other
        return (UNKNOWN,) if value is None else self.of(value, depth)


def _scopes(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.AST | None, str]]:
    """Yield every node with the innermost function and the name of the innermost class around."""
    pending: list[tuple[ast.AST, ast.AST | None, str]] = [(tree, None, "")]
    while pending:
        node, function, kind = pending.pop()
        yield node, function, kind
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            function = node
        elif isinstance(node, ast.ClassDef):
            kind = node.name
        pending.extend((child, function, kind) for child in ast.iter_child_nodes(node))


def _assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value


def _identifiers(node: ast.expr) -> tuple[str, ...]:
    """Return the identifiers that an expression spells out."""
    if isinstance(node, ast.Constant):
        return (str(node.value),)
    if isinstance(node, ast.IfExp):
        return _identifiers(node.body) + _identifiers(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else UNKNOWN for part in node.values]
        return ("".join(map(str, parts)),)
    return ()


if __name__ == "__main__":
    raise SystemExit(main())
