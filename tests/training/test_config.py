"""Configs: merged, overridden, checked by name and kind, and written as they were resolved."""

from __future__ import annotations

import pytest

from gac_core.contract.errors import RequestError
from tests.problems import raises
from training.config import CONFIGS, load, save
from training.sections import Stage1Config, Stage2Config, Stage3Config

SHIPPED = ("hardware.lowvr", "models.lowvr")
SCHEMAS = {1: Stage1Config, 2: Stage2Config, 3: Stage3Config}


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_the_shipped_configs_fit_six_gigabytes(stage):
    config = load(SCHEMAS[stage], [*SHIPPED, f"train/stage{stage}.lowvr"], {})
    assert (config.fit.batch_size, config.fit.grad_accum_steps) == (1, 8)
    assert (config.models.lora_rank, config.models.lora_alpha) == (8, 16)
    assert config.models.bundle == "terramind-base"
    assert config.models.load_in_8bit and config.models.recompute
    if stage == 3:
        assert config.stage3.steps is None and config.stage3.cross_attention_only
        assert config.bridge.lr == 1e-3 and config.stage3.detail == 8.0
        assert config.fit.lr == 5e-5 and config.fit.epochs == 50
    if stage == 2:
        assert config.fit.lr == 1e-4 and config.fit.epochs == 30
        assert config.models.prithvi.depth == 32 and config.models.head.layers == [7, 15, 23, 31]
        assert config.stage2.unfreeze_last == 2 and not config.stage2.freeze_backbone


@pytest.mark.parametrize("stage", [2, 3])
def test_the_shipped_configs_are_the_defaults_of_the_code(stage):
    """A setting that was found to serve stands in one of them, or they would part."""
    shipped = load(SCHEMAS[stage], [f"train/stage{stage}.lowvr"], {})
    plain = SCHEMAS[stage]()
    sections = ("loss", "stage2") if stage == 2 else ("loss", "stage3", "bridge")
    for section in sections:
        assert getattr(shipped, section) == getattr(plain, section)


def test_all_shipped_configs_are_known():
    found = {p.relative_to(CONFIGS).as_posix() for p in CONFIGS.rglob("*.yaml")}
    stages = {f"train/stage{stage}.lowvr.yaml" for stage in SCHEMAS}
    assert found == {f"{name}.yaml" for name in SHIPPED} | stages


