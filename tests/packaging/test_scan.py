"""The scan that stands in for the plugin repository's: it finds what that would."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from scripts import scan

METADATA = """[general]
name=GAC
description=d
version=1.2.3
qgisMinimumVersion=3.22
qgisMaximumVersion=4.99
author=a
email=e
about=SYNTHETIC. Dependencies: none
icon=icon.svg
"""
GOOD = {
    "metadata.txt": METADATA,
    "LICENSE": "free",
    "icon.svg": "<svg/>",
    "__init__.py": '"""A plugin."""\n',
    "card.json": '{\n "sha256": "%s"\n}\n' % ("0123456789abcdef" * 4),
}


def make_zip(folder: Path, files: dict[str, str], mode: int = 0o644) -> Path:
    path = folder / "plugin.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"gac_qgis_plugin/{name}")
            entry.external_attr = mode << 16
            file.writestr(entry, text)
    return path


def test_a_good_zip_is_clean(tmp_path: Path) -> None:
    found = scan.scan(make_zip(tmp_path, GOOD))
    assert not any(found.values()), found


@pytest.mark.parametrize(
    ("files", "who", "words"),
    [
        ({"a.py": "assert True\n"}, "bandit", "B101"),
        ({"a.py": "try:\n    x = 1\nexcept Exception:\n    pass\n"}, "bandit", "B110"),
        ({"a.py": 'password = "hunter2"\n'}, "bandit", "B105"),
        ({"a.py": "import pickle\n\npickle.loads(b'')\n"}, "bandit", "B301"),
        ({"a.py": 'key = "0123456789abcdef%s"\n' % ("9f" * 8)}, "detect-secrets", "a.py:1"),
        ({"a.py": "print(undefined)\n"}, "flake8", "F821"),
        ({"a.sh": "ls\n"}, "the zip", "a program"),
        ({".hidden": ""}, "the zip", "hidden"),
        ({"metadata.txt": METADATA + "changelog=100 % better\n"}, "metadata", "%"),
        ({"metadata.txt": METADATA.replace("email=e\n", "")}, "metadata", "no email"),
    ],
)
def test_what_the_repository_would_block_is_found(
    tmp_path: Path, files: dict[str, str], who: str, words: str
) -> None:
    found = scan.scan(make_zip(tmp_path, {**GOOD, **files}))
    assert any(words in line for line in found[who]), found


def test_the_form_of_the_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {name: text for name, text in GOOD.items() if name != "LICENSE"}
    assert scan.check_form(make_zip(tmp_path, without)) == ["LICENSE: missing"]
    assert "executable" in scan.check_form(make_zip(tmp_path, GOOD, 0o755))[0]
    monkeypatch.setattr(scan, "MAX_BYTES", 10)
    assert "bytes" in scan.check_form(make_zip(tmp_path, GOOD))[0]
