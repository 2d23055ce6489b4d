"""Settings that make no sense."""

from __future__ import annotations

import torch

from tests.core.inputs.bench import Bench, Unavailable
from tests.core.inputs.case import Case, Params, fails


def without_gpu(bench: Bench) -> Params:
    if torch.cuda.is_available():
        raise Unavailable("this machine has a GPU")
    return {"device": "cuda"}


CASES = (
    Case(
        "month", "Month 13", lambda b: {"month": 13}, fails("request", "month", "13", remedy="12")
    ),
    Case(
        "month-word",
        "A month in words",
        lambda b: {"month": "July"},
        fails("request", "month", "July", remedy="12"),
    ),
    Case(
        "biome", "Biome 99", lambda b: {"biome": 99}, fails("request", "biome", "99", remedy="14")
    ),
    Case("stages", "Stage 4", lambda b: {"stages": 4}, fails("request", "stages", "4", remedy="3")),
    Case(
        "seed",
        "A negative seed",
        lambda b: {"seed": -1},
        fails("request", "seed", "-1", remedy="integer"),
    ),
    Case(
        "seed-fraction",
        "A seed of 1.5",
        lambda b: {"seed": 1.5},
        fails("request", "seed", "1.5", remedy="integer"),
    ),
    Case(
        "timesteps",
        "No diffusion steps",
        lambda b: {"timesteps_1": 0},
        fails("request", "timesteps of stage 1", "0", remedy="1 to 1000"),
    ),
    Case(
        "batch",
        "A batch size of 0",
        lambda b: {"batch_size": 0},
        fails("request", "batch size", "0", remedy="1 to"),
    ),
    Case(
        "band-zero",
        "VV band 0",
        lambda b: {"vv_band": 0},
        fails("request", "VV band", "0", remedy="1 to"),
    ),
    Case(
        "unit",
        "An unknown unit",
        lambda b: {"unit": "nepers"},
        fails("request", "unit", "nepers", remedy="amplitude"),
    ),
    Case(
        "device",
        "An unknown device",
        lambda b: {"device": "tpu"},
        fails("request", "device", "tpu", remedy="cuda"),
    ),
    Case(
        "no-gpu",
        "A GPU where there is none",
        without_gpu,
        fails("device", "no usable NVIDIA GPU", remedy="auto or cpu"),
    ),
    Case(
        "unknown-setting",
        "A setting that GAC does not know",
        lambda b: {"colour": "blue"},
        fails("request", "unknown settings", "colour"),
    ),
    Case(
        "sar-number",
        "A number where the radar file should be",
        lambda b: {"sar": 5},
        fails("request", "sar"),
    ),
    Case(
        "sar-text",
        "A text where a list of radar files should be",
        lambda b: {"sar": b.scene()},
        fails("request", "sar"),
    ),
    Case(
        "bundle-number",
        "A number where the bundle should be",
        lambda b: {"bundle": 5},
        fails("request", "bundle", "5"),
    ),
    Case(
        "out-number",
        "A number where the output folder should be",
        lambda b: {"out": 5},
        fails("request", "out", "5"),
    ),
    Case(
        "out-user",
        "An output folder of a user whom the computer does not know",
        lambda b: {"out": "~nosuchuser/results"},
        fails("request", "nosuchuser", remedy="full path"),
    ),
    Case(
        "bundle-user",
        "A bundle of a user whom the computer does not know",
        lambda b: {"bundle": "~nosuchuser/mine"},
        fails("bundle", "~nosuchuser/mine", remedy="Installed are"),
    ),
    Case(
        "bundle-long",
        "A bundle's name of 300 letters",
        lambda b: {"bundle": "b" * 300},
        fails("bundle", "There is no model bundle", remedy="Installed are"),
    ),
    Case(
        "bundle-longer",
        "A bundle's name of 5000 letters",
        lambda b: {"bundle": "b" * 5000},
        fails("request", "5000 letters", remedy="4096"),
    ),
    Case(
        "sar-user",
        "A radar file of a user whom the computer does not know",
        lambda b: {"sar": ["~nosuchuser/S1.tif"]},
        fails("scene", "~nosuchuser/S1.tif", "does not exist"),
    ),
    Case(
        "sar-access",
        "An address as records hold it, without its password",
        lambda b: {"sar": ["http://***@127.0.0.1:1/S1.tif"]},
        fails("scene", "S1.tif", "password", remedy="whole address"),
    ),
    Case(
        "no-out",
        "No output folder",
        lambda b: {"out": ""},
        fails("request", "No output folder", remedy="Name a folder"),
    ),
)
