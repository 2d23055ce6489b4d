"""Model bundles whose adapters are missing, damaged or foreign."""

from __future__ import annotations

import shutil
from pathlib import Path

from gac_core.networks.adapters import CROSS_ATTENTION
from gac_core.networks.terramind import TerraMindShape, build_terramind
from tests.core.inputs.bench import Bench
from tests.core.inputs.case import Case, Params, fails
from tests.core.inputs.weights import cut, files, first, lacking, tensors
from tests.core.tiny import SHAPE, write_adapter


def adapter_elsewhere(bench: Bench) -> Params:
    shutil.copytree(bench.library / "tiny" / "grounding", bench.root / "private")
    change = {"adapter": "../../private"}
    return {"bundle": str(bench.bundle(lambda c: c["grounding"].update(change)))}


def foreign_adapter(folder: Path) -> None:
    larger = build_terramind(TerraMindShape.from_dict({**SHAPE.to_dict(), "dim": 128}))
    shutil.rmtree(folder / "grounding")
    write_adapter(larger, CROSS_ATTENTION, folder / "grounding")


CASES = (
    Case(
        "adapter-missing",
        "The adapter's folder is missing",
        lambda b: lacking(b, "grounding"),
        fails("bundle", "/grounding", "adapter_config.json", remedy="save_pretrained"),
    ),
    Case(
        "adapter-foreign",
        "An adapter of another base model",
        lambda b: files(b, foreign_adapter),
        fails("bundle", "/grounding", "does not fit its base model", remedy="another model"),
    ),
    Case(
        "adapter-nan",
        "An adapter with NaN",
        lambda b: tensors(
            b,
            "grounding/adapter_model.safetensors",
            lambda s: s[first(s)].fill_(float("nan")),
        ),
        fails("bundle", "/grounding", "NaN or infinite", remedy="damaged"),
    ),
    Case(
        "adapter-cut",
        "An adapter's file that ends early",
        lambda b: files(b, lambda f: cut(f / "grounding" / "adapter_model.safetensors")),
        fails("bundle", "/grounding"),
    ),
    Case(
        "adapter-config",
        "An adapter whose configuration is no JSON",
        lambda b: files(
            b, lambda f: (f / "grounding" / "adapter_config.json").write_text("rank: 8")
        ),
        fails("bundle", "/grounding", "adapter_config.json"),
    ),
    Case(
        "adapter-outside",
        "A card that names an adapter outside the bundle (../../)",
        adapter_elsewhere,
        fails("bundle", "private", "outside"),
    ),
)
