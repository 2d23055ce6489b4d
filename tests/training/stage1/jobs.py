"""Jobs of computing stage 1 beforehand, and the files that they leave."""

from __future__ import annotations

from pathlib import Path

from training.fit.settings import FitSettings
from training.precompute_stage1 import Job
from training.sections import DataSection, ModelsSection, Stage1Config, Stage1Section

SIDES = (48, 64, 120, 80, 64)
"""Of the pairs, in pixels."""


def asked(data, out, bundle, batch_size=2, max_tiles=None):
    config = Stage1Config(
        fit=FitSettings(device="cpu"),
        data=DataSection(max_tiles=max_tiles),
        models=ModelsSection(bundle=str(bundle)),
        stage1=Stage1Section(timesteps=2, batch_size=batch_size),
    )
    return Job(data, out, config)


def files(folder: Path):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
