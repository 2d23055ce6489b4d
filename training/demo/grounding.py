"""Trains stage 3: TerraMind's adapter, how its answer is used, and the network that fuses it."""

from __future__ import annotations

from dataclasses import replace

import torch
from gac_core.models.fusion import fuse_images
from safetensors.torch import load_file
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.adapters import CROSS_ATTENTION, add_lora
from gac_core.models.convnext import ResidualConvNeXt
from gac_core.models.terramind import (
    destandardise_optical,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.models.weights import write_state
from training.demo import recipe
from training.demo.digits import Digits, digit_loss, straight_through
from training.demo.earned import Earned
from training.demo.generator import FILE, digits_file, with_vocabulary, without_vocabulary
from training.demo.loop import fit
from training.demo.losses import picture_loss
from training.demo.windows import Windows, grounded, read_windows, refined
from training.demo.workshop import Workshop, seeded

ADAPTER = "grounding_adapter"
FUSION_FILE = "fusion.safetensors"
_BATCH, _FUSION_BATCH = 8, 4
_STRENGTHS = (1.0, 0.3, 0.1)
_RESIDUALS = (0.1, 0.25, 0.5)


def add_refined(shop: Workshop) -> None:
    """Put stage 2's images to the windows."""
    seeded(6)
    models = shop.models()
    for name in ("train", "stop"):
        windows = read_windows(shop.folder / f"windows_{name}.safetensors")
        windows = replace(windows, opt_v2=refined(models, windows))
        shop.save(f"refined_{name}.safetensors", windows.tensors())


def train_adapter(shop: Workshop) -> float:
    """LoRA on the decoder's cross-attention: codes by cross-entropy, pictures straight through."""
    rng = seeded(7)
    terramind = shop.models().terramind
    model, tokenizer = terramind.model, terramind.tokenizer
    digits = Digits(recipe.TERRAMIND.dim)
    digits.load_state_dict(load_file(shop.folder / digits_file(FILE)))
    digits.requires_grad_(False)
    adapter = add_lora(model, CROSS_ATTENTION, rank=recipe.LORA_RANK)
    without_vocabulary(model)
    windows = read_windows(shop.folder / "refined_train.safetensors")
    held = read_windows(shop.folder / "refined_stop.safetensors")
    held_noise = torch.randn_like(held.opt_v1)

    def objective(some: Windows, noise: Tensor) -> Tensor:
        radar = standardise_radar(some.s1, "S1GRD")
        logits = digits(token_logits(model, radar, "S1GRD", standardise_optical(some.shown())))
        codes = straight_through(logits, radar.shape[-1] // 16)
        image = tokenizer.decoder(noise, torch.tensor(999), codes)
        picture = picture_loss(destandardise_optical(image)[:, OUTPUT_INDEX], some.target)
        latent = shop.patch_code(some.s2)
        whole = torch.isfinite(latent).flatten(1).all(1)
        if not whole.any():
            return picture
        return picture + digit_loss(tuple(part[whole] for part in logits), latent[whole])

    def loss(step: int) -> Tensor:
        some = windows.draw(rng, _BATCH)
        return objective(some, torch.randn_like(some.opt_v1))

    trained = [p for p in model.parameters() if p.requires_grad]
    found = fit(
        "grounding, adapter",
        trained,
        loss,
        lambda: float(objective(held, held_noise)),
        recipe.ADAPTER.scaled(shop.effort),
    )
    with_vocabulary(model, digits)
    adapter.save_pretrained(str(shop.folder / ADAPTER))
    return found


def choose_use(shop: Workshop) -> dict[str, float]:
    """The strength and residual that serve the stopping tiles best, and the answers with them."""
    seeded(8)
    models = shop.models()
    held = read_windows(shop.folder / "refined_stop.safetensors")
    earned = Earned(3, held, held.opt_v2)
    radar = standardise_radar(held.s1, "S1GRD")
    # Leaving opt_v2 as it is, is worth nothing and costs nothing.
    best, chosen = 0.0, {"strength": 1.0, "residual": 0.0}
    for strength in _STRENGTHS:
        answer = grounded(models, held, strength)
        for residual in _RESIDUALS:
            mixed = fuse_images(radar, held.opt_v2, answer, residual)
            found = earned.worth(mixed)
            print(f"strength {strength}, residual {residual}: {found:.4f}")
            if found > best:
                best, chosen = found, {"strength": strength, "residual": residual}
    for name in ("train", "stop"):
        windows = read_windows(shop.folder / f"refined_{name}.safetensors")
        windows = replace(windows, answer=grounded(models, windows, chosen["strength"]))
        shop.save(f"answered_{name}.safetensors", windows.tensors())
    return chosen


def train_fusion(shop: Workshop, residual: float) -> float:
    """The network that sees the radar at full resolution and brings structure back."""
    rng = seeded(9)
    network = ResidualConvNeXt(**recipe.FUSION)
    windows = read_windows(shop.folder / "answered_train.safetensors")
    # Simulated pairs share their texture far beyond what real ones do: the network would copy it.
    windows = windows.at(windows.real.nonzero().squeeze(1))
    held = read_windows(shop.folder / "answered_stop.safetensors")
    earned = Earned(3, held, held.opt_v2)

    def picture(some: Windows) -> Tensor:
        radar = standardise_radar(some.s1, "S1GRD")
        return fuse_images(radar, some.opt_v2, some.answer, residual, network, recipe.DETAIL)

    def loss(step: int) -> Tensor:
        some = windows.draw(rng, _FUSION_BATCH)
        return picture_loss(picture(some), some.target)

    found = fit(
        "grounding, fusion",
        list(network.parameters()),
        loss,
        lambda: -earned.worth(picture(held)),
        recipe.FUSION_TRAINING.scaled(shop.effort),
    )
    write_state(network, shop.folder / FUSION_FILE)
    return found
