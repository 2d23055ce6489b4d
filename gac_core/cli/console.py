"""Runs in a terminal: progress bar, results, and notes."""

from __future__ import annotations

import sys
from pathlib import Path

from tqdm import tqdm

from gac_core.bundles.library import Library
from gac_core.cli.common import describe, printable
from gac_core.contract.request import RunRequest
from gac_core.engine.maps import require_doubt, require_spread
from gac_core.engine.plan import scope_of
from gac_core.progress import Progress, StageDone


class _Bar:
    """Progress bar of a run on standard error."""

    def __init__(self) -> None:
        self._bar = tqdm(
            total=100.0,
            desc="Loading",
            bar_format="{desc}: {percentage:3.0f}%|{bar}| {elapsed}{postfix}",
            file=sys.stderr,
        )

    def progress(self, progress: Progress) -> None:
        self._bar.set_description_str(progress.message, refresh=False)
        seconds = progress.seconds_left
        postfix = "" if seconds is None else f"{tqdm.format_interval(seconds)} left"
        self._bar.set_postfix_str(postfix, refresh=False)
        self._bar.update(progress.percent - self._bar.n)

    def stage_done(self, done: StageDone) -> None:
        score = "undefined" if done.gac is None else f"{done.gac:.2f}"
        self._bar.write(
            f"opt_v{done.stage}: {done.path} ({done.seconds:.1f} s, SAR agreement {score})",
            file=sys.stdout,
        )
        sys.stdout.flush()

    def check(self) -> None:
        """Do nothing: Ctrl-C stops a run in a terminal."""

    def close(self) -> None:
        self._bar.close()


def run_in_console(request: RunRequest) -> int:
    """Run a request and report on the terminal."""
    library = Library.default()
    with scope_of(request, library) as scope:
        info, optical = scope.scene.info(), scope.optical
        for line in describe(info if optical is None else {**info, "optical": optical.info()}):
            print(line, flush=True)
        _tell_start()
        from gac_core.engine.pipeline import run
        from gac_core.networks.loading import ModelCache

        bar = _Bar()
        try:
            result = run(scope.request, ModelCache(library), bar, scope=scope)
        finally:
            bar.close()
        warnings = [*info["warnings"], *([] if optical is None else optical.notes)]
    if result.critique:
        print(result.critique)
    for note in result.notes:
        if note not in warnings:
            print(printable(f"Note: {note}"))
    print(result.notice)
    print(f"Record: {result.run_json}")
    return 0


def doubt_in_console(folder: Path, stage: int | None) -> int:
    """Map the critic's doubt about a run's stage, None: its last, and report on the terminal."""
    library = Library.default()
    stage = require_doubt(folder, stage, library)
    _tell_start()
    from gac_core.engine.doubt_map import HIGH, map_of_doubt
    from gac_core.networks.loading import ModelCache

    bar = _Bar()
    try:
        doubt = map_of_doubt(folder, stage, ModelCache(library), bar)
    finally:
        bar.close()
    print(f"Doubt of the adversary in opt_v{stage}: {doubt.path}")
    if doubt.mean is not None and doubt.share is not None:
        print(
            f"Mean {doubt.mean:.2f}, real images 0.50; above {HIGH} in {100 * doubt.share:.0f} % "
            f"of the area, real images in {100 * (1 - HIGH):.0f} %."
        )
    print(
        "SYNTHETIC. It is a network's judgement, trained on the same few places as the images, "
        "and no probability of error."
    )
    return 0


def spread_in_console(folder: Path, count: int) -> int:
    """Compute the spread of a run's samples and report on the terminal."""
    library = Library.default()
    seeds = require_spread(folder, count, library)
    _tell_start()
    from gac_core.engine.spread import spread_of
    from gac_core.networks.loading import ModelCache

    bar = _Bar()
    try:
        path = spread_of(folder, seeds, ModelCache(library), bar)
    finally:
        bar.close()
    print(
        f"Spread of {count} samples: {path}\nSYNTHETIC. It understates error: it does not know "
        "what the model does not know."
    )
    return 0


def _tell_start() -> None:
    print("Starting the engine (the first time takes about half a minute) …", file=sys.stderr)
