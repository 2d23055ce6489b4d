"""Which UTM zone a scene is computed in, and scenes and extents across ±180°."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from pyproj import Transformer
from rasterio.crs import CRS

from gac_core.contract.errors import RequestError, SceneError
from gac_core.scene import bounds_of, extent_window, open_scene
from tests.core.conftest import backscatter
from tests.core.fuzz.scenes import located, write_ramp
from tests.problems import raises

Write = Callable[..., str]

ACROSS = (179.98, -16.02, -179.98, -15.99)
"""An extent over the ±180° meridian near Fiji."""


def degrees(write: Write, west: float, north: float, width: int = 400, step: float = 1e-4) -> str:
    """A scene in degrees, 60 px high."""
    return write(
        backscatter(60, width), crs="EPSG:4326", transform=Affine(step, 0, west, 0, -1e-4, north)
    )


def test_the_zone_is_that_of_the_extent(write: Write) -> None:
    path = degrees(write, 11.98, 48.0)
    east, west = (12.003, 47.995, 12.01, 47.999), (11.985, 47.995, 11.995, 47.999)
    for extent, epsg in ((None, 32632), (west, 32632), (east, 32633), ((0, 0, 90, 80), 32632)):
        # The scene reaches from 11.98 to 12.02; its own centre is at 12 and a hair.
        with open_scene((path,), extent=extent) as scene:
            if extent in (east, west):
                assert scene.grid.epsg == epsg
                assert np.isfinite(scene.read(extent_window(scene, extent))).all()


def test_an_extent_in_a_utm_zone_keeps_it_near_its_edge(write: Write) -> None:
    path = degrees(write, 11.98, 48.0)
    for epsg in (32632, 32633):
        to_utm = Transformer.from_crs("EPSG:4326", epsg, always_xy=True)
        (left, right), (bottom, top) = to_utm.transform([11.99, 12.002], [47.996, 47.999])
        extent = (left, bottom, right, top)
        with open_scene((path,), extent=extent, extent_crs=f"EPSG:{epsg}") as scene:
            assert scene.grid.epsg == epsg
    far = Transformer.from_crs("EPSG:4326", 32640, always_xy=True).transform(
        [11.99, 12.002], [47.996, 47.999]
    )
    extent = (far[0][0], min(far[1]), far[0][1], max(far[1]))
    with open_scene((path,), extent=extent, extent_crs="EPSG:32640") as scene:
        assert scene.grid.epsg == 32632


def test_a_utm_scene_keeps_its_zone(write: Write, db: np.ndarray) -> None:
    path = write(db, transform=Affine(20, 0, 720_000, 0, -20, 5_400_000))
    with open_scene((path,), extent=(18.0, 48.7, 18.01, 48.71), extent_crs="EPSG:4326") as scene:
        assert scene.grid.epsg == 32633


def test_a_result_is_scored_on_its_own_grid(write: Write, tmp_path: Path) -> None:
    """`gac score` opens the radar with the bounds of the optical file."""
    path = degrees(write, 11.98, 48.0)
    made = write(
        backscatter(40, 40), "opt.tif", transform=Affine(10, 0, 276_000, 0, -10, 5_320_000)
    )
    extent, crs = bounds_of(made)
    assert extent is not None and crs is not None
    with open_scene((path,), extent=extent, extent_crs=crs) as scene:
        assert scene.grid.epsg == 32633
    assert bounds_of(str(tmp_path / "nowhere.tif")) == (None, None)


@pytest.mark.parametrize("west", [179.98, -180.02, 539.98])
@pytest.mark.parametrize("extent", [None, ACROSS, (179.98, -16.02, 180.02, -15.99)])
def test_across_the_date_line_in_degrees(
    tmp_path: Path, west: float, extent: tuple[float, ...] | None
) -> None:
    affine = Affine(1e-4, 0, west, 0, -1e-4, -16.0)
    path = write_ramp(tmp_path / "ramp.tif", "EPSG:4326", affine, 60, 400)
    with open_scene((str(path),), unit="db", extent=extent) as scene:
        window = extent_window(scene, extent)
        found = located(scene.read(window))
        assert window.width > 400 * 10.5 / 10 and scene.grid.epsg in (32701, 32760)
        # From one edge of the source to the other without a step or a gap.
        middle = found[0, window.height // 2]
        good = middle[np.isfinite(middle)]
        assert good[0] < 2 and good[-1] > 398
        assert np.diff(good).max() < 1.2 and np.isfinite(middle[5:-5]).all()


@pytest.mark.parametrize(("epsg", "east"), [(32701, -179.99), (32760, 179.99)])
def test_extents_on_the_other_side_of_a_utm_scene(write: Write, epsg: int, east: float) -> None:
    """A scene of zone 1 that begins west of -180°, one of zone 60 that ends east of 180°."""
    x, y = Transformer.from_crs("EPSG:4326", epsg, always_xy=True).transform(180.0, -16.0)
    path = write(
        backscatter(200, 400),
        crs=f"EPSG:{epsg}",
        transform=Affine(10, 0, round(x, -1) - 2000, 0, -10, round(y, -1) + 1000),
    )
    crs = "EPSG:4326"
    with open_scene((path,)) as scene:
        for extent in (
            ACROSS,
            (179.99, -16.005, 179.995, -16.001),
            (-179.995, -16.005, -179.99, -16),
        ):
            values = scene.read(extent_window(scene, extent, crs))
            assert np.isfinite(values).mean() > 0.3
        both = extent_window(scene, (179.99, -16.005, -179.99, -15.995), crs)
        assert both.width == pytest.approx(214, abs=4)


def test_all_round_the_earth(write: Write, tmp_path: Path) -> None:
    """The ends of a source of 360 degrees meet in one block."""
    values = np.full((2, 50, 450_000), -10, np.float32)
    values[1] = -17
    path = write(
        values, crs="EPSG:4326", compress="deflate",
        transform=Affine(8e-4, 0, -180, 0, -8e-4, 0.018),
    )  # fmt: skip
    for extent in ((179.99, -0.01, -179.99, 0.01), (-0.01, -0.01, 0.01, 0.01)):
        with open_scene((path,), unit="db", extent=extent) as scene:
            window = extent_window(scene, extent)
            assert window.width == pytest.approx(223, abs=3)
            # No zone holds the scene's own middle.
            latitude, longitude = scene.centre
            assert latitude == 0 and abs(longitude) == (180 if extent[0] > 0 else 0)
            np.testing.assert_allclose(scene.read(window)[0], -10, atol=1e-4)
    with open_scene((path,), unit="db") as scene, raises(RequestError, "scene-too-wide"):
        extent_window(scene, None)


def test_mercator_across_the_date_line(tmp_path: Path) -> None:
    edge = 20_037_508.342789244
    affine = Affine(12, 0, edge - 2400, 0, -12, 1_000_000)
    path = write_ramp(tmp_path / "ramp.tif", "EPSG:3857", affine, 60, 400)
    with open_scene(
        (str(path),), extent=(179.985, -80, -179.985, 80), extent_crs="EPSG:4326"
    ) as scene:
        found = located(scene.read(scene.window))[0, 30]
        assert np.isfinite(found[5:-5]).all() and np.diff(found[5:-5]).max() < 1.2


@pytest.mark.parametrize(
    ("source", "zone"), [("EPSG:25833", 32633), ("EPSG:26910", 32610), ("EPSG:28355", 32755)]
)
def test_utm_on_a_datum_that_only_has_another_name_is_not_resampled(
    write: Write, db: np.ndarray, source: str, zone: int
) -> None:
    path = write(db, crs=source, transform=Affine(10, 0, 500_003, 0, -10, 5_900_007))
    with open_scene((path,)) as scene:
        assert scene.grid.epsg == zone
        assert (scene.grid.offset_x, scene.grid.offset_y) == pytest.approx((3, 7), abs=1e-3)
        np.testing.assert_array_equal(scene.read(scene.window), db)


def test_the_shift_of_another_datum_is_honoured(write: Write, db: np.ndarray) -> None:
    """ED50 lies some 70 m east and 195 m north of WGS 84 there; three-parameter shift, no grid."""
    path = write(db, crs="EPSG:23033", transform=Affine(10, 0, 500_000, 0, -10, 5_400_000))
    with open_scene((path,)) as scene:
        left, _, _, top = scene.grid.bounds(scene.window)
        expected = Transformer.from_pipeline(
            "+proj=pipeline +step +inv +proj=utm +zone=33 +ellps=intl +step +proj=cart +ellps=intl "
            "+step +proj=helmert +x=-87 +y=-98 +z=-121 +step +inv +proj=cart +ellps=WGS84 "
            "+step +proj=utm +zone=33 +ellps=WGS84"
        ).transform(500_000, 5_400_000)
        assert (left, top) == pytest.approx(expected, abs=5.0)
        np.testing.assert_array_equal(scene.read(scene.window), db)


@pytest.mark.parametrize(
    ("crs", "affine", "native"),
    [
        ("EPSG:32633+5773", Affine(10, 0, 500_004, 0, -10, 5_400_000), True),
        (
            "+proj=utm +zone=33 +datum=WGS84 +units=us-ft",
            Affine(33, 0, 1.64e6, 0, -33, 1.77e7),
            False,
        ),
        ("EPSG:2225", Affine(32.8, 0, 6.5e6, 0, -32.8, 2.1e6), False),
        ("EPSG:4807", Affine(1e-4, 0, 0.01, 0, -1e-4, 54.0), False),
        ("EPSG:3413", Affine(10, 0, 3e5, 0, -10, -9e5), False),
    ],
    ids=["compound", "UTM in feet", "state plane in feet", "grads of Paris", "polar"],
)
def test_places_agree_with_pyproj(tmp_path: Path, crs: str, affine: Affine, native: bool) -> None:
    path = write_ramp(tmp_path / "ramp.tif", CRS.from_user_input(crs).to_wkt(), affine, 80, 90)
    with open_scene((str(path),), unit="db") as scene:
        assert scene._place.native == native
        x, y = affine @ (45.5, 40.5)
        here = Transformer.from_crs(crs, scene.grid.epsg, always_xy=True).transform(x, y)
        pixel = scene.grid.window((here[0] - 1e-3, here[1] - 1e-3, here[0] + 1e-3, here[1] + 1e-3))
        found = located(scene.read(pixel))
        assert np.abs(found[0, 0, 0] - 45.5) < 1.2 and np.abs(found[1, 0, 0] - 40.5) < 1.2


@pytest.mark.parametrize(
    ("crs", "affine", "expected"),
    [
        ("IAU_2015:30100", Affine(1e-4, 0, 15, 0, -1e-4, 48), ("crs-not-of-earth",)),
        ("EPSG:4326", Affine(1e-4, 0, 15, 0, -1e-4, 86.0), ("beyond-utm",)),
        ("EPSG:3413", Affine(10, 0, 0, 0, -10, -100_000), ("beyond-utm",)),
        ("EPSG:4326", Affine(1e-4, 0, 15, 0, -1e-4, 95.0), ("beyond-utm",)),
        ("EPSG:32633", Affine(10, 10, 5e5, 10, 10, 5.4e6), ("pixel-size-senseless",)),
        ("EPSG:32633", Affine(200, 0, 5e5, 0, -200, 5.4e6), ("pixel-size-not-supported", "200")),
        ("EPSG:32633", Affine(0.5, 0, 5e5, 0, -0.5, 5.4e6), ("pixel-size-not-supported", "0.5")),
        (
            "EPSG:32633",
            Affine(10, 0, 5e5, 0, -150, 5.4e6),
            ("pixel-size-not-supported", "10", "150"),
        ),
    ],
)
def test_refused_places(
    write: Write, db: np.ndarray, crs: str, affine: Affine, expected: tuple[str, ...]
) -> None:
    path = write(db, crs=CRS.from_user_input(crs), transform=affine)
    with raises(SceneError, *expected, "scene.tif") as caught:
        open_scene((path,))
    assert caught.value.remedy


def test_the_equator_and_the_south(write: Write) -> None:
    path = degrees(write, -60.0, 0.003)
    for extent, epsg in (
        (None, 32621),
        ((-59.99, 0.0, -59.98, 0.002), 32621),
        ((-59.99, -0.002, -59.98, 0.0), 32721),
    ):
        with open_scene((path,), extent=extent) as scene:
            if extent is not None:
                assert scene.grid.epsg == epsg
            assert np.isfinite(scene.read(extent_window(scene, extent))).mean() > 0.95
