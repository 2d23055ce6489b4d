"""The command lines of the stages: flags over configs, and how they end."""

from __future__ import annotations

import argparse

import pytest
import yaml
from filelock import FileLock

from gac_core.contract.errors import OutputError, RequestError
from tests.problems import raises
from training.fit.flags import (
    KEYS,
    add_flags,
    describe_command,
    overrides_of,
    resolve_config,
    run_command,
)
from training.processes import LOCK, Stopped, release_locks
from training.sections import Stage2Config, Stage3Config


@pytest.fixture(autouse=True)
def _free():
    """Folders that a command line would hold to its end."""
    yield
    release_locks()


def parse(stage, *words):
    parser = argparse.ArgumentParser()
    add_flags(parser, stage)
    return parser.parse_args(["--data-dir", "data", "--output-dir", *words])


def settled(schema, args, stage, keys=None):
    settings = overrides_of(args, keys or {})
    return resolve_config(
        schema, stage, settings, args.output_dir, configs=args.config, resume=args.resume
    )


def test_flags_win_over_configs_and_the_rest_stays(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("fit: {lr: 0.5, patience: 2}")
    words = "--batch-size 1 --grad-accum-steps 4 --lr 1e-3 --lora-rank 4 --epochs 3 --max-tiles 2"
    args = parse(2, str(tmp_path / "out"), "--config", str(own), *words.split())
    config = settled(Stage2Config, args, 2)
    assert (config.fit.batch_size, config.fit.grad_accum_steps) == (1, 4)
    assert (config.fit.lr, config.fit.epochs, config.fit.patience) == (1e-3, 3, 2)
    assert (config.models.lora_rank, config.models.lora_alpha) == (4, 16)
    assert config.data.max_tiles == 2
    written = yaml.safe_load((tmp_path / "out" / "config.yaml").read_text())
    assert written["fit"]["lr"] == 1e-3 and written["models"]["lora_rank"] == 4


def test_the_settings_of_a_training_are_not_written_over(tmp_path):
    settled(Stage2Config, parse(2, str(tmp_path), "--lr", "0.5"), 2)
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter" / "last.ckpt").touch()
    with raises(OutputError, "training-already-there", str(tmp_path)):
        settled(Stage2Config, parse(2, str(tmp_path), "--lr", "0.1"), 2)
    settled(Stage2Config, parse(2, str(tmp_path), "--lr", "0.1", "--resume"), 2)
    written = yaml.safe_load((tmp_path / "config.yaml").read_text())
    assert written["fit"]["lr"] == 0.5
    (tmp_path / "config.yaml").unlink()
    settled(Stage2Config, parse(2, str(tmp_path), "--lr", "0.1", "--resume"), 2)
    assert not (tmp_path / "config.yaml").exists(), "these may be refused yet"


def test_a_training_that_had_no_step_yet_begins_with_new_settings(tmp_path):
    for lr in ("0.5", "0.1"):
        settled(Stage2Config, parse(2, str(tmp_path), "--lr", lr, "--resume"), 2)
    assert yaml.safe_load((tmp_path / "config.yaml").read_text())["fit"]["lr"] == 0.1


def test_settings_are_not_written_where_another_training_is_at_work(tmp_path):
    settled(Stage2Config, parse(2, str(tmp_path), "--lr", "0.5"), 2)
    release_locks()
    with FileLock(tmp_path / LOCK), raises(OutputError, "training-folder-in-use", str(tmp_path)):
        settled(Stage2Config, parse(2, str(tmp_path), "--lr", "0.1"), 2)
    assert yaml.safe_load((tmp_path / "config.yaml").read_text())["fit"]["lr"] == 0.5
    assert run_command(lambda: settled(Stage2Config, parse(2, str(tmp_path)), 2) and Result()) == 0
    with FileLock(tmp_path / LOCK, timeout=0):
        pass


class Result:
    """A result."""

    def summary(self):
        return "Not earned: PSNR is worse."


def test_cards_tell_names_and_not_where_files_lie():
    words = ["--data-dir", "/home/ann/data", "--output-dir=../out/", "--lr", "1e-4", "C:\\ann\\x"]
    told = describe_command("training.train_stage2", [*words, "--resume"])
    expected = "--data-dir data --output-dir=out --lr 1e-4 x --resume"
    assert told == f"python -m training.train_stage2 {expected}"


def test_a_stage_has_flags_of_its_own(tmp_path):
    args = parse(3, str(tmp_path), "--no-deterministic")
    args.steps = 4
    config = settled(Stage3Config, args, 3, {"steps": "stage3.steps"})
    assert config.stage3.steps == 4 and config.fit.epochs == 50


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((), False),
        (("--deterministic",), True),
        (("--deterministic", "warn"), "warn"),
        (("--no-deterministic",), False),
    ],
)
def test_determinism_is_off_warns_or_refuses(tmp_path, words, wanted):
    own = tmp_path / "own.yaml"
    own.write_text(f"fit: {{deterministic: {str(not wanted).lower()}}}")
    config = ["--config", str(own)] if words else []
    args = parse(2, str(tmp_path / "out"), *config, *words)
    chosen = settled(Stage2Config, args, 2)
    assert chosen.fit.deterministic == wanted
    written = yaml.safe_load((tmp_path / "out" / "config.yaml").read_text())
    assert written["fit"]["deterministic"] == wanted


def test_every_flag_is_a_setting(tmp_path):
    flags = set(vars(parse(2, str(tmp_path)))) - {"data_dir", "output_dir", "config", "resume"}
    assert flags == set(KEYS)


@pytest.mark.parametrize(
    "words",
    [
        "--lr 0",
        "--lr much",
        "--epochs 0",
        "--epochs 1.5",
        "--workers -1",
        "--device tpu",
        "--deterministic perhaps",
        "--devices 0",
        "--devices all",
        "--num-nodes 0",
    ],
)
def test_values_that_make_no_sense(tmp_path, words, capsys):
    with pytest.raises(SystemExit):
        parse(2, str(tmp_path), *words.split())
    assert words.split()[0] in capsys.readouterr().err


def test_all_devices_are_told_as_none_in_particular(tmp_path):
    assert parse(2, str(tmp_path), "--devices", "auto").devices == 0
    assert parse(2, str(tmp_path), "--devices", "4").devices == 4


def test_how_it_ends(capsys, monkeypatch):
    monkeypatch.delenv("GAC_DEBUG", raising=False)

    def fails(error):
        def train():
            raise error

        return train

    assert run_command(Result) == 0
    assert "Not earned" in capsys.readouterr().out
    for error, status, words in (
        (RequestError("It is wrong.", "Mend it."), 1, "It is wrong.\nMend it."),
        (Stopped("It stopped.", "Add --resume."), 130, "Add --resume."),
        (KeyboardInterrupt(), 130, "--resume"),
        (ValueError("odd"), 1, "a fault in GAC"),
        (MemoryError(), 1, "out of memory"),
    ):
        assert run_command(fails(error)) == status
        assert words in capsys.readouterr().err
