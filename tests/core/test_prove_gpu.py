"""The computation that proves a new environment's GPU, with the real PyTorch."""

from __future__ import annotations

import torch

from gac_qgis_plugin.environment.helper import prove_gpu


def test_the_same_device_computes_the_same() -> None:
    assert prove_gpu.compute(torch, "cpu") == [0.0, 0.0]


def test_this_machine_is_told_as_it_is(monkeypatch) -> None:
    for name in ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES"):
        monkeypatch.delenv(name, raising=False)
    report = prove_gpu.prove()
    if torch.cuda.is_available():
        assert report["code"] == "" and torch.cuda.get_device_name(0) in report["text"]
    else:
        assert report["code"] in ("none", "driver", "processor_build"), report
