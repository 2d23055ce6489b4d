"""Command `gac models`: list, fetch, verify, import, delete, and the models folder."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gac_core.cli.events import fail, say
from gac_core.models.home import models_home
from gac_core.raster.space import free_bytes, size

if TYPE_CHECKING:
    from gac_core.store.listing import Entry
    from gac_core.store.tending import Done

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
        amount = f"{size(done)} of {size(total)}" if total else "…"
        print(f"\r\033[K{what}: {amount}", end="", file=sys.stderr, flush=True)

    def done(self, done: Done) -> None:
        if self._last:
            print(file=sys.stderr)
        for text in done.told:
            print(text)
        for text in done.warned:
            print(f"Note: {text}")

    def entries(self, found: list[Entry], about: dict[str, Any]) -> None:
        from gac_core.store.telling import tell_entries

        print(tell_entries(found, about))


class _Json:
    """Output for programs: the worker's events, one line each."""

    def __init__(self) -> None:
        self._last = 0.0

    def progress(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._last + PAUSE or done >= total:
            self._last = now
            say("progress", file=what, done=done, total=total)

    def done(self, done: Done) -> None:
        say("result", result={"told": done.told, "warned": done.warned})

    def entries(self, found: list[Entry], about: dict[str, Any]) -> None:
        say("result", result={**about, "bundles": [entry.to_dict() for entry in found]})


def _carry_out(options: argparse.Namespace, voice: _Terminal | _Json) -> int:
    from gac_core.models.library import Library
    from gac_core.store import deleting, fetching, importing, listing, moving
    from gac_core.store.tending import Done

    home = models_home()
    library = Library.of_home(home)
    match options.action:
        case "list":
            about = {"folder": str(home.path), "fixed": home.is_fixed, "there": home.is_there}
            about["free"] = free_bytes(home.path)
            voice.entries(listing.entries(home, library), about)
        case "fetch":
            voice.done(fetching.fetch(library.find(options.bundle), home, library, voice.progress))
        case "verify":
            return _verify(options.bundle, voice)
        case "import":
            path = Path(options.path).expanduser().absolute()
            voice.done(
                importing.import_models(
                    path, home, library, voice.progress, replace=options.replace
                )
            )
        case "delete":
            voice.done(deleting.delete_named(options.bundle, home, library, forget=options.forget))
        case "folder" if options.folder is None:
            voice.done(Done([str(home.path)], []))
        case "folder":
            folder = Path(options.folder)
            voice.done(moving.move_home(home, folder, voice.progress, leave=options.leave))
    return 0


def _verify(name: str | None, voice: _Terminal | _Json) -> int:
    from gac_core.models.checking import OK, UNKNOWN
    from gac_core.models.library import Library
    from gac_core.store.listing import verify
    from gac_core.store.tending import Done

    home = models_home()
    library = Library.of_home(home)
    if name is not None:
        bundles = [library.find(name)]
    else:
        bundles = [one for one in library.bundles() if library.describe(one)["ready"]]
    done, is_sound = Done([], []), True
    for bundle in bundles:
        result = verify(bundle, home, library, voice.progress)
        states = [file.state for file in result.files]
        if result.sound:
            right, unknown = states.count(OK), states.count(UNKNOWN)
            done.told.append(
                f"{bundle.title}: {right} files verified, {unknown} without a known hash."
            )
        is_sound &= result.sound
        done.warned.extend(f"{problem} {remedy}" for problem, remedy in result.problems)
    voice.done(done)
    return 0 if is_sound else 1
