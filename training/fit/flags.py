"""The flags that the command lines of stages 2 and 3 share, and how they end.

    parser = argparse.ArgumentParser(...)
    add_flags(parser, stage=2)                       # all that both stages know
    parser.add_argument("--stage1-outputs-dir", ...)  # the stage's own
    args = parser.parse_args()
    sys.exit(carry_out(lambda: train(args)))         # train gives a FitResult

and in `train`: `config = settle(Stage2Config, 2, overrides_of(args, KEYS), args.output_dir)`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import Any, TypeVar

from gac_core.contract.errors import GacError, RequestError, as_known
from training.console import print_at_once
from training.fit.settings import DEVICES, PRECISIONS, WARN, FitSettings

DEFAULTS = ("hardware.lowvr", "models.lowvr")
"""Configs under those of the stage."""

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
"""Flags, by the name of their value, and the settings that they are."""

Schema = TypeVar("Schema")


def add_flags(parser: argparse.ArgumentParser, stage: int) -> None:
    """Add the shared flags; those that are not given leave the configs as they are."""
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="BigEarthNet v2, or a folder of pairs")
    add("--output-dir", type=Path, required=True, help="where checkpoints, logs and the part go")
    add("--config", action="append", default=[], metavar="NAME", help="YAML over the defaults "
        f"({', '.join(DEFAULTS)}, train/stage{stage}.lowvr); may be given again")  # fmt: skip
    add("--resume", action="store_true", help="go on with what is in --output-dir")
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
    """Add the flags that say how many processes work together."""
    add = parser.add_argument
    add("--devices", type=_devices, metavar="N|auto",
        help="GPUs of each node, or processes where there is none; auto: all GPUs")  # fmt: skip
    add("--num-nodes", type=_count, metavar="N", help="computers that work together")


def settle(
    schema: type[Schema],
    stage: int,
    overrides: Mapping[str, Any],
    out: Path,
    *,
    configs: Sequence[str | Path] = (),
    resume: bool = False,
) -> Schema:
    """The settings: defaults, then the configs given, then flags.

    The output folder is this process's alone from here to the end of `carry_out`, and they are
    written to its `config.yaml`, unless a training is there: then that is the one it began with.

    Args:
        schema: `training.sections.Stage2Config` or `Stage3Config`.
        stage: 2 or 3.
        overrides: Values by dotted key (`overrides_of`, `settings_by_name`).
        out: The output folder.
        configs: YAML files over the defaults.
        resume: Go on with what is in the folder.

    Raises:
        RequestError: If a config or a value is wrong.
        OutputError: If they cannot be written, would be written over another training, or another
            one is at work there.
    """
    # Here: what prints `--help` need not wait for the libraries.
    from training.alone import stay_alone
    from training.config import RESOLVED, load, save
    from training.fit.checkpoint import holds_training, require_fresh
    from training.launch import assemble

    names = [*DEFAULTS, f"train/stage{stage}.lowvr", *configs]
    config = load(schema, names, overrides)
    fit: FitSettings = config.fit  # type: ignore[attr-defined]

    def begin() -> None:
        stay_alone(out)
        if not resume:
            require_fresh(out)
        if not holds_training(out):
            save(config, out / RESOLVED)

    assemble(fit).from_lead(begin)
    return config


def overrides_of(args: argparse.Namespace, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that a command line gives, by dotted key.

    Args:
        args: What `add_flags` parsed, and the stage's own flags.
        keys: The stage's own flags and their settings, as in `KEYS`.
    """
    given = {key: getattr(args, flag, None) for flag, key in {**KEYS, **keys}.items()}
    return {key: value for key, value in given.items() if value is not None}


