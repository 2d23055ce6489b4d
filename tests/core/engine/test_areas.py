"""Areas of stages: each has what it needs, and no pixel more."""

from __future__ import annotations

import pytest

from gac_core.bundles.bundle import WindowSpec
from gac_core.engine.areas import (
    Fusion,
    input_window,
    radar_window,
    stage_areas,
    stage_lattice,
)
from gac_core.grid import Window
from gac_core.optical.fusion import GUIDE_REACH, REACH
from gac_core.tiling.tiles import count_tiles

SCENE = Window(-534_000, 50_000, 2600, 2700)
AREA = Window(-532_777, 51_234, 100, 90)
SPECS = [WindowSpec(96, 32, 8, decode=96), WindowSpec(96, 32, 8, decode=96, blocks=(1, 3))]
READ_BY = [(), (2,), (3,), (2, 3)]


@pytest.mark.parametrize("spec", SPECS, ids=["bridge", "zero-shot"])
@pytest.mark.parametrize("stages", [1, 2, 3])
def test_without_a_reference_a_stage_yields_what_the_next_one_reads(spec, stages):
    areas = stage_areas(AREA, SCENE, spec, stages)
    assert areas.images == areas.generated == areas.passed
    assert areas.images[stages] == AREA
    for number in range(2, stages + 1):
        read = input_window(number, areas.images[number], spec, SCENE)
        assert areas.images[number - 1] == read


@pytest.mark.parametrize("spec", SPECS, ids=["bridge", "zero-shot"])
@pytest.mark.parametrize("read_by", READ_BY)
@pytest.mark.parametrize("reach", [REACH, GUIDE_REACH])
@pytest.mark.parametrize("scene", [SCENE, AREA.grown(300)], ids=["large", "small"])
def test_each_stage_has_what_it_needs_and_no_more(spec, read_by, reach, scene):
    areas = stage_areas(AREA, scene, spec, 3, Fusion(reach, read_by))
    assert areas.images[3] == AREA
    for number in (1, 2, 3):
        fused = areas.images[number].grown(reach).intersection(scene)
        assert areas.generated[number].contains(fused)
        assert areas.images[number].contains(AREA)
        assert areas.passed[number].contains(areas.images[number])
        if number == 3:
            assert areas.generated[3] == fused
            continue
        read = input_window(number + 1, areas.generated[number + 1], spec, scene)
        assert areas.passed[number] == read
        # No further than one of the two asks for.
        assert areas.images[number] == (read if number + 1 in read_by else AREA)
        assert areas.generated[number] == (fused if number + 1 in read_by else read)


def test_networks_that_do_not_see_what_is_observed_need_fewer_tiles():
    spec = SPECS[0]

    def tiles(fusion):
        areas = stage_areas(AREA, SCENE, spec, 3, fusion)
        return [
            count_tiles(area, stage_lattice(number, spec, SCENE))
            for number, area in areas.generated.items()
        ]

    plain, blind, seeing = tiles(None), tiles(Fusion(REACH, ())), tiles(Fusion(REACH, (2, 3)))
    assert plain[2] < blind[2] == seeing[2]
    for number in (0, 1):
        assert plain[number] < blind[number] < 0.5 * seeing[number]


def test_a_run_reads_its_inputs_as_far_as_networks_and_fusion_go():
    spec = SPECS[0]
    for read_by in READ_BY:
        areas = stage_areas(AREA, SCENE, spec, 3, Fusion(REACH, read_by))
        for first in (1, 2, 3):
            window = radar_window(areas, first, spec, SCENE)
            for number in (1, 2, 3):
                assert window.contains(areas.images[number].grown(REACH).intersection(SCENE))
                if number >= first:
                    assert window.contains(
                        input_window(number, areas.generated[number], spec, SCENE)
                    )
        whole = radar_window(areas, 1, spec, SCENE)
        assert whole == input_window(1, areas.generated[1], spec, SCENE)
    plain = stage_areas(AREA, SCENE, spec, 3)
    for first in (1, 2, 3):
        window = radar_window(plain, first, spec, SCENE)
        assert window == input_window(first, plain.generated[first], spec, SCENE)
