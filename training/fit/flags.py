"""Command-line flags shared by stages 2 and 3, and the command's exit handling.

    parser = argparse.ArgumentParser(...)
    add_flags(parser, stage=2)                        # shared by both stages
    parser.add_argument("--stage1-outputs-dir", ...)  # the stage's own
    args = parser.parse_args()
    sys.exit(run_command(lambda: train(args)))        # train returns a FitResult

and in `train`:

    config = resolve_config(Stage2Config, 2, overrides_of(args, KEYS), args.output_dir)
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import Any, TypeVar

from gac_core.contract.errors import GacError, RequestError, as_user_error
from gac_core.contract.message import Message
from training.console import flush_lines
from training.fit.settings import DEVICES, PRECISIONS, WARN, FitSettings

DEFAULTS = ("hardware.lowvr", "models.lowvr")
"""Configs loaded before the stage's."""

KEYS = {
    "batch_size": "fit.batch_size",
    "grad_accum_steps": "fit.grad_accum_steps",
    "lr": "fit.lr",
    "warmup": "fit.warmup_steps",
    "epochs": "fit.epochs",
    "seed": "fit.seed",
    "deterministic": "fit.deterministic",
    "precision": "fit.precision",
    "device": "fit.device",
    "devices": "fit.devices",
    "num_nodes": "fit.num_nodes",
    "workers": "fit.workers",
    "val_every": "fit.val_every",
    "patience": "fit.patience",
    "ema": "fit.ema",
    "max_tiles": "data.max_tiles",
    "crop": "data.crop",
    "bundle": "models.bundle",
    "lora_rank": "models.lora_rank",
    "lora_alpha": "models.lora_alpha",
}
"""Settings by the destination of their flag."""

Schema = TypeVar("Schema")


def add_flags(parser: argparse.ArgumentParser, stage: int) -> None:
    """Add the shared flags; flags not given leave the configs unchanged."""
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="BigEarthNet v2, or a folder of pairs")
    add("--output-dir", type=Path, required=True, help="where checkpoints, logs and the part go")
    add("--config", action="append", default=[], metavar="NAME", help="YAML over the defaults "
        f"({', '.join(DEFAULTS)}, train/stage{stage}.lowvr); may be given again")  # fmt: skip
    add("--resume", action="store_true", help="resume the training in --output-dir")
    add("--bundle", metavar="NAME", help="name or folder of the bundle to build upon")
    add("--epochs", type=_count, help="passes over the training pairs")
    add("--batch-size", type=_count, help="samples on the device at once")
    add("--grad-accum-steps", type=_count, help="batches for an optimiser step")
    add("--lr", type=_above_zero, help="highest learning rate")
    add("--warmup", type=_from_zero, metavar="N",
        help="steps until that rate, a tenth of all steps at most")  # fmt: skip
    add("--lora-rank", type=_count, help="rank of the adapter")
    add("--lora-alpha", type=_count, help="its scale, in ranks")
    add("--max-tiles", type=_count, help="use so many image pairs at most")
    add("--crop", type=_count, help="side of the windows in pixels, a multiple of 32")
    add("--val-every", type=_from_zero, help="steps between validations; 0: after each epoch")
    add("--patience", type=_from_zero, help="validations without a better one; 0: for ever")
    add("--ema", type=float, help="decay of the running average; 0: none")
    add("--seed", type=_from_zero, help="of all that is random")
    add("--deterministic", nargs="?", const=True, choices=(WARN,),
        help="on CUDA too: refuse what is not, or with warn tell of it and go on")  # fmt: skip
    add("--no-deterministic", dest="deterministic", action="store_const", const=False)
    add("--precision", choices=PRECISIONS, help="on a CPU always 32")
    add("--device", choices=DEVICES, help="where to train")
    add_team_flags(parser)
    add("--workers", type=_from_zero, help="processes that read data, for each device; 0: none")


def add_team_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flags for the number of processes."""
    add = parser.add_argument
    add("--devices", type=_devices, metavar="N|auto",
        help="GPUs of each node, or processes where there is none; auto: all GPUs")  # fmt: skip
    add("--num-nodes", type=_count, metavar="N", help="computers that work together")


def resolve_config(
    schema: type[Schema],
    stage: int,
    overrides: Mapping[str, Any],
    out: Path,
    *,
    configs: Sequence[str | Path] = (),
    resume: bool = False,
) -> Schema:
    """Return the settings: defaults, overridden by configs, then by flags.

    Locks the output folder until the end of `run_command`, and writes the settings to its
    `config.yaml`, unless it holds a training: its original settings are kept.

    Args:
        schema: `training.sections.Stage2Config` or `Stage3Config`.
        stage: 2 or 3.
        overrides: Values by dotted key (`overrides_of`, `settings_by_name`).
        out: Output folder.
        configs: YAML files over the defaults.
        resume: Resume the training in the folder.

    Raises:
        RequestError: If a config or a value is wrong.
        OutputError: If the settings cannot be written, the folder holds another training, or
            another process uses it.
    """
    # Imported lazily, so that `--help` is fast.
    from training.config import RESOLVED, load, save
    from training.fit.checkpoint import holds_training, require_no_training
    from training.processes import acquire_lock, launch_team

    names = [*DEFAULTS, f"train/stage{stage}.lowvr", *configs]
    config = load(schema, names, overrides)
    fit: FitSettings = config.fit  # type: ignore[attr-defined]

    def begin() -> None:
        acquire_lock(out)
        if not resume:
            require_no_training(out)
        if not holds_training(out):
            save(config, out / RESOLVED)

    launch_team(fit).broadcast_from_lead(begin)
    return config


def overrides_of(args: argparse.Namespace, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings given on a command line, by dotted key.

    Args:
        args: Parsed flags of `add_flags` and of the stage.
        keys: The stage's own flags and their settings, as in `KEYS`.
    """
    values = {key: getattr(args, flag, None) for flag, key in {**KEYS, **keys}.items()}
    return {key: value for key, value in values.items() if value is not None}


