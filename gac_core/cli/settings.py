"""Settings of a run that several commands take."""

from __future__ import annotations

import argparse

from gac_core.bands import BIOMES
from gac_core.request import DEVICES, MODALITIES, UNITS


def add_reading(command: argparse.ArgumentParser) -> None:
    """How the radar files are to be read."""
    command.add_argument("--vv-band", type=int, metavar="N", help="band of VV, from 1")
    command.add_argument("--vh-band", type=int, metavar="N", help="band of VH, from 1")
    command.add_argument("--unit", choices=UNITS, help="unit of the radar values")
    command.add_argument(
        "--modality",
        choices=MODALITIES,
        help="S1RTC: terrain-flattened gamma0; S1GRD: sigma0, or gamma0 on the ellipsoid",
    )
    command.add_argument(
        "--nodata", type=float, metavar="VALUE", help="value that is no measurement"
    )


def add_place(command: argparse.ArgumentParser) -> None:
    """Which part of the radar is meant."""
    command.add_argument("--extent", nargs=4, type=float, metavar=("XMIN", "YMIN", "XMAX", "YMAX"))
    command.add_argument("--extent-crs", metavar="EPSG:n", help="CRS of the extent")


def add_settings(command: argparse.ArgumentParser) -> None:
    """What is to be computed, where and how."""
    command.add_argument("--bundle", help="model bundle: a name or a folder (demo)")
    add_place(command)
    command.add_argument("--stages", type=int, choices=(1, 2, 3))
    command.add_argument(
        "--timesteps-1",
        type=int,
        metavar="N",
        help="diffusion steps of stage 1; left out: as many as the bundle needs",
    )
    command.add_argument(
        "--timesteps-3", type=int, metavar="N", help="steps of stage 3; left out: likewise"
    )
    command.add_argument("--seed", type=int)
    command.add_argument(
        "--month", type=int, metavar="M", help="1 to 12, 0: unknown; left out: the scene's own"
    )
    command.add_argument(
        "--biome",
        type=int,
        metavar="B",
        help="; ".join(f"{number} {name}" for number, name in enumerate(BIOMES))
        + "; left out: that of the place",
    )
    command.add_argument("--device", choices=DEVICES)
    command.add_argument("--batch-size", type=int, metavar="N", help="tiles computed together")
    add_reading(command)
