"""How an area is cut for a bundle's models: into tiles for transformers, blocks for the decoder."""

from __future__ import annotations

from dataclasses import dataclass

from gac_core.contract.errors import BundleError
from gac_core.grid import TOKEN

BLOCK = 32
"""What sides of blocks are multiples of: the published decoder looks at up to 32 px as one."""

AGAIN = "Install or fetch the bundle again."


@dataclass(frozen=True)
class WindowSpec:
    """How an area is cut for the models, in pixels.

    Attributes:
        size: Side of a tile, what the transformers see; a multiple of 32.
        overlap: What neighbouring tiles share where tokens are chosen; a multiple of 16.
        margin: Outer pixels of a tile of an image that are computed but not used.
        decode: Side of a block, what TerraMind's tokens are decoded in; a multiple of 32, at least
            `size`. 0: twice that.
        blend: What neighbouring tiles of an image share; a multiple of 16. 0: 32, or more for a
            wide margin, or `overlap` if that is less: corrections are local.
        seam: What neighbouring blocks share; a multiple of 32, at most half of `decode`. 0: 64.
        blocks: Stages that are cut into blocks, as they decode tokens; the others, into tiles. A
            bundle's card says it by what its stage 3 is.
    """

    size: int = 224
    overlap: int = 64
    margin: int = 8
    decode: int = 0
    seam: int = 0
    blend: int = 0
    blocks: tuple[int, ...] = (1, 3)

    def __post_init__(self) -> None:
        if self.size % 32 or self.overlap % TOKEN or not 0 < self.overlap <= self.size // 2:
            raise BundleError(
                f"The bundle's window (size {self.size}, overlap {self.overlap}) does not fit.",
                "Size must be a multiple of 32, overlap one of 16 and at most half the size.",
            )
        # A frozen value that is given its defaults: they depend on the others. JSON has no tuples.
        object.__setattr__(self, "blocks", tuple(self.blocks))
        enough = max(2, 2 * self.margin // TOKEN + 1) * TOKEN
        object.__setattr__(self, "blend", self.blend or min(self.overlap, enough))
        if self.blend % TOKEN or not 0 < self.blend <= self.size // 2:
            raise BundleError(
                f"The bundle's tiles cannot share {self.blend} px.",
                "It must be a multiple of 16 and at most half the size.",
            )
        if not 0 <= 2 * self.margin < self.blend:
            raise BundleError(
                f"The bundle's margin {self.margin} must be under half of what tiles share.", AGAIN
            )
        object.__setattr__(self, "decode", self.decode or 2 * self.size)
        object.__setattr__(self, "seam", self.seam or min(2, self.decode // 2 // BLOCK) * BLOCK)
        if self.decode % BLOCK or self.seam % BLOCK or self.decode < self.size:
            raise BundleError(
                f"The bundle's blocks (side {self.decode}, seam {self.seam}) do not fit.",
                f"Both must be multiples of {BLOCK}, and the side at least the tile's.",
            )
        if not 0 < self.seam <= self.decode // 2:
            raise BundleError(
                f"The bundle's seam {self.seam} must be at most half the block's side, "
                f"{self.decode}.",
                AGAIN,
            )

    @property
    def stride(self) -> int:
        """Distance between origins of tiles whose tokens are chosen."""
        return self.size - self.overlap

    @property
    def rim(self) -> int:
        """Outer pixels of a block that are computed but not used.

        Decodes of the same tokens and noise differ most within 16 px of an edge, where the
        decoder's convolutions see padding: there the demo's by five times what they do inside.
        """
        return self.seam // 4
