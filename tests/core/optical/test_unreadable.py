"""Optical files that cannot be opened, or read to the end: errors of files, not of radar."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gac_core.contract.errors import InputChanged, SceneError
from gac_core.engine.provenance import input_files
from tests.core.optical.conftest import TEN, clouds, reflectance
from tests.problems import raises


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scramble(path: Path) -> None:
    """Damage some of the compressed pixels and leave the directory as it is."""
    values = bytearray(path.read_bytes())
    begin, end = len(values) // 3, len(values) // 2
    values[begin:end] = b"\xff" * (end - begin)
    path.write_bytes(values)


def overwrite(path: Path) -> None:
    path.write_text("no raster")


def link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("gone.tif"))


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("role", ["image", "mask"])
@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (Path.unlink, "file-missing"),
        (overwrite, "file-unreadable"),
        (cut, "file-damaged"),
        (scramble, "file-part-unreadable"),
        pytest.param(
            link_to_nothing,
            "file-link-broken",
            marks=pytest.mark.skipif(os.name == "nt", reason="links need a privilege"),
        ),
        pytest.param(
            pipe,
            "file-is-a-pipe",
            marks=pytest.mark.skipif(os.name == "nt", reason="no pipes"),
        ),
    ],
)
def test_a_file_that_cannot_be_read(write, opened, role, damage, problem):
    image = write(reflectance(TEN), "s2.tif", names=TEN, compress="deflate")
    mask = write(clouds(), "clouds.tif", compress="deflate")
    damage(Path(image if role == "image" else mask))
    with raises(SceneError, problem, Path(image if role == "image" else mask).name):
        opened(image, mask=mask)


def test_a_name_that_is_empty(opened):
    with raises(SceneError, "file-not-named"):
        opened(" ")


def test_an_image_that_changes_while_it_is_read(write, opened, mask, tmp_path):
    image = write(reflectance(TEN), "s2.tif", names=TEN)
    reference = opened(image, mask=mask)
    shutil.copy(image, tmp_path / "other.tif")
    (tmp_path / "other.tif").replace(image)
    with raises(InputChanged, "file-changed-while-read", image):
        reference.inputs.require_unchanged()


def test_an_image_that_can_no_longer_be_hashed(write, opened, mask, monkeypatch):
    image = write(reflectance(TEN), "s2.tif", names=TEN)
    reference = opened(image, mask=mask)

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("gac_core.engine.provenance.sha256", refuse)
    with raises(InputChanged, "file-no-longer-readable", image):
        input_files(reference.inputs)
