"""Weight files in the published formats, and writer of docs/checkpoints.md.

`python -m tests.core.networks.published` loads every one and notes what the user is told.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library, engine_root
from gac_core.contract.errors import BundleError
from gac_core.networks.loading import Models
from gac_core.networks.prithvi import build_prithvi
from gac_core.networks.terramind import OUTPUT, build_terramind
from tests.core.tiny import PRITHVI, SHAPE, tiny_card, write_tiny_bundle

PAGE = engine_root() / "docs" / "checkpoints.md"
FILES = {"generator": "Generator_v1.pt", "tokenizer": "Tokenizer.pt", "prithvi": "Prithvi.pt"}
LOADED, NOTED, REFUSED = "loaded", "loaded, with a note", "refused"
State = dict[str, Tensor]

INTRO = """# Weight files and what GAC does with them

Each row is a file in the published formats, small and with random weights; the test
`tests/core/networks/test_published.py` loads it and compares every tensor of the network.
`python -m tests.core.networks.published` loads them all and writes this page. Nobody here has had
the published files themselves; what public sources say of them stands in their cards
(`resources/bundles`).

| what the file holds | result | what the user is told |
| --- | --- | --- |
"""


class Case(NamedTuple):
    """A weight file.

    Attributes:
        about: What it holds.
        network: `generator`, `tokenizer` or `prithvi`.
        result: What is expected.
        write: Writes the file from the network's published tensors.
        weight: Entries of the card for the file.
    """

    about: str
    network: str
    result: str
    write: Callable[[State, Path], None]
    weight: dict[str, Any] = {}  # noqa: RUF012 (never changed)


def save(change: Callable[[State], Any] = dict) -> Callable[[State, Path], None]:
    """Return a writer that saves the tensors after a change."""
    return lambda state, path: torch.save(change(dict(state)), path)


def prefixed(prefix: str) -> Callable[[State], State]:
    """Return a change that puts a prefix before all names."""
    return lambda state: {prefix + name: value for name, value in state.items()}


def without(count: int) -> Callable[[State], State]:
    """Return a change that drops tensors of the first block."""

    def change(state: State) -> State:
        names = [name for name in state if name.startswith("encoder.0.")][:count]
        return {name: value for name, value in state.items() if name not in names}

    return change


def _with_unknown(state: State) -> State:
    tables = {f"position_table_{i}": torch.zeros(1, 36, 64) for i in range(3)}
    return {**state, **tables}


def _cut(state: State, path: Path) -> None:
    torch.save(state, path)
    path.write_bytes(path.read_bytes()[:-200])


def _nan(state: State) -> State:
    name = next(name for name in state if name.startswith("encoder.0."))
    return {**state, name: torch.full_like(state[name], float("nan"))}


def _other_shape(state: State) -> State:
    name = next(name for name in state if name.startswith("encoder.0."))
    return {**state, name: torch.zeros(3, 5)}


def _once(state: State) -> State:
    """Drop every second name of tensors that share their values."""
    pointers: set[int] = set()
    unique = {}
    for name, value in state.items():
        if value.data_ptr() not in pointers:
            unique[name] = value
        pointers.add(value.data_ptr())
    assert len(unique) < len(state)
    return unique


def _legacy(state: State, path: Path) -> None:
    torch.save(state, path, _use_new_zipfile_serialization=False)


def _as_safetensors(state: State, path: Path) -> None:
    save_file({name: value.clone() for name, value in state.items()}, path)


def _trainer(section: str, prefix: str = "") -> Callable[[State], Any]:
    return lambda state: {
        section: prefixed(prefix)(state),
        "optimizer": {"param_groups": [{"lr": 0.1}]},
        "epoch": 3,
    }


def _temporal(state: State) -> State:
    more = ("temporal_embed_enc.scale", "location_embed_enc.scale", "temporal_embed_dec.scale")
    return {**state, **{f"encoder.{name}": torch.zeros(1) for name in more}}


WRONG = "0" * 64
CASES = (
    Case("TerraMind as published: flat names, other modalities too", "generator", LOADED, save()),
    Case("all under `model`", "generator", LOADED, save(_trainer("model"))),
    Case("all under `state_dict`, beside an optimiser", "generator", LOADED,
         save(_trainer("state_dict"))),
    Case("all under `model_state`", "generator", LOADED, save(_trainer("model_state"))),
    Case("names begin with `module.` (DistributedDataParallel)", "generator", LOADED,
         save(prefixed("module."))),
    Case("names begin with `_orig_mod.` (torch.compile)", "generator", LOADED,
         save(prefixed("_orig_mod."))),
    Case("both prefixes", "generator", LOADED, save(prefixed("module._orig_mod."))),
    Case("a Lightning checkpoint: `state_dict`, names begin with `model.`", "generator", LOADED,
         save(_trainer("state_dict", "model."))),
    Case("three tensors that nobody knows", "generator", NOTED, save(_with_unknown)),
    Case("one tensor is missing", "generator", REFUSED, save(without(1))),
    Case("all tensors of a block are missing", "generator", REFUSED, save(without(99))),
    Case("a tensor of another shape", "generator", REFUSED, save(_other_shape)),
    Case("a tensor of NaN", "generator", REFUSED, save(_nan)),
    Case("shared tensors once only", "generator", LOADED, save(_once)),
    Case("16-bit numbers", "generator", LOADED,
         save(lambda state: {n: v.to(torch.bfloat16) for n, v in state.items()})),
    Case("64-bit numbers", "generator", LOADED,
         save(lambda state: {n: v.double() for n, v in state.items()})),
    Case("PyTorch's old format, before 1.6", "generator", LOADED, _legacy),
    Case("safetensors under a name that ends with .pt", "generator", LOADED, _as_safetensors),
    Case("cut short", "generator", REFUSED, _cut),
    Case("no tensor", "generator", REFUSED, save(lambda state: {})),
    Case("a list of tensors", "generator", REFUSED, save(lambda state: list(state.values()))),
    Case("Python objects", "generator", REFUSED, save(lambda state: {"net": nn.Linear(2, 2)})),
    Case("another hash than public sources report", "generator", NOTED, save(),
         {"reported_sha256": WRONG}),
    Case("another hash than the card's", "generator", REFUSED, save(), {"sha256": WRONG}),
    Case("the tokenizer as published, with its encoder", "tokenizer", LOADED, save()),
    Case("the tokenizer without its encoder", "tokenizer", LOADED,
         save(lambda s: {n: v for n, v in s.items() if n.startswith(("decoder", "quantize"))})),
    Case("Prithvi as published: masked autoencoder, four dates", "prithvi", LOADED, save()),
    Case("Prithvi's encoder alone, without prefix", "prithvi", LOADED,
         save(lambda s: {n.removeprefix("encoder."): v for n, v in s.items()
                         if n.startswith("encoder.")})),
    Case("Prithvi TL: with encodings of time and place", "prithvi", LOADED, save(_temporal)),
    Case("Prithvi without a table of positions", "prithvi", LOADED,
         save(lambda s: {n: v for n, v in s.items() if "pos_embed" not in n})),
    Case("Prithvi with a tensor that nobody knows", "prithvi", NOTED,
         save(lambda s: {**s, "encoder.more": torch.zeros(2)})),
    Case("Prithvi without its last block", "prithvi", REFUSED,
         save(lambda s: {n: v for n, v in s.items() if ".blocks.1." not in n})),
)  # fmt: skip


class Lab:
    """A tiny bundle whose networks are published, each in a file of its own.

    Args:
        folder: Where to write it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = write_tiny_bundle(folder / "tiny")
        torch.manual_seed(1)
        terramind = build_terramind(SHAPE, with_encoder=True)
        prithvi = build_prithvi(PRITHVI).state_dict()
        autoencoder = {f"encoder.{name}": value for name, value in prithvi.items()}
        autoencoder["encoder.pos_embed"] = torch.zeros(1, 4 * 36 + 1, PRITHVI.embed_dim)
        autoencoder |= {"decoder.mask_token": torch.zeros(1, 1, 8), "decoder_pred": torch.zeros(4)}
        others = {
            "encoder_embeddings.untok_dem@224.mod_emb": torch.zeros(1, 1, SHAPE.dim),
            "decoder_embeddings.tok_lulc@224.mod_emb": torch.zeros(1, 1, SHAPE.dim),
        }
        self.published: dict[str, State] = {
            "generator": {**terramind.sampler.model.state_dict(), **others},
            "tokenizer": terramind.tokenizer[OUTPUT].state_dict(),
            "prithvi": autoencoder,
        }
        for network, state in self.published.items():
            torch.save(state, self.folder / FILES[network])

    def models(self, case: Case) -> Models:
        """Write the case's file and card; return the bundle's models, not loaded yet."""
        for network, state in self.published.items():
            torch.save(state, self.folder / FILES[network])
        case.write(self.published[case.network], self.folder / FILES[case.network])
        card = tiny_card(self.folder)
        entries = {network: {"file": file, "repo": "a/b"} for network, file in FILES.items()}
        entries[case.network] |= case.weight
        weights = card["terramind"]["weights"]
        weights["generator"], weights["tokenizer"] = entries["generator"], entries["tokenizer"]
        card["refiner"]["weights"] = entries["prithvi"]
        card["grounding"] = {}
        (self.folder / "bundle.json").write_text(json.dumps(card), encoding="utf-8")
        return Models(read_bundle(self.folder), Library(), torch.device("cpu"))

    def load(self, case: Case, models: Models) -> nn.Module:
        """Load the case's network.

        Raises:
            BundleError: If it is refused.
        """
        if case.network == "prithvi":
            assert models.bundle.refiner is not None
            return models.prithvi(models.bundle.refiner)
        terramind = models.terramind
        is_generator = case.network == "generator"
        return terramind.model.sampler.model if is_generator else terramind.tokenizer


def main() -> int:
    """Load every file and write the page; return 1 if a result is not the expected one."""
    rows, wrong = [], []
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder))
        for case in CASES:
            models = lab.models(case)
            try:
                lab.load(case, models)
                result, words = NOTED if models.notes else LOADED, " ".join(models.notes)
            except BundleError as error:
                result, words = REFUSED, f"{error.message} {error.remedy}".strip()
            if result != case.result:
                wrong.append(f"{case.about}: {result}, not {case.result}: {words}")
            rows.append(f"| {case.about} | {result} | {words.replace(folder, '…')} |")
    PAGE.write_text(INTRO + "\n".join(rows) + "\n", encoding="utf-8")
    print("\n".join([*wrong, f"{len(rows)} files"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
