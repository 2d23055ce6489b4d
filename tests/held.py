"""Files that another program holds open, as Windows has it: they cannot be removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest


class Holder:
    """Another program that has files open. Nobody sleeps: what would be slept is recorded.

    Args:
        monkeypatch: Ends with the test.
        rename: The contract's module, which engine and plugin import under names of their own.
        holds: Returns whether it has a file open; every file if not given.

    Attributes:
        paused: Seconds of each pause.
        refused: Removals that it prevented.
    """

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        rename: ModuleType,
        holds: Callable[[Path], bool] = lambda path: True,
    ) -> None:
        self.paused: list[float] = []
        self.refused: list[Path] = []
        unlink, rmtree = Path.unlink, shutil.rmtree

        def refuse(path: Path) -> None:
            self.refused.append(path)
            error = PermissionError(13, "The process cannot access the file", str(path))
            error.winerror = 32  # type: ignore[attr-defined]
            raise error

        def unlink_held(path: Path, missing_ok: bool = False) -> None:
            if path.is_file() and holds(path):
                refuse(path)
            unlink(path, missing_ok=missing_ok)

        def rmtree_held(folder: Path | str, ignore_errors: bool = False) -> None:
            held = [path for path in Path(folder).rglob("*") if path.is_file() and holds(path)]
            if held and not ignore_errors:
                refuse(held[0])
            if not held:
                rmtree(folder, ignore_errors=ignore_errors)

        monkeypatch.setattr(Path, "unlink", unlink_held)
        monkeypatch.setattr(shutil, "rmtree", rmtree_held)
        # Of this module alone: threads of other tests may sleep meanwhile.
        monkeypatch.setattr(rename, "time", SimpleNamespace(sleep=self.paused.append))