def test_later_files_and_then_flags_win(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("fit: {lr: 3e-4, epochs: 7}\nloss: {angle: 0.9}\n")
    config = load(Stage2Config, ["train/stage2.lowvr", own], {"fit.epochs": 2})
    assert (config.fit.lr, config.fit.epochs) == (3e-4, 2)
    assert (config.loss.angle, config.loss.huber) == (0.9, 0.5)
    assert config.fit.warmup_steps == 100, "what the own file does not name stays"


def test_what_was_resolved_is_written_and_reads_the_same(tmp_path):
    config = load(Stage3Config, [*SHIPPED, "train/stage3.lowvr"], {"data.max_tiles": 5})
    save(config, tmp_path / "new" / "config.yaml")
    assert load(Stage3Config, [tmp_path / "new" / "config.yaml"], {}) == config


@pytest.mark.parametrize("wanted", [False, "warn", True])
def test_determinism_is_written_and_reads_the_same(tmp_path, wanted):
    """Settings of trainings that began before one could be warned say true or false."""
    save(load(Stage2Config, [], {"fit.deterministic": wanted}), tmp_path / "config.yaml")
    assert load(Stage2Config, [tmp_path / "config.yaml"], {}).fit.deterministic == wanted
    (tmp_path / "old.yaml").write_text(f"fit: {{deterministic: {str(wanted).lower()}}}")
    assert load(Stage2Config, [tmp_path / "old.yaml"], {}).fit.deterministic == wanted


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ("fit: {learning_rate: 1}", "fit.learning_rate", "fit."),
        ("fit: {epoch: 3}", "fit.epoch", "fit.epochs"),
        ("lora_rank: 4", "lora_rank", "models.lora_rank"),
        ("loss: {angel: 1}", "loss.angel", "loss.angle"),
        ("models: {prithvi: {dept: 3}}", "models.prithvi.dept", "models.prithvi.depth"),
        ("stage3: {steps: 8}", "stage3", "stage2"),
    ],
)
def test_unknown_keys_name_the_nearest(tmp_path, text, key, meant):
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with raises(RequestError, "config-key-unknown", key, str(path)) as caught:
        load(Stage2Config, [path], {})
    assert meant in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fit: {epochs: many}", ("config-value-wrong", "fit.epochs")),
        ("fit: {epochs: 2.5}", ("config-value-wrong", "fit.epochs")),
        ("fit: 3", ("config-section-empty", "fit")),
        ("loss: {angle: -1}", ("loss-weight-wrong", "angle", "-1.0")),
        ("models: {head: {layers: 3}}", ("config-value-wrong", "models.head.layers")),
        ("- 1", ("config-not-sections",)),
        ("fit: [", ("config-unreadable",)),
        ("fit: {lr: '${nowhere}'}", ("config-value-wrong", "nowhere")),
    ],
)
def test_wrong_values_are_named(tmp_path, text, expected):
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with raises(RequestError, *expected):
        load(Stage2Config, [path], {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fit: {batch_size: 0}", ("fit.batch_size", "from 1 up")),
        ("fit: {lr: .nan}", ("fit.lr", "above 0")),
        ("fit: {lr: .inf}", ("fit.lr", "above 0")),
        ("fit: {epochs: -3}", ("fit.epochs", "from 1 up")),
        ("fit: {ema: 1}", ("fit.ema", "from 0 to below 1")),
        ("fit: {save_every: 0}", ("fit.save_every", "from 1 up")),
        ("fit: {lr_floor: 2}", ("fit.lr_floor", "from 0 to 1")),
        ("fit: {optimiser: sgd}", ("fit.optimiser", "adamw8bit")),
        ("fit: {device: tpu}", ("fit.device", "cuda")),
        ("fit: {deterministic: perhaps}", ("fit.deterministic", "warn")),
        ("data: {crop: -32}", ("data.crop", "multiple of 32")),
        ("data: {crop: 250}", ("data.crop", "multiple of 32")),
        ("data: {max_tiles: -4}", ("data.max_tiles", "from 1 up")),
        ("models: {lora_rank: 0}", ("models.lora_rank", "from 1 up")),
        ("models: {head: {layers: []}}", ("models.head.layers", "blocks")),
        ("models: {prithvi: {depth: 0}}", ("models.prithvi.depth", "from 1 up")),
        ("stage2: {no_month: 1.5}", ("stage2.no_month", "from 0 to 1")),
        ("stage3: {detail: 0}", ("stage3.detail", "above 0")),
        ("stage3: {steps: 21}", ("stage3.steps", "from 1 to 20")),
        ("models: {head: {reduced: 0}}", ("models.head.reduced", "from 1 up")),
        ("stage3: {modality: S2}", ("stage3.modality", "S1RTC")),
        ("stage1: {timesteps: 0}", ("stage1.timesteps", "from 1 up")),
        ("stage3: {judged: 0}", ("stage3.judged", "from 1 up")),
    ],
)
def test_values_that_make_no_sense_are_named(tmp_path, text, words):
    path = tmp_path / "own.yaml"
    path.write_text(text)
    stage = int(text[5]) if text.startswith("stage") else 2
    with pytest.raises(RequestError) as caught:
        load(SCHEMAS[stage], [path], {})
    assert f"{words[0]} is " in caught.value.message and words[1] in caught.value.remedy


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (2, "models: {head: {widths: [8, 16]}}"),
        (2, "models: {head: {widths: [], depths: []}}"),
        (3, "bridge: {depths: [1, 0]}"),
    ],
)
def test_scales_of_a_network_go_together(tmp_path, stage, text):
    (tmp_path / "own.yaml").write_text(text)
    with raises(RequestError, "widths-and-depths-wrong"):
        load(SCHEMAS[stage], [tmp_path / "own.yaml"], {})


def test_steps_are_those_that_a_bridge_takes():
    from gac_core.networks.bridge import MOST_STEPS
    from training.sections import BRIDGE_STEPS_RANGE

    assert (BRIDGE_STEPS_RANGE.minimum, BRIDGE_STEPS_RANGE.maximum) == (1, MOST_STEPS)


def test_a_config_that_is_not_there(tmp_path):
    with raises(RequestError, "config-missing", "train/stage9"):
        load(Stage2Config, ["train/stage9"], {})


def test_flags_are_checked_too():
    with raises(RequestError, "config-value-wrong", "the command line", "fit.epochs"):
        load(Stage2Config, [], {"fit.epochs": "many"})
