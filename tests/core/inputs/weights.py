"""Model bundles whose weight files are missing, damaged, foreign or dangerous."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from tests.core.inputs.bench import Bench
from tests.core.inputs.case import Case, Params, fails

GENERATOR = "generator.safetensors"


class Malicious:
    """Makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch '{self.marker}'",)


def files(bench: Bench, change: Callable[[Path], object]) -> Params:
    """The good bundle with changed files, whose hashes its card knows."""
    return {"bundle": str(bench.bundle(files=change))}


def tensors(bench: Bench, file: str, change: Callable[[dict[str, Tensor]], object]) -> Params:
    """The good bundle with other tensors in a file."""

    def rewrite(folder: Path) -> None:
        state = load_file(folder / file)
        change(state)
        save_file(state, folder / file)

    return files(bench, rewrite)


def first(state: dict[str, Tensor]) -> str:
    """A tensor's name, always the same."""
    return min(name for name, tensor in state.items() if tensor.ndim == 2)


def pickled(bench: Bench, *, zipped: bool) -> Params:
    """The tokenizer is a pickle that would make a file, plain or as `torch.save` packs it."""
    path = bench.root / "bundles" / "mine" / "tokenizer.pt"
    state = {"model": {"weight": Malicious(bench.root / "harm")}}

    def point(card: dict[str, Any]) -> None:
        if zipped:
            torch.save(state, path)
        else:
            path.write_bytes(pickle.dumps(state))
        card["terramind"]["weights"]["tokenizer"] = {"file": path.name}

    return {"bundle": str(bench.bundle(point))}


def unharmed(bench: Bench) -> None:
    assert not (bench.root / "harm").exists(), "the pickle was run"


def elsewhere(bench: Bench, path: str) -> Params:
    """The card names a weight file outside the bundle, and there is one."""
    outside = bench.root / "private.safetensors"
    shutil.copy(bench.library / "tiny" / GENERATOR, outside)
    file = str(outside) if path == "absolute" else f"{path}{outside.name}"
    entry = {"file": file}
    return {
        "bundle": str(bench.bundle(lambda c: c["terramind"]["weights"].update(generator=entry)))
    }


def unreadable(bench: Bench) -> Params:
    folder = bench.bundle()
    bench.forbid(folder / GENERATOR, 0)
    return {"bundle": str(folder)}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def spoil(path: Path) -> None:
    """Changes one byte in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def damaged(bench: Bench) -> Params:
    """A weight file that is not the one of the card."""
    folder = bench.bundle()
    spoil(folder / GENERATOR)
    return {"bundle": str(folder)}


def lacking(bench: Bench, name: str) -> Params:
    folder = bench.bundle()
    path = folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    return {"bundle": str(folder)}


CASES = (
    Case(
        "weights-missing",
        "A weight file is missing",
        lambda b: lacking(b, GENERATOR),
        fails("bundle", "mine", GENERATOR, "is missing", remedy="Install"),
    ),
    Case(
        "weights-hash",
        "A weight file of which one bit has changed",
        damaged,
        fails("bundle", GENERATOR, "SHA-256", remedy="again"),
    ),
    Case(
        "weights-cut",
        "A weight file that ends early",
        lambda b: files(b, lambda f: cut(f / GENERATOR)),
        fails("bundle", GENERATOR, "cannot be read", remedy="again"),
    ),
    Case(
        "weights-empty",
        "An empty weight file",
        lambda b: files(b, lambda f: (f / GENERATOR).write_bytes(b"")),
        fails("bundle", GENERATOR, "cannot be read", remedy="again"),
    ),
    Case(
        "weights-unreadable",
        "A weight file that you may not read",
        unreadable,
        fails("bundle", GENERATOR, remedy="permission"),
    ),
    Case(
        "weights-shape",
        "A tensor of another shape",
        lambda b: tensors(b, GENERATOR, lambda s: s.update({first(s): torch.ones(3, 5)})),
        fails("bundle", GENERATOR, "another shape", remedy="another model"),
    ),
    Case(
        "weights-lacking",
        "A tensor is missing",
        lambda b: tensors(b, GENERATOR, lambda s: s.pop(first(s))),
        fails("bundle", GENERATOR, "1 tensor missing", remedy="another model"),
    ),
    Case(
        "weights-extra",
        "A tensor too many",
        lambda b: tensors(b, GENERATOR, lambda s: s.update(extra=torch.ones(3))),
        fails("bundle", GENERATOR, "not known to the model", "extra", remedy="another model"),
    ),
    Case(
        "weights-nan",
        "A tensor with NaN",
        lambda b: tensors(b, GENERATOR, lambda s: s[first(s)].fill_(float("nan"))),
        fails("bundle", GENERATOR, "NaN or infinite", remedy="damaged"),
    ),
    Case(
        "weights-pickle",
        "A PyTorch checkpoint with code in it; the code is not run",
        lambda b: pickled(b, zipped=True),
        fails("bundle", "tokenizer.pt", "cannot be read"),
        check=unharmed,
    ),
    Case(
        "weights-old-pickle",
        "A plain pickle with code in it; the code is not run",
        lambda b: pickled(b, zipped=False),
        fails("bundle", "tokenizer.pt", "cannot be read"),
        check=unharmed,
    ),
    Case(
        "weights-outside",
        "A card that names a weight file outside the bundle (../../)",
        lambda b: elsewhere(b, "../../"),
        fails("bundle", "private.safetensors", "outside"),
    ),
    Case(
        "weights-absolute",
        "A card that names a weight file by its full path",
        lambda b: elsewhere(b, "absolute"),
        fails("bundle", "private.safetensors", "outside"),
    ),
)
