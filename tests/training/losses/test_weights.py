"""Weights from a configuration: unknown parts and impossible numbers are refused."""

from __future__ import annotations

import ast
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

import training.losses
from gac_core.contract.errors import RequestError
from tests.problems import raises
from training.config import load
from training.fit.flags import DEFAULTS
from training.losses import RefineLoss, RefineWeights
from training.sections import Stage2Config, Stage3Config


def read(schema, stage, values):
    return load(schema, [*DEFAULTS, f"train/stage{stage}.lowvr"], values).loss


def test_a_section_changes_what_it_names():
    weights = read(Stage3Config, 3, {"loss.sar": 2.0, "loss.level": 0.25})
    assert weights == replace(read(Stage3Config, 3, {}), sar=2.0, level=0.25)


def test_the_parts_of_another_stage_and_cfog_are_unknown():
    for schema, stage, name in ((Stage2Config, 2, "sar"), (Stage3Config, 3, "cfog")):
        with raises(RequestError, "config-key-unknown", f"loss.{name}"):
            read(schema, stage, {f"loss.{name}": 1.0})


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf, "much", None, True])
def test_impossible_weights_are_refused(value):
    with raises(RequestError, "loss-weight-wrong", "angle"):
        RefineWeights(angle=value)


def test_something_must_count():
    with raises(RequestError, "loss-weights-zero"):
        RefineWeights(**dict.fromkeys(vars(RefineWeights()), 0.0))


def test_parts_of_weight_zero_are_not_computed():
    image = torch.rand(1, 12, 32, 32) * 3000
    names = {name: float(name == "edges") for name in vars(RefineWeights())}
    mask = torch.ones(1, 12, 32, 32, dtype=torch.bool)
    assert set(RefineLoss(RefineWeights(**names))(image, image, image, mask)) == {"edges"}


def test_cfog_judges_and_is_in_no_loss():
    for path in Path(training.losses.__file__).parent.glob("*.py"):
        names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
        names |= {
            alias.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert not {n for n in names if "cfog" in n.lower()}, path


def test_light_to_import():
    """Scores without torch; losses without the libraries that take tens of seconds."""
    code = (
        "import sys; import training.scores, training.scores.pixels\n"
        "assert 'torch' not in sys.modules\n"
        "import training.losses\n"
        "assert not {'terratorch', 'torchmetrics', 'torchvision'} & set(sys.modules)\n"
    )
    root = Path(training.losses.__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True, timeout=240)
