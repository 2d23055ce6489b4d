"""Script that computes on the GPU with a new environment's PyTorch, and judges the result.

Prints one line of JSON: `device`, `code` (empty if it works) and `text`. The codes: `missing` (its
libraries cannot be loaded), `processor_build`, `hidden`, `driver`, `kernel`, `none`, `memory`,
`wrong` (another result than the processor's), `failed`.
"""

import json
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any

_CODES = (
    (
        "driver",
        ("driver version is insufficient", "driver on your system is too old"),
    ),
    ("kernel", ("no kernel image", "invalid device function", "not compatible with the current")),
    ("memory", ("out of memory", "alloc_failed", "not enough memory")),
    ("none", ("no nvidia driver", "no cuda-capable", "no cuda gpus", "no hip gpus")),
)
_HIDING = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES")
SIDE, CHANNELS = 512, 16
TOLERANCE = 0.02
"""Relative; TF32, which convolutions may use, keeps three digits."""


def judge(text: str) -> str:
    """Return the code for an error's text."""
    lower = text.lower()
    return next((code for code, words in _CODES if any(w in lower for w in words)), "failed")


def hiding(variables: Mapping[str, str]) -> str:
    """Return the variable that hides all GPUs, as NAME=VALUE; empty if none does."""
    for name in _HIDING:
        value = variables.get(name)
        if value is not None and value.strip() in ("", "-1", "none", "NoDevFiles"):
            return f"{name}={value}"
    return ""


def compute(torch: Any, device: str) -> list[float]:
    """Return the largest differences to the processor, of a product and of a convolution.

    Both are relative to the largest value.
    """
    generator = torch.Generator().manual_seed(0)
    matrix = torch.randn(SIDE, SIDE, generator=generator)
    image = torch.randn(1, CHANNELS, 64, 64, generator=generator)
    kernel = torch.randn(CHANNELS, CHANNELS, 3, 3, generator=generator)
    differences = []
    for function, inputs in (
        (torch.matmul, (matrix, matrix)),
        (torch.nn.functional.conv2d, (image, kernel)),
    ):
        expected = function(*inputs)
        result = function(*(each.to(device) for each in inputs)).cpu()
        differences.append(float((result - expected).abs().max() / expected.abs().max()))
    return differences


def prove() -> dict[str, str]:
    """Return the report."""
    try:
        import torch
    except (ImportError, OSError) as error:
        return {"device": "", "code": "missing", "text": f"{type(error).__name__}: {error}"}
    if not torch.version.cuda and not getattr(torch.version, "hip", None):
        return {"device": "", "code": "processor_build", "text": f"PyTorch {torch.__version__}"}
    hidden = hiding(os.environ)
    if hidden:
        return {"device": "", "code": "hidden", "text": hidden}
    try:
        torch.zeros(1, device="cuda")
        name = torch.cuda.get_device_name(0)
        differences = compute(torch, "cuda")
    except (RuntimeError, AssertionError, OSError) as error:
        text = str(error).splitlines()[0] if str(error) else type(error).__name__
        report = {"device": "cuda", "code": judge(str(error)), "text": text}
        report["details"] = traceback.format_exc()
        return report
    # A comparison with not-a-number is false, so it counts as wrong.
    is_right = all(each < TOLERANCE for each in differences)
    text = f"{name}, PyTorch {torch.__version__}: as on the processor"
    if not is_right:
        text = f"{name}, PyTorch {torch.__version__}: differs by {differences}"
    return {"device": "cuda", "code": "" if is_right else "wrong", "text": text}


if __name__ == "__main__":
    outcome = prove()
    print(json.dumps(outcome))
    sys.exit(1 if outcome["code"] else 0)
