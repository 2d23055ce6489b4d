"""Radar files whose bands are not VV and VH, or do not say so."""

from __future__ import annotations

import numpy as np

from tests.core.inputs.bench import Bench, decibels
from tests.core.inputs.case import Case, Params, fails, runs


def single(bench: Bench, name: str, band: str) -> Params:
    return {"sar": [bench.scene(decibels()[:1], name, bands=(band,) if band else ())]}


def three(bench: Bench, *bands: str) -> Params:
    values = np.concatenate([decibels(), np.full_like(decibels()[:1], 38.5)])
    return {"sar": [bench.scene(values, bands=bands)]}


def two(bench: Bench, *bands: str, name: str = "S1.tif") -> Params:
    return {"sar": [bench.scene(name=name, bands=bands)]}


def alike(bench: Bench, name: str = "S1.tif") -> Params:
    """Two bands of one strength, as two dates of one polarisation are."""
    values = decibels().copy()
    values[1] += 6.5
    return {"sar": [bench.scene(values, name, bands=())]}


def amplitude_and_power(bench: Bench) -> Params:
    vv, vh = decibels()
    return {"sar": [bench.scene(np.stack([10 ** (vv / 20), 10 ** (vh / 10)]))]}


CASES = (
    Case(
        "vv-only",
        "A file with VV only",
        lambda b: single(b, "S1.tif", "VV"),
        fails("scene", "only VV", "VH is missing", remedy="give both files"),
    ),
    Case(
        "vh-only",
        "A file with VH only",
        lambda b: single(b, "S1.tif", "VH"),
        fails("scene", "only VH", "VV is missing", remedy="give both files"),
    ),
    Case(
        "one-band",
        "A file with one band that has no name",
        lambda b: single(b, "S1.tif", ""),
        fails("scene", "a single band", remedy="VV and VH"),
    ),
    Case(
        "hh-hv",
        "HH and HV",
        lambda b: two(b, "HH", "HV"),
        fails("scene", "HH and HV", "only know VV and VH", remedy="choose the VV band"),
    ),
    Case(
        "hh-hv-by-product-name",
        "HH and HV, which only the product's name (1SDH) tells",
        lambda b: two(b, name="S1A_EW_GRDM_1SDH_20180128T161201.tif"),
        fails("scene", "HH and HV", remedy="choose the VV band"),
    ),
    Case(
        "hh-hv-by-hand",
        "HH and HV, with the bands chosen by hand",
        lambda b: {**two(b, "HH", "HV"), "vv_band": 1, "vh_band": 2},
        runs("HH and HV"),
    ),
    Case(
        "vv-hh",
        "VV and HH",
        lambda b: two(b, "VV", "HH"),
        fails("scene", "VV and HH", remedy="VV and VH together"),
    ),
    Case(
        "swapped",
        "Two bands without names, VH first",
        lambda b: {"sar": [b.scene(decibels()[::-1], bands=())]},
        runs("the stronger one, is taken as VV"),
    ),
    Case(
        "two-unnamed",
        "Two bands without names",
        lambda b: two(b),
        runs("does not name its bands"),
    ),
    Case(
        "three-unnamed",
        "Three bands without names",
        lambda b: three(b),
        fails("scene", "3 bands", remedy="Choose the VV band"),
    ),
    Case(
        "three-named",
        "Three bands: VV, VH and the incidence angle",
        lambda b: three(b, "VV", "VH", "angle"),
        runs(),
    ),
    Case(
        "twice-vv",
        "Two bands that are both named VV",
        lambda b: two(b, "VV", "VV"),
        fails("scene", "2 bands named VV", remedy="Choose the VV band"),
    ),
    Case(
        "no-such-band",
        "Band 5 of two chosen for VV",
        lambda b: {"vv_band": 5},
        fails("scene", "Band 5", "has 2", remedy="from 1 to 2"),
    ),
    Case(
        "same-band",
        "The same band chosen for VV and VH",
        lambda b: {"vv_band": 1, "vh_band": 1},
        fails("scene", "both VV and VH", remedy="two different bands"),
    ),
    Case(
        "against-the-names",
        "Bands chosen by hand against their names",
        lambda b: {"vv_band": 2, "vh_band": 1},
        runs("is named VH", "look swapped"),
    ),
    Case(
        "vh-angle",
        "VH and the incidence angle (Earth Engine's select(['VH', 'angle']))",
        lambda b: two(b, "VH", "angle"),
        fails("scene", "only VH", "angle", "VV is missing", remedy="give both files"),
    ),
    Case(
        "vv-lia-by-hand",
        "VV and the local incidence angle, with VV chosen by hand",
        lambda b: {**two(b, "VV", "localIncidenceAngle"), "vv_band": 1},
        fails("scene", "only VV", "VH is missing", remedy="give both files"),
    ),
    Case(
        "vv-ratio",
        "VV and the ratio VV/VH",
        lambda b: two(b, "VV", "VV/VH"),
        fails("scene", "only VV", "VH is missing", remedy="give both files"),
    ),
    Case(
        "coherence",
        "Coherence of VV and of VH",
        lambda b: two(b, "coh_VV", "coh_VH"),
        fails("scene", "none of them VV or VH", remedy="choose them yourself"),
    ),
    Case(
        "two-dates-of-vv",
        "Two bands without names in a file whose product type (1SSV) has VV alone",
        lambda b: two(b, name="S1A_IW_GRDH_1SSV_20200607T010203_stack.tif"),
        fails("scene", "only VV", "VH is missing", remedy="choose the VV band"),
    ),
    Case(
        "named-vh-only",
        "Two bands without names in a file whose name says VH",
        lambda b: two(b, name="stack_VH.tif"),
        fails("scene", "only VH", "VV is missing", remedy="choose the VV band"),
    ),
    Case(
        "alike",
        "Two bands without names, half a decibel apart",
        alike,
        fails("scene", "too close together", remedy="Choose the VV band"),
    ),
    Case(
        "alike-by-hand",
        "Two bands without names, half a decibel apart, chosen by hand",
        lambda b: {**alike(b), "vv_band": 1, "vh_band": 2},
        runs(),
    ),
    Case(
        "hh-hv-by-file-name",
        "Two bands without names in a file that is named after HH and HV",
        lambda b: two(b, name="S1_HH_HV.tif"),
        fails("scene", "HH and HV", remedy="choose the VV band"),
    ),
    Case(
        "two-passes",
        "VV of an ascending pass, VH of a descending one",
        lambda b: two(b, "VV_asc", "VH_desc"),
        fails("scene", "ascending pass", "descending", remedy="choose both bands yourself"),
    ),
    Case(
        "two-passes-by-hand",
        "VV of an ascending pass, VH of a descending one, chosen by hand",
        lambda b: {**two(b, "VV_asc", "VH_desc"), "vv_band": 1, "vh_band": 2},
        runs("of two scenes"),
    ),
    Case(
        "amplitude-and-power",
        "VV in amplitude and VH in power",
        amplitude_and_power,
        runs("speckle of VH"),
    ),
)
