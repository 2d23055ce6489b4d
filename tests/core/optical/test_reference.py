"""An optical reference on the working grid: values, clear pixels, independence of windows."""

from __future__ import annotations

import json

import numpy as np
import pytest
from rasterio.warp import Resampling, reproject, transform_bounds
from scipy.ndimage import binary_dilation

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.errors import InputChanged, SceneError
from gac_core.grid import Window, WorkGrid
from tests.core.conftest import UTM
from tests.core.optical.conftest import AREA, GRID, SIDE, TEN, clouds, reflectance

ALL = tuple(S2_BANDS)


def grown(mask, margin):
    side = np.arange(-margin, margin + 1)
    disc = np.hypot(*np.meshgrid(side, side)) <= margin
    return binary_dilation(mask, disc)


def test_pixels_on_the_grid_are_what_they_were(write, opened, mask):
    values = reflectance(ALL)
    reference = opened(write(values, "s2.tif", names=ALL), mask=mask, margin=8)
    clear = ~grown(clouds()[0] > 0, 8)
    assert (reference.clear(AREA) == clear).all()
    found = reference.read(AREA)
    assert found.shape == (12, SIDE, SIDE) and found.dtype == np.float32
    assert (found[:, clear] == values[:, clear]).all() and np.isnan(found[:, ~clear]).all()
    assert reference.bands == ALL
    assert reference.clear_share == pytest.approx(clear.mean()) and reference.data_share == 1
    json.dumps(reference.info(), allow_nan=False)


def test_the_same_pixels_through_any_window(write, opened, mask):
    values = reflectance(TEN)
    path = write(
        values, "s2.tif", names=TEN, transform=UTM @ UTM.scale(2.0) @ UTM.translation(-20.3, -10.7)
    )
    whole = opened(path, mask=mask, margin=11)
    expected, clear = whole.read(AREA), whole.clear(AREA)
    assert 0.2 < clear.mean() < 0.9
    other = opened(path, mask=mask, margin=11)
    rng = np.random.default_rng(1)
    for _ in range(12):
        row, col = (int(edge) for edge in rng.integers(0, SIDE - 90, 2))
        height, width = (int(edge) for edge in rng.integers(1, 90, 2))
        window = Window(AREA.row + row, AREA.col + col, height, width)
        inside = window.slices(AREA)
        assert np.array_equal(other.read(window), expected[(..., *inside)], equal_nan=True)
        assert (other.clear(window) == clear[inside]).all()


def test_beyond_the_image_is_no_data(write, opened, mask):
    reference = opened(write(reflectance(TEN), "s2.tif", names=TEN), mask=mask)
    around = AREA.grown(300)
    assert np.isfinite(reference.read(around)[1]).sum() == reference.clear(AREA).sum()
    assert reference.clear(around).sum() == reference.clear(AREA).sum()


def test_another_grid_is_warped(write, opened):
    """Against GDAL's own bilinear warping."""
    values = reflectance(("B02", "B03", "B04", "B08"))
    mask = write(np.zeros((1, SIDE, SIDE), np.uint8), "none.tif")
    path = write(values, "s2.tif", names=("B02", "B03", "B04", "B08"))
    grid = WorkGrid(32634, 3.0, 4.0)
    window = grid.window(transform_bounds("EPSG:32633", "EPSG:32634", *GRID.bounds(AREA)))
    out = np.zeros((4, *window.shape), np.float32)
    reproject(
        values.astype(np.float32), out, src_transform=UTM, src_crs="EPSG:32633",
        dst_transform=grid.transform(window), dst_crs="EPSG:32634",
        resampling=Resampling.bilinear, src_nodata=0,
    )  # fmt: skip
    reference = opened(path, mask=mask, grid=grid, area=window)
    found = reference.read(window)[[1, 2, 3, 7]]
    both = np.isfinite(found) & (out > 0)
    assert both.mean() > 0.3
    assert np.abs(found - out)[both].max() < 2.0


def test_a_file_that_changes_is_told(write, opened, mask):
    path = write(reflectance(TEN), "s2.tif", names=TEN)
    reference = opened(path, mask=mask)
    reference.inputs.require_unchanged()
    write(clouds(), "clouds.tif", tags={"NEW": "yes"})
    with pytest.raises(InputChanged):
        reference.inputs.require_unchanged()


def test_the_fingerprint_is_of_values_and_clouds(write, opened, mask):
    path = write(reflectance(TEN), "s2.tif", names=TEN)
    one = opened(path, mask=mask)
    assert opened(path, mask=mask).fingerprint == one.fingerprint
    assert opened(path, mask=mask, margin=9).fingerprint != one.fingerprint
    other = write(reflectance(TEN, seed=1), "other.tif", names=TEN)
    assert opened(other, mask=mask).fingerprint != one.fingerprint


def test_an_image_elsewhere_is_refused_with_the_distance(write, opened, mask):
    path = write(reflectance(TEN), "s2.tif", names=TEN, transform=UTM @ UTM.translation(2000, 0))
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-elsewhere"
    assert "17 km" in caught.value.message


def test_without_a_mask_the_user_is_asked(write, opened):
    with pytest.raises(SceneError) as caught:
        opened(write(reflectance(TEN), "s2.tif", names=TEN))
    assert caught.value.problem == "clouds-unknown" and caught.value.remedy


def test_a_window_without_a_grid_offset_is_the_radars_own():
    assert GRID.transform(AREA) == UTM


def test_a_mosaic_of_the_world_is_read_where_the_radar_lies(write, opened, mask, tmp_path):
    """Its outline has no place in the radar's zone."""
    source = write(reflectance(("B02", "B03", "B04", "B08")), "s2.tif")
    west, _, _, north = transform_bounds("EPSG:32633", "EPSG:4326", *GRID.bounds(AREA))
    step = 360 / 2**20
    col, row = int((west + 180) / step), int((90 - north) / step)
    bands = "".join(
        f'<VRTRasterBand dataType="UInt16" band="{n}"><Description>{name}</Description>'
        f"<SimpleSource><SourceFilename>{source}</SourceFilename><SourceBand>{n}</SourceBand>"
        f'<SrcRect xOff="0" yOff="0" xSize="300" ySize="300"/>'
        f'<DstRect xOff="{col}" yOff="{row}" xSize="140" ySize="90"/></SimpleSource>'
        "</VRTRasterBand>"
        for n, name in enumerate(("B02", "B03", "B04", "B08"), 1)
    )
    path = tmp_path / "world.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{2**20}" rasterYSize="{2**19}"><SRS>EPSG:4326</SRS>'
        f"<GeoTransform>-180, {step}, 0, 90, 0, -{step}</GeoTransform>{bands}</VRTDataset>"
    )
    reference = opened(str(path), mask=mask)
    assert reference.data_share > 0.5 and np.nanmedian(reference.read(AREA)[1]) > 300
