"""Stage 3 at full size: random weights, the published file names and formats, real steps."""

from __future__ import annotations

import time

import psutil
import pytest
import torch

from tests.bench.training_memory import Peak
from tests.bench.training_models import build_grounding, write_random_terramind

pytestmark = pytest.mark.slow

ADAPTED = {"base": 12 * 3 * 2, "large": 24 * 3 * 2}
NUMBERS = {"base": 516_096, "large": 1_376_256}


def step(module, batch, optimiser):
    """One optimiser step on the same batch with the same noise; the loss before it."""
    torch.manual_seed(1)
    loss = torch.stack([part.mean for part in module.losses(batch).values()]).sum()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return float(loss.detach())


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("size", "steps"), [("base", 4), ("large", 1)])
def test_steps_at_full_size(tmp_path, size, steps):
    """The loss falls; gradients reach adapter and bridge, and nothing else."""
    write_random_terramind(tmp_path, size)
    module, batch = build_grounding(tmp_path, size, recompute=size == "large")
    trained = module.trained()
    adapter = {name: p for name, p in trained.items() if "lora_" in name}
    assert len(adapter) == ADAPTED[size]
    assert sum(p.numel() for p in adapter.values()) == NUMBERS[size]
    # What starts at zero lets no gradient through: give it values.
    torch.manual_seed(2)
    with torch.no_grad():
        for name, parameter in trained.items():
            if any(part in name for part in ("lora_B", "films", "flow.out")):
                parameter.normal_(std=0.01)
    optimiser = torch.optim.AdamW(trained.values(), lr=1e-3)
    losses, began = [], time.monotonic()
    with Peak(torch.device("cpu")) as peak:
        for _ in range(steps):
            losses.append(step(module, batch, optimiser))
    seconds = (time.monotonic() - began) / steps
    for name, parameter in module.named_parameters():
        assert (parameter.grad is not None) == (name in trained), name
        if name in trained:
            assert parameter.grad.abs().max() > 0, name
    print(
        f"\n{size}: losses {[round(loss, 4) for loss in losses]}, {seconds:.1f} s a step, "
        f"peak {peak.value:.2f} GB of resident memory, "
        f"{psutil.Process().memory_info().rss / 1e9:.2f} GB after"
    )
    assert all(torch.isfinite(torch.tensor(losses)))
    if steps > 1:
        assert losses[-1] < losses[0]
