"""Settings of the trained networks; part of `training.sections`."""

from __future__ import annotations

from dataclasses import dataclass, field

from gac_core.contract.errors import RequestError
from training.ranges import COUNT, require_ranges, require_scales


@dataclass
class PrithviSection:
    """Prithvi of stage 2: its shape, and its published weights.

    Attributes:
        embed_dim: Width.
        depth: Number of blocks.
        num_heads: Number of attention heads.
        patch_size: Size of a patch in pixels.
        image_size: Image size of its positions in pixels.
        file: Published name of the weights.
        repo: Repository of the weights.
    """

    embed_dim: int = 1280
    depth: int = 32
    num_heads: int = 16
    patch_size: int = 14
    image_size: int = 224
    file: str = "Prithvi_EO_V2_600M.pt"
    repo: str = "ibm-nasa-geospatial/Prithvi-EO-2.0-600M"

    def __post_init__(self) -> None:
        sizes = ("embed_dim", "depth", "num_heads", "patch_size", "image_size")
        require_ranges("models.prithvi", self, dict.fromkeys(sizes, COUNT))


@dataclass
class HeadSection:
    """Settings of stage 2's head; see `gac_core.networks.refiner.HeadShape`."""

    layers: list[int] = field(default_factory=lambda: [7, 15, 23, 31])
    reduced: int = 32
    widths: list[int] = field(default_factory=lambda: [48, 96, 160])
    depths: list[int] = field(default_factory=lambda: [2, 2, 4])
    context: int = 32

    def __post_init__(self) -> None:
        require_ranges("models.head", self, dict.fromkeys(("reduced", "context"), COUNT))
        require_scales("models.head", self.widths, self.depths)
        if not self.layers or min(self.layers) < 0:
            raise RequestError(
                f"The setting models.head.layers is {list(self.layers)}.",
                "Give the numbers of one or more blocks, counted from 0.",
            )


@dataclass
class ModelsSection:
    """Settings of the networks and their adaptation.

    Attributes:
        bundle: Name or folder of the bundle with TerraMind and the untrained parts.
        prithvi: Stage 2's backbone, if the bundle has no refiner.
        head: Stage 2's head, likewise.
        lora_rank: Rank of adapters.
        lora_alpha: Scale of adapters, in ranks.
        load_in_8bit: Hold stage 2's frozen blocks in 8 bits.
        recompute: Checkpoint activations: recompute them in the backward pass.
    """

    bundle: str = "terramind-base"
    prithvi: PrithviSection = field(default_factory=PrithviSection)
    head: HeadSection = field(default_factory=HeadSection)
    lora_rank: int = 8
    lora_alpha: int = 16
    load_in_8bit: bool = False
    recompute: bool = True

    def __post_init__(self) -> None:
        require_ranges("models", self, {"lora_rank": COUNT, "lora_alpha": COUNT})
