"""The package: complete, clean, reproducible, and small enough for the plugin repository."""

from __future__ import annotations

import configparser
import shutil
import zipfile
from pathlib import Path

import pytest

from scripts import package, words

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with everything that the package needs, and some litter."""
    root = tmp_path / "checkout"
    for name, text in {
        "metadata.txt": "[general]\nname=GAC\nabout=100 % of it\nversion=1.2.3\n",
        "LICENSE": "free",
        "docs/guide.md": "",
        "gac_qgis_plugin/__init__.py": "",
        "gac_qgis_plugin/gui/dock.py": "",
        "gac_qgis_plugin/gui/__pycache__/dock.cpython-311.pyc": "",
        "gac_core/__init__.py": "",
        "gac_core/contract/protocol.py": 'VERSION: Final = "1.2.3"\n',
        "resources/styles/a.qml": "<qgis/>",
        "resources/demo_scene/s1.tif.aux.xml": "",
        "resources/.DS_Store": "",
        "requirements/worker-py311.txt": "",
        "requirements/bootstrap.txt": "",
        "requirements/sizes-py311.json": "{}",
        "requirements/dev-py311.txt": "",
        "tests/core/test_a.py": "",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_only_what_belongs_is_collected(checkout: Path) -> None:
    assert list(package.collect(checkout)) == [
        "LICENSE",
        "__init__.py",
        "docs/guide.md",
        "gac_core/__init__.py",
        "gac_core/contract/protocol.py",
        "gui/dock.py",
        "metadata.txt",
        "requirements/bootstrap.txt",
        "requirements/sizes-py311.json",
        "requirements/worker-py311.txt",
        "resources/styles/a.qml",
    ]


def test_the_same_files_give_the_same_bytes(checkout: Path, tmp_path: Path) -> None:
    zips = []
    for turn in ("first", "second"):
        folder = tmp_path / turn / package.NAME
        folder.parent.mkdir()
        package.stage(package.collect(checkout), folder)
        path = tmp_path / turn / "plugin.zip"
        package.archive(folder, path)
        zips.append(path.read_bytes())
        (checkout / "LICENSE").touch()
    assert zips[0] == zips[1]


def test_staging_again_leaves_nothing_of_the_last_time(checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plugin"
    package.stage(package.collect(checkout), folder)
    (checkout / "gac_qgis_plugin" / "gui" / "dock.py").unlink()
    package.stage(package.collect(checkout), folder)
    assert not (folder / "gui").exists()


def test_versions_must_agree(checkout: Path) -> None:
    assert package.version(checkout) == "1.2.3"
    (checkout / "gac_core" / "contract" / "protocol.py").write_text('VERSION: Final = "1.2.4"\n')
    with pytest.raises(package.PackageError, match=r"1\.2\.3"):
        package.version(checkout)


def test_two_files_for_one_place_are_refused(checkout: Path) -> None:
    (checkout / "gac_qgis_plugin" / "gac_core").mkdir()
    shutil.copy(checkout / "gac_core" / "__init__.py", checkout / "gac_qgis_plugin" / "gac_core")
    with pytest.raises(package.PackageError, match="Both"):
        package.collect(checkout)


def test_a_zip_that_is_too_large_is_refused(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / package.NAME
    package.stage(package.collect(checkout), folder)
    monkeypatch.setattr(package, "MAX_ZIP_BYTES", 10)
    with pytest.raises(package.PackageError, match="bytes"):
        package.archive(folder, tmp_path / "plugin.zip")
    assert list(tmp_path.glob("plugin.*")) == []


def test_the_real_package_is_what_the_plugin_repository_wants(tmp_path: Path) -> None:
    folder = tmp_path / package.NAME
    package.stage(package.collect(ROOT), folder)
    path = tmp_path / "plugin.zip"
    package.archive(folder, path)
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
    assert {name.split("/")[0] for name in names} == {"gac_qgis_plugin"}
    inside = {name.split("/", 1)[1] for name in names}
    assert inside >= {"metadata.txt", "LICENSE", "__init__.py", "gac_core/worker/server.py"}
    languages = {f"resources/i18n/gac_{each}.qm" for each in words.PLURALS}
    assert inside >= languages
    assert not [n for n in inside if n.endswith((".pyc", ".so", ".dll", ".exe"))]
    assert not [n for n in inside if n.startswith("tests/")]
    assert f"## [{package.version(ROOT)}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_plugin_manager_speaks_every_language() -> None:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    for language in set(words.PLURALS) - {"en"}:
        assert "SYNTHETIC" in general[f"about[{language}]"]
        assert general[f"description[{language}]"] != general["description"]
