"""The stages over an image, as far as a test wants them."""

from __future__ import annotations

from gac_core.tiling.arrays import all_stages, run_stage


def run_stages(models, s1, month, biome, stages=3, timesteps=(10, 8), place=None):
    """opt_v1 and opt_v2 (12, H, W), opt_v3 (4, H, W) DN of radar (2, H, W) in dB."""
    images = {"s1": s1}
    for stage in all_stages(models, "S1GRD", month, biome, place, timesteps)[:stages]:
        images[f"opt_v{stage.number}"] = run_stage(stage, models.bundle.window, images)
    return list(images.values())[1:]
