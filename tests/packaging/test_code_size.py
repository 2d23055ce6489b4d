"""The figures of how the code is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import code_size


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "gac_core/__init__.py": "",
        "gac_core/a/__init__.py": "",
        "gac_core/a/plan.py": "from gac_core.b import plan\n",
        "gac_core/b/__init__.py": "",
        "gac_core/b/plan.py": (
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n"
            "    from gac_core.a.plan import Plan\n"
        ),
        "gac_core/leaf.py": "X = 1\n",
        "gac_core/user.py": "def f():\n    from gac_core.leaf import X\n    return X\n",
    }
    write(tmp_path, files)
    return tmp_path


def test_figures(root: Path) -> None:
    figures, remarks = code_size.measure(root, "gac_core")
    assert dict(zip(code_size.COLUMNS, figures, strict=True)) == {
        "files": 7,
        "lines": 8,
        "median": 1,
        "one importer": 3,
        "circles": 0,
        "circles typed": 1,
        "names twice": 1,
    }
    assert remarks == ["circle: gac_core.a.plan, gac_core.b.plan", "twice: plan"]


def test_places_of_an_option(tmp_path: Path) -> None:
    files = {
        "gac_core/request.py": "class RunRequest:\n    seed: int\n    batch_size: int\n    x = 1\n",
        "gac_core/flags.py": 'FLAGS = ("--batch-size",)\nseed = 1\n',
        "gac_core/work.py": 'def f(batch_size):\n    return {"batch_size": batch_size}\n',
        "gac_qgis_plugin/panel.py": 'names = ["seed", "a seed", 3]\n',
        "training/other.py": "seed: int = 0\n",
    }
    write(tmp_path, files)
    assert code_size.option_places(tmp_path) == {"seed": 2, "batch_size": 3}
