"""Commands `gac models` and `gac bundle`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gac_core.bundles.library import models_home
from gac_core.cli.common import emit, fail
from gac_core.contract.message import Message, join, with_words
from gac_core.io import format_size, free_bytes

if TYPE_CHECKING:
    from gac_core.bundles.bundle import Bundle
    from gac_core.bundles.library import Library
    from gac_core.store.integrity import Check
    from gac_core.store.listing import Entry
    from gac_core.store.lock import Outcome

PAUSE = 0.2
"""Minimum seconds between two progress outputs."""


def add_models(command: argparse.ArgumentParser) -> None:
    """Add the options of `gac models`."""
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    list_ = actions.add_parser("list", help="what is here, and what could be fetched")
    fetch = actions.add_parser(
        "fetch",
        help="fetch a bundle's published weights from Hugging Face or a mirror (HF_ENDPOINT, "
        "HF_TOKEN); Ctrl-C pauses, the same command goes on",
    )
    verify = actions.add_parser("verify", help="hash every file and compare")
    verify.add_argument("bundle", nargs="?", metavar="BUNDLE", help="left out: all that are here")
    import_ = actions.add_parser("import", help="take a bundle or weights from a folder or archive")
    import_.add_argument("path", metavar="PATH", help="folder, zip or tar file")
    import_.add_argument("--replace", action="store_true", help="replace a bundle of that name")
    delete = actions.add_parser("delete", help="delete a bundle, and weights that nothing needs")
    delete.add_argument(
        "--forget", action="store_true", help="forget the hashes of its first downloads too"
    )
    for action in (fetch, delete):
        action.add_argument("bundle", metavar="BUNDLE", help="a bundle's name")
    folder = actions.add_parser("folder", help="say or change where models live")
    folder.add_argument("folder", nargs="?", metavar="DIR", help="the new folder")
    folder.add_argument("--leave", action="store_true", help="do not move what is there")
    for action in (list_, fetch, verify, import_, delete, folder):
        action.add_argument("--json", action="store_true", help="lines of JSON, for programs")


def run_models(options: argparse.Namespace) -> int:
    """Run `gac models`; return the exit status."""
    if not options.json:
        return _carry_out(options, _Terminal())
    voice = _Json()
    try:
        return _carry_out(options, voice)
    except Exception as error:  # programs expect every outcome as JSON
        fail(error)
        return 1


class _Terminal:
    """Output for people."""

    def __init__(self) -> None:
        self._last = 0.0

    def progress(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._last + PAUSE and done < total:
            return
        self._last = now
        amount = f"{format_size(done)} of {format_size(total)}" if total else "…"
        print(f"\r\033[K{what}: {amount}", end="", file=sys.stderr, flush=True)

    def done(self, done: Outcome) -> None:
        if self._last:
            print(file=sys.stderr)
        for text in done.told:
            print(text)
        for text in done.warned:
            print(f"Note: {text}")

    def entries(self, found: list[Entry], about: dict[str, Any]) -> None:
        from gac_core.store.listing import format_entries

        print(format_entries(found, about))


class _Json:
    """Output for programs: the worker's events, one line each."""

    def __init__(self) -> None:
        self._last = 0.0

    def progress(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._last + PAUSE or done >= total:
            self._last = now
            emit("progress", file=what, done=done, total=total)

    def done(self, done: Outcome) -> None:
        emit("result", result={"told": done.told, "warned": done.warned})

    def entries(self, found: list[Entry], about: dict[str, Any]) -> None:
        emit("result", result={**about, "bundles": [entry.to_dict() for entry in found]})


def _carry_out(options: argparse.Namespace, voice: _Terminal | _Json) -> int:
    from gac_core.bundles.library import Library
    from gac_core.store import download, install, listing, maintenance
    from gac_core.store.lock import Outcome

    home = models_home()
    library = Library.of_home(home)
    match options.action:
        case "list":
            about = {"folder": str(home.path), "fixed": home.is_fixed, "there": home.is_there}
            about["free"] = free_bytes(home.path)
            voice.entries(listing.entries(home, library), about)
        case "fetch":
            voice.done(
                download.download_weights(
                    library.find_card(options.bundle), home, library, voice.progress
                )
            )
        case "verify":
            return _verify(options.bundle, voice)
        case "import":
            path = Path(options.path).expanduser().absolute()
            voice.done(
                install.import_models(path, home, library, voice.progress, replace=options.replace)
            )
        case "delete":
            voice.done(
                maintenance.delete_named(options.bundle, home, library, forget=options.forget)
            )
        case "folder" if options.folder is None:
            voice.done(Outcome([str(home.path)], []))
        case "folder":
            folder = Path(options.folder)
            voice.done(maintenance.move_home(home, folder, voice.progress, leave=options.leave))
    return 0


def _verify(name: str | None, voice: _Terminal | _Json) -> int:
    from gac_core.bundles.library import Library
    from gac_core.store.integrity import OK, REPORTED, UNKNOWN
    from gac_core.store.listing import verify
    from gac_core.store.lock import Outcome

    home = models_home()
    library = Library.of_home(home)
    if name is not None:
        bundles = [library.find_card(name)]
    else:
        bundles = [one for one in library.cards() if library.describe(one)["ready"]]
    done, is_sound = Outcome([], []), True
    for bundle in bundles:
        result = verify(bundle, home, library, voice.progress)
        states = [file.state for file in result.files]
        if result.sound:
            right = states.count(OK)
            unknown = states.count(UNKNOWN) + states.count(REPORTED)
            done.told.append(
                Message(
                    "{}: {} files verified, {} without a known hash.", bundle.title, right, unknown
                )
            )
        is_sound &= result.sound
        done.warned.extend([*map(join, result.problems), *result.notes])
    voice.done(done)
    return 0 if is_sound else 1


def add_bundle(command: argparse.ArgumentParser) -> None:
    """Add the options of `gac bundle`."""
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    pack = actions.add_parser("pack", help="make a bundle of trained parts and their base")
    pack.add_argument(
        "--base", required=True, metavar="BUNDLE", help="bundle that the parts were trained on"
    )
    pack.add_argument("--stage2", metavar="PART", help="folder that a training of stage 2 left")
    pack.add_argument("--stage3", metavar="PART", help="folder that a training of stage 3 left")
    pack.add_argument("--name", required=True, metavar="NAME", help="by which runs choose it")
    pack.add_argument("--title", required=True, metavar="TITLE", help="what people read")
    pack.add_argument("--licence", metavar="TEXT", help="of the whole; left out: its parts' own")
    pack.add_argument("--out", required=True, metavar="DIR", help="the new bundle's folder")
    pack.add_argument(
        "--scores", metavar="FILE", help="scores.json of training.evaluate, of these same weights"
    )
    pack.add_argument("--half", action="store_true", help="store copied weights as 16-bit numbers")
    pack.add_argument("--replace", action="store_true", help="replace a bundle that lies in DIR")
    pack.add_argument("--quick", action="store_true", help="do not load the networks to check them")
    check = actions.add_parser("check", help="verify a bundle and print its card")
    check.add_argument("bundle", metavar="BUNDLE", help="a bundle's name or folder")
    check.add_argument("--quick", action="store_true", help="hashes only; load nothing")
    check.add_argument("--json", action="store_true", help="print JSON")


def run_bundle(options: argparse.Namespace) -> int:
    """Run `gac bundle`; return the exit status."""
    return _pack(options) if options.action == "pack" else _check(options)


def _pack(options: argparse.Namespace) -> int:
    from gac_core.bundles.card import read_evaluation
    from gac_core.bundles.library import Library
    from gac_core.bundles.part import read_trained
    from gac_core.store.packing import Label, pack

    label = Label(options.name, options.title, options.licence)
    library = Library.default()
    parts = [
        read_trained(Path(folder), stage)
        for stage, folder in ((2, options.stage2), (3, options.stage3))
        if folder is not None
    ]
    evaluation = read_evaluation(Path(options.scores).expanduser()) if options.scores else None
    bundle = pack(
        library.find(options.base),
        parts,
        Path(options.out),
        label,
        library,
        evaluation=evaluation,
        half=options.half,
        replace=options.replace,
        verify=lambda made: None if options.quick else _require_loading(made, library),
    )
    print(f"Packed {bundle.title} into {bundle.path}")
    for note in bundle.notes:
        print(f"Note: {note}")
    if bundle.path.name != bundle.name:
        print(f"To be chosen by its name, its folder must be called {bundle.name}.")
    print(f"Its card: gac bundle check {bundle.path}")
    return 0


def _require_loading(bundle: Bundle, library: Library) -> None:
    """Check that every tensor fits, unless published weights are missing on this machine."""
    from gac_core.store.integrity import load

    missing = library.describe(bundle)["problem"]
    if missing:
        print(f"Not loaded to be checked: {missing}", file=sys.stderr)
        return
    print("Loading the networks to check them: a minute for large ones …", file=sys.stderr)
    load(bundle, library)


def _check(options: argparse.Namespace) -> int:
    from gac_core.bundles.card import UNUSABLE, unusable
    from gac_core.bundles.library import Library
    from gac_core.contract.layout import CARD
    from gac_core.store.integrity import check_bundle
    from gac_core.store.listing import format_card

    library = Library.default()
    bundle = library.find(options.bundle)
    if not options.quick:
        print("Hashing and loading: a minute for large bundles …", file=sys.stderr)
    try:
        result = check_bundle(bundle, library, quick=options.quick)
        if options.json:
            report = json.dumps(with_words(result.to_dict()), indent=2)
        else:
            report = format_card(result)
    except UNUSABLE as error:
        raise unusable(bundle.path / CARD, error) from error
    print(report)
    if options.json:
        return 0 if result.sound else 1
    print()
    for problem, remedy in result.problems:
        print(f"PROBLEM: {problem} {remedy}")
    if result.sound:
        print(f"The bundle is whole. {_looked_at(result)}")
    return 0 if result.sound else 1


def _looked_at(found: Check) -> str:
    """Return a summary of a successful check, including what could not be checked."""
    from gac_core.store.integrity import MISSING, UNKNOWN

    unknown = sum(file.state == UNKNOWN for file in found.files)
    absent = [file.file for file in found.files if file.state == MISSING]
    summary = "Every file is there and hashes to what its card says"
    if unknown:
        summary += f", but for {unknown} whose hash the card does not give"
    if absent:
        summary += f"; {absent[0]}, which training alone needs, is not here"
    return f"{summary}; {'every tensor fits' if found.loaded else 'not loaded (--quick)'}."