def settings_by_name(
    schema: type[Any], keys: Mapping[str, str], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return settings given as keyword arguments, by dotted key.

    Args:
        schema: `training.sections.Stage2Config` or `Stage3Config`.
        keys: The stage's own flags and their settings, as in `KEYS`.
        values: By flag name (`lora_rank`), by the name of a setting if unique (`judged`), or by
            dotted key (`bridge.reduced`).

    Raises:
        RequestError: If there is no such setting, or several.
    """
    from training.config import keys_of

    all_keys, flags = keys_of(schema), {**KEYS, **keys}
    settings = {}
    for name, value in values.items():
        matches = [key for key in all_keys if key.rsplit(".", 1)[-1] == name]
        if name in flags:
            settings[flags[name]] = value
        elif len(matches) == 1:
            settings[matches[0]] = value
        elif matches:
            raise RequestError(
                Message("Several settings are called {}: {}.", name, ", ".join(matches)),
                Message("Name one of them in full: {}.", f"**{{{matches[0]!r}: …}}"),
                problem="setting-ambiguous",
            )
        else:
            settings[name] = value  # a dotted key, or one that `load` refuses with the nearest
    return settings


@contextmanager
def released_folder() -> Iterator[None]:
    """Release the folder locked by `resolve_config` after a call, as a process does on exit."""
    from training.processes import release_locks

    try:
        yield
    finally:
        release_locks()


def describe_call(function: str, settings: Mapping[str, Any]) -> str:
    """Return a function call for a part's card, like `describe_command`, without folders."""
    arguments = (f"{name}={_public(value)!r}" for name, value in settings.items())
    return f"{function}({', '.join(arguments)})"


def _public(value: Any) -> Any:
    return PureWindowsPath(value).name or value if isinstance(value, str | Path) else value


def describe_command(program: str, arguments: Sequence[str] | None = None) -> str:
    """Return a command line for a part's card, with folders and files reduced to their names.

    Cards are public; local paths are private.

    Args:
        program: Module name, such as `training.train_stage2`.
        arguments: Arguments; None: those of this process.
    """
    parts = [f"python -m {program}"]
    for word in sys.argv[1:] if arguments is None else arguments:
        flag, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        # Windows paths accept both kinds of slash.
        parts.append(flag + equals + (PureWindowsPath(value).name or value))
    return " ".join(parts)


def run_command(train: Callable[[], Any]) -> int:
    """Run a training and print its result or its error.

    Args:
        train: Returns a FitResult.

    Returns:
        The exit status: 0; 1 after an error; 130 if it was stopped and can be resumed.
    """
    flush_lines()
    if all(os.environ.get(rank, "0") == "0" for rank in ("RANK", "LOCAL_RANK", "SLURM_PROCID")):
        print("Loading the libraries takes up to a minute …")
    from training.processes import current_team, dissolve_team, exit_status, release_locks

    try:
        result = train()
        current_team().finish()
    except KeyboardInterrupt:
        if current_team().reports_end:
            print("\nStopped at once; --resume goes on from the last checkpoint.", file=sys.stderr)
        return exit_status(130)
    except Exception as error:
        gac_error = as_gac_error(as_user_error(error))
        current_team().report_failure(gac_error)
        if os.environ.get("GAC_DEBUG"):
            raise
        if current_team().reports_end:
            _print_error(gac_error)
        return exit_status(130 if gac_error.code == "stopped" else 1)
    finally:
        release_locks()
        dissolve_team()
    print(result.summary())
    return 0


def as_gac_error(error: Exception) -> GacError:
    """Return an error as a GacError; an unknown one is reported as a bug in GAC."""
    if isinstance(error, GacError):
        return error
    return GacError(
        Message("Training failed: {}: {}.", type(error).__name__, error),
        Message("This is a fault in GAC. Set GAC_DEBUG=1, run again, and report what it prints."),
        problem="training-failed",
    )


def _print_error(error: GacError) -> None:
    print(f"\n{error.message}", file=sys.stderr)
    if error.remedy:
        print(error.remedy, file=sys.stderr)


def _devices(text: str) -> int:
    return 0 if text == "auto" else _count(text)


def _count(text: str) -> int:
    return _at_least(text, 1)


def _from_zero(text: str) -> int:
    return _at_least(text, 0)


def _at_least(text: str, minimum: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = minimum - 1
    if value < minimum:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from {minimum} up")
    return value


def _above_zero(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no number above 0")
    return value
