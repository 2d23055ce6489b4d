"""Bands that do not belong together, each a radar image; functions in virtual rasters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from tests.core.scene.test_paths import simple, vrt
from tests.problems import notes_with, raises

Write = Callable[..., str]
AS = {
    "db": lambda db: db,
    "power": lambda db: 10 ** (db / 10),
    "amplitude": lambda db: 10 ** (db / 20),
}


def is_warned(scene) -> bool:
    return any("speckle of VH" in warning for warning in scene.warnings)


@pytest.mark.parametrize("names", [("VV", "VH"), ()])
@pytest.mark.parametrize("units", [("amplitude", "power"), ("power", "amplitude")])
def test_amplitude_beside_power_is_warned_of(
    write: Write, db: np.ndarray, units: tuple[str, str], names: tuple[str, ...]
) -> None:
    values = np.stack([AS[unit](band) for unit, band in zip(units, db, strict=True)])
    with open_scene((write(values, names=names),)) as scene:
        assert is_warned(scene)


@pytest.mark.parametrize("unit", AS)
def test_bands_in_one_unit_are_not_warned_of(write: Write, db: np.ndarray, unit: str) -> None:
    with open_scene((write(AS[unit](db), names=("VV", "VH")),)) as scene:
        assert not is_warned(scene)


PASSES = [
    ("VV_asc", "VH_desc"),
    ("VV_DESCENDING", "VH_ASCENDING"),
    ("S1A_VV_ASC_20200101", "S1A_VH_DES_20200101"),
]


@pytest.mark.parametrize("names", PASSES)
def test_bands_of_two_passes_are_refused_and_can_be_chosen(
    write: Write, db: np.ndarray, names: tuple[str, str]
) -> None:
    path = write(db, names=names)
    with pytest.raises(SceneError) as caught:
        open_scene((path,))
    assert caught.value.problem == "vv-vh-two-passes"
    with open_scene((path,), vv_band=1, vh_band=2) as scene:  # the remedy, followed
        assert notes_with(scene.warnings, "ascending", "descending")


def test_files_of_two_passes_are_refused(write: Write, db: np.ndarray) -> None:
    paths = tuple(
        write(db[band : band + 1], f"{pol}.tif", tags={"ORBIT_PASS": to})
        for band, (pol, to) in enumerate((("VV", "ASCENDING"), ("VH", "DESCENDING")))
    )
    with pytest.raises(SceneError) as caught:
        open_scene(paths)
    assert caught.value.problem == "vv-vh-two-passes"


@pytest.mark.parametrize("names", [("VV_asc", "VH_asc"), ("VV_desc", "VH"), ("VV", "VH")])
def test_bands_of_one_pass_are_read(write: Write, db: np.ndarray, names: tuple[str, str]) -> None:
    with open_scene((write(db, "Nord_des_Landes.tif", names=names),)) as scene:
        assert scene.unit == "db"


@pytest.mark.parametrize("name", ["S1_HH_HV.tif", "HV+HH_20200101.tif", "a-hh-hv.tif"])
def test_a_file_that_is_named_after_hh_and_hv_holds_them(
    write: Write, db: np.ndarray, name: str
) -> None:
    with raises(SceneError, "polarisations-not-supported", "HH", "HV"):
        open_scene((write(db, name),))


FUNCTIONS = {
    "sqrt": ("power", "amplitude", "<PixelFunctionType>sqrt</PixelFunctionType>", ""),
    "dB": ("power", "db", '<PixelFunctionType>dB</PixelFunctionType>'
           '<PixelFunctionArguments fact="10"/>', ""),
    "dB2amp": ("db", "amplitude", "<PixelFunctionType>dB2amp</PixelFunctionType>", ""),
    "square": ("amplitude", "power", "", "<Exponent>2</Exponent><SrcMin>0</SrcMin><SrcMax>10"
               "</SrcMax><DstMin>0</DstMin><DstMax>100</DstMax>"),
}  # fmt: skip


@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("case", FUNCTIONS)
def test_what_sources_say_of_a_unit_does_not_outlive_a_function(
    write: Write, db: np.ndarray, tmp_path: Path, case: str, depth: int
) -> None:
    before, after, function, inside = FUNCTIONS[case]
    name = {"power": "Gamma0_power", "db": "Gamma0_dB", "amplitude": "amplitude"}[before]
    bands = simple(write(AS[before](db), f"{name}.tif", names=("VV", "VH")))
    if function:
        bands = bands.replace('"><', f'" subClass="VRTDerivedRasterBand">{function}<')
        bands = bands.replace(f"{function}{function}", function)
    if inside:
        bands = bands.replace("SimpleSource", "ComplexSource")
        bands = bands.replace("</ComplexSource>", f"{inside}</ComplexSource>")
    path = vrt(tmp_path / "f.vrt", bands)
    for number in range(1, depth):
        path = vrt(tmp_path / f"outer{number}.vrt", simple(path))
    with open_scene((path,)) as scene:
        assert scene.unit == after
        np.testing.assert_allclose(scene.read(scene.window), db, atol=0.01)
