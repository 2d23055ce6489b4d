"""Bundles for benchmarks: shipped ones, and full-size ones with random weights, written once.

Time and memory do not depend on the weights.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gac_core.bundles.library import engine_root

SIZES = ("base", "large")
_DONE = "whole"


def bundle_folder(name: str, weights: Path) -> Path:
    """Return the folder of a bundle; a full-size one is written to `weights` if missing.

    Args:
        name: Name of a shipped bundle, or one of `SIZES`: TerraMind of that size with an adapter,
            Prithvi-600M in 8 bits with an adapter and a head, the bridge. 6 to 10 GB on disk.
        weights: Folder of published weights, and of the bundles that use them.
    """
    if name not in SIZES:
        return engine_root() / "resources" / "bundles" / name
    folder = weights / name
    if not (folder / _DONE).is_file():
        print(f"writing random weights of size {name} to {weights}", file=sys.stderr, flush=True)
        _write(name, folder)
        (folder / _DONE).touch()
    return folder


def _write(name: str, folder: Path) -> None:
    import torch

    from tests.core.full_size import (
        PRITHVI_FILE,
        card_of,
        save_prithvi,
        save_published,
        save_trained,
    )

    torch.manual_seed(0)
    folder.mkdir(parents=True, exist_ok=True)
    card = card_of(f"terramind-{name}")
    if not (folder.parent / PRITHVI_FILE).is_file():
        save_prithvi(folder.parent)
    # Both sizes publish the same tokenizer under one name.
    save_published(card, folder.parent)
    save_trained(card, folder)


def main() -> None:
    """Write one bundle, as a separate process: `python -m tests.bench.weights NAME FOLDER`."""
    name, folder = sys.argv[1:]
    bundle_folder(name, Path(folder))


if __name__ == "__main__":
    main()