def settings_by_name(
    schema: type[Any], keys: Mapping[str, str], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return settings that a function call gives, by dotted key.

    Args:
        schema: `training.sections.Stage2Config` or `Stage3Config`.
        keys: The stage's own flags and their settings, as in `KEYS`.
        values: By the name of a flag (`lora_rank`), of a setting that is the only one of that name
            (`judged`), or by dotted key (`bridge.reduced`).

    Raises:
        RequestError: If there is no such setting, or several.
    """
    from training.config import keys_of

    known, flags = keys_of(schema), {**KEYS, **keys}
    settings = {}
    for name, value in values.items():
        alike = [key for key in known if key.rsplit(".", 1)[-1] == name]
        if name in flags:
            settings[flags[name]] = value
        elif len(alike) == 1:
            settings[alike[0]] = value
        elif alike:
            raise RequestError(
                f"Several settings are called {name}: {', '.join(alike)}.",
                f"Name one of them in full: **{{{alike[0]!r}: …}}.",
            )
        else:
            settings[name] = value  # a dotted key, or one that `load` refuses with the nearest
    return settings


@contextmanager
def held_folder() -> Iterator[None]:
    """Let go of the folder that `settle` held when a call is over; a process does so at its end."""
    from training.alone import let_go

    try:
        yield
    finally:
        let_go()


def call(function: str, settings: Mapping[str, Any]) -> str:
    """Return a function call as a part's card tells it, without folders, as `command`."""
    told = (f"{name}={_public(value)!r}" for name, value in settings.items())
    return f"{function}({', '.join(told)})"


def _public(value: Any) -> Any:
    return PureWindowsPath(value).name or value if isinstance(value, str | Path) else value


def command(program: str, words: Sequence[str] | None = None) -> str:
    """A command line as a part's card tells it: of folders and files the names alone.

    Cards are public, and where somebody's files lie is nobody's business.

    Args:
        program: As `training.train_stage2`.
        words: Its arguments; None: those of this process.
    """
    told = [f"python -m {program}"]
    for word in sys.argv[1:] if words is None else words:
        flag, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        # Windows' rules know both kinds of slash.
        told.append(flag + equals + (PureWindowsPath(value).name or value))
    return " ".join(told)


def carry_out(train: Callable[[], Any]) -> int:
    """Train, and say how it ended: what was reached and not earned, or what went wrong.

    Args:
        train: Gives a FitResult.

    Returns:
        The exit status: 0; 1 after an error; 130 when it was stopped and can be resumed.
    """
    print_at_once()
    if all(os.environ.get(rank, "0") == "0" for rank in ("RANK", "LOCAL_RANK", "SLURM_PROCID")):
        print("Loading the libraries takes up to a minute …")
    from training.alone import let_go
    from training.launch import current, disband, status

    try:
        result = train()
        current().finish()
    except KeyboardInterrupt:
        if current().speaks:
            print("\nStopped at once; --resume goes on from the last checkpoint.", file=sys.stderr)
        return status(130)
    except Exception as error:
        known = in_words(as_known(error))
        current().leave(known)
        if os.environ.get("GAC_DEBUG"):
            raise
        if current().speaks:
            _tell(known)
        return status(130 if known.code == "stopped" else 1)
    finally:
        let_go()
        disband()
    print(result.told())
    return 0


def in_words(error: Exception) -> GacError:
    """An error as it is told; one that GAC does not know is a fault in it."""
    if isinstance(error, GacError):
        return error
    return GacError(
        f"Training failed: {type(error).__name__}: {error}.",
        "This is a fault in GAC. Set GAC_DEBUG=1, run again, and report what it prints.",
    )


def _tell(error: GacError) -> None:
    print(f"\n{error.message}", file=sys.stderr)
    if error.remedy:
        print(error.remedy, file=sys.stderr)


def _devices(text: str) -> int:
    return 0 if text == "auto" else _count(text)


def _count(text: str) -> int:
    return _at_least(text, 1)


def _from_zero(text: str) -> int:
    return _at_least(text, 0)


def _at_least(text: str, least: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if value < least:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from {least} up")
    return value


def _above_zero(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no number above 0")
    return value
