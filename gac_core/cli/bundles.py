"""Commands `gac bundle pack` and `gac bundle check`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gac_core.models.bundle import Bundle
    from gac_core.models.checking import Check
    from gac_core.models.library import Library


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
    from gac_core.models.evaluated import read_evaluation
    from gac_core.models.library import Library
    from gac_core.models.lineage import read_trained
    from gac_core.models.packing import Label, pack

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
    from gac_core.models.checking import load

    missing = library.describe(bundle)["problem"]
    if missing:
        print(f"Not loaded to be checked: {missing}", file=sys.stderr)
        return
    print("Loading the networks to check them: a minute for large ones …", file=sys.stderr)
    load(bundle, library)


def _check(options: argparse.Namespace) -> int:
    from gac_core.contract.layout import CARD
    from gac_core.models.card import UNUSABLE, unusable
    from gac_core.models.checking import check_bundle
    from gac_core.models.library import Library
    from gac_core.models.telling import tell

    library = Library.default()
    bundle = library.find(options.bundle)
    if not options.quick:
        print("Hashing and loading: a minute for large bundles …", file=sys.stderr)
    try:
        result = check_bundle(bundle, library, quick=options.quick)
        report = json.dumps(result.to_dict(), indent=2) if options.json else tell(result)
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
    from gac_core.models.checking import MISSING, UNKNOWN

    unknown = sum(file.state == UNKNOWN for file in found.files)
    absent = [file.file for file in found.files if file.state == MISSING]
    summary = "Every file is there and hashes to what its card says"
    if unknown:
        summary += f", but for {unknown} whose hash the card does not give"
    if absent:
        summary += f"; {absent[0]}, which training alone needs, is not here"
    return f"{summary}; {'every tensor fits' if found.loaded else 'not loaded (--quick)'}."
