"""A GPU that only says that it is one: its networks are counted, and the CPU computes for it."""

from __future__ import annotations

import copy
import gc
import weakref
from types import SimpleNamespace

import torch

from gac_core.engine import pipeline, stage_runner
from gac_core.networks import loading
from gac_core.networks.prithvi import move_8bit_state
from gac_core.stages import generate, ground, refine
from gac_core.stages.tensors import batched_on_gpu

GPU, CPU = torch.device("cuda"), torch.device("cpu")
NAME = "A GPU of its own kind"


class FakeGpu:
    """Stands in for CUDA's functions that the engine calls.

    Attributes:
        size: Bytes of its memory, of which networks take what they hold.
        fault: Raised by what `fails` says, if any.
        fails: Returns whether a network's move (by its class's name, with 0 samples) or a pass of a
            stage (by its number, with the number of samples) fails.
        passes: Stage and samples of each pass.
        most: Most bytes of networks at once.
        tile: Bytes that a tile takes.
        caps: Shares of its memory that PyTorch was capped at.
    """

    def __init__(self, monkeypatch, size=1 << 40):
        self.size, self.tile = size, 1
        self.fault, self.fails = None, lambda what, samples: False
        self.passes, self.caps, self.most = [], [], 0
        self._held, self._seen, self._peak = {}, [], 0
        patch = monkeypatch.setattr
        for name, value in {
            "get_device_name": lambda device: NAME,
            "get_device_properties": lambda device: SimpleNamespace(total_memory=self.size),
            "is_bf16_supported": lambda **options: False,
            "mem_get_info": lambda device: (self.size - self.used, self.size),
            "memory_reserved": lambda device: self.used,
            "memory_allocated": lambda device: self.used,
            "max_memory_allocated": lambda device: self._peak,
            "max_memory_reserved": lambda device: self._peak,
            "reset_peak_memory_stats": self._reset,
            "synchronize": lambda device: None,
            "set_per_process_memory_fraction": lambda share, device: self.caps.append(share),
        }.items():
            patch(torch.cuda, name, value)
        choose = pipeline.choose_device
        for module in (pipeline, stage_runner):
            patch(module, "choose_device", lambda name: choose(name) if name == "cpu" else GPU)
        patch(loading, "move", self._move)
        for module in (generate, refine, ground):
            patch(module, "to_device", lambda array, device: torch.from_numpy(array.copy()))
            patch(module, "batched_on_gpu", self._compute)

    @property
    def used(self):
        """Bytes of the networks that are on it."""
        return sum(size for reference, size in self._held.values() if reference() is not None)

    def networks_alive(self):
        """Classes of the networks that were ever on it and still exist anywhere."""
        gc.collect()
        return [type(one()).__name__ for one in self._seen if one() is not None]

    def networks_here(self):
        return {type(r()).__name__ for r, _ in self._held.values() if r() is not None}

    def _move(self, network, device):
        self._held.pop(id(network), None)
        name = type(network).__name__
        if device == GPU:
            if self.fails(name, 0):
                raise copy.copy(self.fault)
            self._seen.append(weakref.ref(network))
        network.to(CPU)
        move_8bit_state(network)
        if device == GPU:
            size = sum(p.untyped_storage().nbytes() for p in network.parameters())
            if self.used + size > self.size:
                raise torch.OutOfMemoryError("CUDA out of memory.")
            self._held[id(network)] = weakref.ref(network), size
            self.most = max(self.most, self.used)

    def _compute(self, device, compute, *batched):
        if device == GPU:
            stage, samples = compute.__self__, len(batched[0])
            number = getattr(stage, "number", 2)
            self.passes.append((number, samples))
            if self.fails(number, samples):
                raise copy.copy(self.fault)
            self._peak = max(self._peak, self.used + samples * self.tile)
        return batched_on_gpu(device, compute, *batched)

    def _reset(self, device):
        self._peak = self.used
