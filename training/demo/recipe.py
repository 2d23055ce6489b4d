"""Network sizes and training schedules of the demo bundle."""

from __future__ import annotations

from gac_core.bundles.bundle import Sampling, WindowSpec
from gac_core.networks.bridge import BridgeShape
from gac_core.networks.critic import CriticShape
from gac_core.networks.prithvi import PrithviShape
from gac_core.networks.refiner import HeadShape
from gac_core.networks.terramind import TerraMindShape, UNetShape
from training.demo.pairs import WINDOW
from training.fit.loop import Schedule

SEED = 20

# Blocks have the decoder's training size: larger ones came out darker, by half a decibel
# (docs/decisions.md).
SPEC = WindowSpec(size=WINDOW, overlap=32, margin=8, decode=WINDOW, seam=32)
SAMPLING = Sampling(temperature=0.0, top_p=0.8, threshold=None, draft=4)
TIMESTEPS_1 = 10
TIMESTEPS_3 = 8

# The UNet's group norms have 32 groups. With 32 channels each channel would be a group, and a
# window's mean colour would be normalised away: 64 is the minimum.
TERRAMIND = TerraMindShape(
    dim=128,
    encoder_depth=3,
    decoder_depth=3,
    num_heads=4,
    image_size=WINDOW,
    modalities=("S1GRD", "S1RTC"),
    unet=UNetShape(
        model_channels=64,
        num_res_blocks=1,
        channel_mult=(1, 2, 2),
        attention_resolutions=(4,),
        patch_size=4,
    ),
)
PRITHVI = PrithviShape(embed_dim=128, depth=4, num_heads=4, patch_size=8, image_size=WINDOW)
HEAD = HeadShape(
    layers=(1, 3), reduced=24, widths=(24, 48, 96, 160), depths=(1, 1, 2, 2), context=16
)
BRIDGE = BridgeShape(reduced=24, widths=(48, 96), depths=(2, 3), context=16, noise=0.12, steps=3)
CRITIC = CriticShape(reduced=24, width=24)
FEATURES, ADVERSARY, ANGLE = 0.02, 0.005, 0.3
"""Weights, relative to the flow's error, of the distance in TerraMind's features, of the
adversarial loss, and of the spectral angle."""

USED_NOISE = 0.05
"""Initial noise of a run, less than in training: the more noise, the less of what it adds relates
to the radar (docs/decisions.md)."""

DETAIL = 8.0
"""Sigma in pixels of the local mean that the bridge keeps, so that it shifts no levels."""

LORA_RANK = 8

SIMULATED, SIMULATED_LATER = 240, 120
"""Numbers of simulated pairs for tokenizer and generator, and for the later stages."""

SIMULATED_SIZE = 192

TOKENIZER = Schedule(steps=2600, rate=1.5e-3, every=200)
GENERATOR = Schedule(steps=700, rate=1e-3, every=100, decay=0.1)
GENERATOR_REAL = Schedule(steps=400, rate=5e-4, every=100, decay=0.1)
REFINER_BASE = Schedule(steps=900, rate=2e-3, every=300, decay=0.05, last=True)
REFINER_FOLDS = Schedule(steps=700, rate=2e-3, every=350, decay=0.05, last=True)
REFINER = Schedule(steps=250, rate=1e-3, every=125, decay=0.05, last=True)
BRIDGE_TRAINING = Schedule(steps=600, rate=1.5e-3, every=150, last=True)
CRITIC_TRAINING = Schedule(steps=300, rate=1e-3)
"""Schedule of the critic alone, with the bridge frozen."""
