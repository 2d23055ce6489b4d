"""BigEarthNet v2 (reBEN, https://bigearth.net) in its official layout.

    metadata.parquet
    BigEarthNet-S2/S2A_MSIL2A_20170613T101031_N9999_R022_T34VER/
        S2A_MSIL2A_20170613T101031_N9999_R022_T34VER_72_74/…_B02.tif, one file a band
    BigEarthNet-S1/S1A_IW_GRDH_1SDV_20170613T165043/
        S1A_IW_GRDH_1SDV_20170613T165043_33UUP_61_39/…_VV.tif, …_VH.tif

A patch is 1200 m wide: 120 pixels of 10 m, 60 of 20 m, 20 of 60 m. The column `s1_name` names its
radar image, which cannot be derived from the patch's name.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.message import Message
from gac_core.places import biome_for, local_month
from training.data.checks import check_optical, check_radar
from training.data.files import (
    Raster,
    date_in,
    mask_optical_fill,
    mask_radar_fill,
    month_of,
    plausible_radar,
    read_bands,
    read_footprint,
    tile_in,
)
from training.data.pair import (
    Array,
    DataError,
    Footprint,
    Pair,
    Radar,
    empty_optical,
    select_indices,
)

METADATA = "metadata.parquet"
S1_FOLDER, S2_FOLDER = "BigEarthNet-S1", "BigEarthNet-S2"

SIDE = 120
"""Side of a patch in pixels of 10 m."""

MODALITY = "S1GRD"
"""The radar is calibrated to sigma nought and terrain-corrected, not terrain-flattened."""

_DOUBTS = ("contains_seasonal_snow", "contains_cloud_or_shadow")

_GET = Message(
    "Fetch BigEarthNet v2's metadata.parquet, BigEarthNet-S1 and BigEarthNet-S2 from bigearth.net."
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patch:
    """Row of the metadata.

    Attributes:
        name: Name of the Sentinel-2 patch.
        radar: Name of the Sentinel-1 patch.
        country: Country of the patch.
    """

    name: str
    radar: str
    country: str

    @property
    def optical_folder(self) -> Path:
        """Path relative to the root: product and tile, then the patch."""
        return Path(S2_FOLDER, self.name.rsplit("_", 2)[0], self.name)

    @property
    def radar_folder(self) -> Path:
        """Path relative to the root: product, then the patch."""
        return Path(S1_FOLDER, self.radar.rsplit("_", 3)[0], self.radar)


class BigEarthNet:
    """Patches of BigEarthNet v2.

    Args:
        root: Folder of `metadata.parquet`.
        patches: Patches to use.
        biomes: Biomes by tile; other tiles get the biome of each patch's place.
    """

    def __init__(
        self, root: Path, patches: list[Patch], biomes: Mapping[str, int] | None = None
    ) -> None:
        self._root = root
        self._patches = patches
        self._biomes = dict(biomes or {})
        self.names = [patch.name for patch in patches]
        self.tiles = [tile_in(patch.name) for patch in patches]
        self.modalities = [MODALITY] * len(patches)

    def __len__(self) -> int:
        return len(self._patches)

    def read(self, i: int) -> Pair:
        """Read and check a patch; bands of 20 and 60 m are resampled bilinearly."""
        patch = self._patches[i]
        folder = self._root / patch.optical_folder
        s2, first = read_bands([folder / f"{patch.name}_{band}.tif" for band in S2_BANDS], SIDE)
        s2 = mask_optical_fill(s2, (True,) * len(S2_BANDS))
        check_optical(s2, first.dtype, str(folder))
        s1, _ = self._radar_of(patch)
        return self._described(i, s1, s2, (True,) * len(S2_BANDS), first.place)

    def radar(self, i: int) -> Radar:
        """Read and check a patch's radar; the optical image may be missing or bad."""
        s1, first = self._radar_of(self._patches[i])
        pair = self._described(i, s1, *empty_optical(s1), first.place)
        return Radar(pair, first.crs, first.transform, tuple(self._radar_files(self._patches[i])))

    def _radar_of(self, patch: Patch) -> tuple[Array, Raster]:
        s1, first = read_bands(self._radar_files(patch), SIDE)
        s1 = mask_radar_fill(s1)
        check_radar(s1, str(self._root / patch.radar_folder))
        return plausible_radar(s1), first

    def _radar_files(self, patch: Patch) -> list[Path]:
        folder = self._root / patch.radar_folder
        return [folder / f"{patch.radar}_{name}.tif" for name in ("VV", "VH")]

    def _described(
        self,
        i: int,
        s1: Array,
        s2: Array,
        bands: tuple[bool, ...],
        place: tuple[float, float] | None,
    ) -> Pair:
        patch = self._patches[i]
        lat, lon = place or (None, None)
        date = date_in(patch.name)
        return Pair(
            name=patch.name,
            tile=self.tiles[i],
            s1=s1,
            s2=s2,
            bands=bands,
            month=local_month(month_of(date), lat),
            biome=biome_for(self._biomes.get(self.tiles[i]), lat, lon),
            lat=lat,
            lon=lon,
            modality=MODALITY,
            source=f"BigEarthNet v2, {patch.country}",
            date=date,
        )

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a patch, from the header of one of its bands."""
        patch = self._patches[i]
        return read_footprint(self._root / patch.optical_folder / f"{patch.name}_B02.tif")


def find_patches(
    root: Path,
    limit: int | None = None,
    tiles: Collection[str] | None = None,
    *,
    without_doubts: bool = False,
    radar_alone: bool = False,
) -> list[Patch]:
    """Return the patches that the metadata lists and whose folders exist, in its order.

    Args:
        root: Folder of `metadata.parquet`.
        limit: Maximum number of patches.
        tiles: Only these Sentinel-2 tiles.
        without_doubts: Exclude patches flagged as having seasonal snow, clouds or cloud shadow.
        radar_alone: Require only the radar's folder.

    Raises:
        DataError: If the metadata cannot be read, or none of its patches exists.
    """
    rows = _rows(root / METADATA)
    patches = []
    for row in rows:
        if without_doubts and any(row.get(name) for name in _DOUBTS):
            continue
        patches.append(Patch(row["patch_id"], row["s1_name"], row.get("country") or ""))
    radar = _present(root / S1_FOLDER)
    optical = {p.name for p in patches} if radar_alone else _present(root / S2_FOLDER)
    available = [p for p in patches if p.name in optical and p.radar in radar]
    if patches and not available:
        example = patches[0]
        missing = example.radar_folder if example.name in optical else example.optical_folder
        raise DataError(
            Message(
                "None of the {} patches of {} has both its folders; missing is {}, for one.",
                len(patches),
                root / METADATA,
                root / missing,
            ),
            _GET,
            problem="patches-without-folders",
        )
    log.info("%d of %d patches are here.", len(available), len(patches))
    available_tiles = [tile_in(patch.name) for patch in available]
    return [
        available[i]
        for i in select_indices([p.name for p in available], available_tiles, limit, tiles)
    ]


def _present(parent: Path) -> set[str]:
    """Return the names of the patches two levels below a folder."""
    if not parent.is_dir():
        raise DataError(
            Message("{} is missing.", parent), _GET, problem="bigearthnet-folder-missing"
        )
    return {
        patch.name
        for product in parent.iterdir()
        if product.is_dir()
        for patch in product.iterdir()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        columns = pq.read_schema(path).names
        fields = ("patch_id", "s1_name", "country", *_DOUBTS)
        table = pq.read_table(path, columns=[name for name in fields if name in columns])
    except (OSError, pa.ArrowException) as error:
        raise DataError(
            Message("{} cannot be read: {}.", path, error), _GET, problem="metadata-unreadable"
        ) from error
    if not {"patch_id", "s1_name"} <= set(table.column_names):
        raise DataError(
            Message("{} is not BigEarthNet v2's: it has no columns patch_id and s1_name.", path),
            Message("It has: {}. {}", ", ".join(columns), _GET),
            problem="metadata-columns-missing",
        )
    rows = [row for row in table.to_pylist() if row["patch_id"] and row["s1_name"]]
    if table.num_rows and not rows:
        raise DataError(
            Message("{} names no Sentinel-1 patch for any Sentinel-2 patch.", path),
            _GET,
            problem="metadata-without-pairs",
        )
    return rows
