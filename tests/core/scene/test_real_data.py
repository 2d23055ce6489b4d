"""Unit and bands decided right on every real image, in every unit, order and layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene.units import UNUSUAL_VALUES
from tests.problems import notes_with


def images(data: Path) -> Iterator[tuple[str, np.ndarray, dict]]:
    """(name, (2, H, W) dB, profile) of every pair and scene."""
    for path in sorted(data.glob("pairs/*/s1.tif")):
        with rasterio.open(path) as file:
            yield path.parent.name, file.read(), file.profile
    for path in sorted(data.glob("scenes/*_VV.tif")):
        both = (path, path.with_name(path.name.replace("_VV", "_VH")))
        bands = []
        for one in both:
            with rasterio.open(one) as file:
                bands.append(file.read(1))
                profile = file.profile
        yield path.stem, np.stack(bands), profile


def write_variants(
    folder: Path, db: np.ndarray, profile: dict, unit: str
) -> dict[str, tuple[str, ...]]:
    """The image in a unit, in both layouts and orders, with and without names, as paths."""
    values = {"db": db, "power": 10 ** (db / 10), "amplitude": 10 ** (db / 20)}[unit]
    values = values.astype(np.float32)
    profile = {k: profile[k] for k in ("crs", "transform", "width", "height", "nodata")}
    profile |= {"driver": "GTiff", "dtype": "float32"}
    found: dict[str, tuple[str, ...]] = {}
    for name, names in (
        ("stack", ("VV", "VH")),
        ("turned", ("VH", "VV")),
        ("unnamed", ("", "")),
        ("unnamed turned", ("", "")),
    ):
        path = folder / f"{name}.tif"
        with rasterio.open(path, "w", count=2, **profile) as file:
            file.write(values[::-1] if "turned" in name else values)
            file.descriptions = names
        found[name] = (str(path),)
    for band, pol in enumerate(("VV", "VH")):
        with rasterio.open(folder / f"image_{pol}.tif", "w", count=1, **profile) as file:
            file.write(values[band], 1)
    found["files"] = (str(folder / "image_VV.tif"), str(folder / "image_VH.tif"))
    found["files turned"] = found["files"][::-1]
    return found


@pytest.mark.parametrize("unit", ["db", "power", "amplitude"])
def test_every_real_image(shared_data: Path, tmp_path: Path, unit: str) -> None:
    """Unit and bands are right on every image in every layout, or asked for; never wrong."""
    right, asked = 0, {}
    for name, db, profile in images(shared_data):
        for layout, paths in write_variants(tmp_path, db, profile, unit).items():
            try:
                scene = open_scene(paths)
            except SceneError as error:
                asked[name] = f"{error.message} {error.remedy}"
                continue
            with scene:
                assert scene.unit == unit, (name, layout)
                assert not any("swapped" in w for w in scene.warnings), (name, layout)
                read = scene.read(scene.window)
            if read.shape == db.shape:  # else it lies on another grid, and was warped
                measured = np.isfinite(read)
                assert measured.mean() > 0.99, (name, layout)
                np.testing.assert_allclose(
                    read[measured], db[measured], atol=1e-4, err_msg=f"{name} {layout}"
                )
            right += 1
    assert right >= 45 * 6
    # Means over a month hold no speckle, which tells power from amplitude.
    assert all("unit" in words for words in asked.values())
    assert len(asked) <= 0.1 * right / 6 and (unit != "db" or not asked)


@pytest.mark.parametrize(
    ("factor", "unit"), [(0.5, "db"), (2.0, "db"), (0.5, "amplitude"), (2.0, "power")]
)
def test_no_real_image_passes_as_half_or_twice_its_decibels(
    shared_data: Path, tmp_path: Path, factor: float, unit: str
) -> None:
    """10·log10 of amplitude, 20·log10 of power, roots and squares: refused or told, all of them."""
    for name, db, profile in images(shared_data):
        (path,) = write_variants(tmp_path, factor * db, profile, unit)["stack"]
        with suppress(SceneError), open_scene((path,)) as scene:
            assert notes_with(scene.warnings, template=UNUSUAL_VALUES), name


def test_the_real_scene(shared_data: Path) -> None:
    paths = tuple(str(shared_data / f"scenes/s1_scene_512_{pol}.tif") for pol in ("VV", "VH"))
    with open_scene(paths) as scene:
        assert scene.unit == "db" and scene.grid.epsg == 32633
        assert scene.window.shape == (512, 512)
        assert scene.warnings == []
