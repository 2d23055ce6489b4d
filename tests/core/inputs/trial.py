"""Sends a bad input to a worker and judges what comes of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from gac_core.contract.message import Message, restored
from scripts import words
from tests.core.inputs.bench import Bench, decibels
from tests.core.inputs.case import Case, Fails, Params
from tests.core.inputs.client import TERMINAL, Client, Event
from tests.core.inputs.traces import pixels, snapshot, traces
from tests.core.tiny import write_tiny_bundle

FIRST = 240.0
"""Seconds that a worker's first run may take: it imports PyTorch and TerraTorch."""

LIMIT = 40.0
"""Seconds that any later run may take."""


JARGON = (
    *("previous exception", "IReadBlock", "TIFFRead", "at offset", "supported file format"),
    *("torch.load", "codec", "state_dict", "object is not", "argument", "mmap", "object has no"),
)
"""Words of libraries that have no place in a message."""


@dataclass
class Verdict:
    """A case's outcome.

    Attributes:
        case: It.
        root: Its folder, whose name the table leaves out.
        event: The event that ended the run; None: none came.
        problems: What is not as it should be.
    """

    case: Case
    root: Path
    event: Event | None = None
    problems: list[str] = field(default_factory=list)


class Lab:
    """A worker and a good bundle; use `close` at the end.

    Args:
        root: Folder for everything.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = root / "library"
        self.library.mkdir()
        self.worker = self._start()
        self.worker.send("hello")  # it imports PyTorch while the bundle is being made
        write_tiny_bundle(self.library / "tiny")
        self._cases = 0

    def _start(self) -> Client:
        return Client(self.library, self.root / "worker.log")

    def good(self) -> list[np.ndarray]:
        """The pixels of a good run through all stages."""
        self._cases += 1
        bench = self._bench(f"good-{self._cases}")
        try:
            params = {**usual(bench, {}), "sar": [bench.scene(decibels(120, 110))], "stages": 3}
            event = self.worker.events(self.worker.send("run", **params), FIRST)[-1]
            assert event["event"] == "result", event
            return [pixels(Path(path)) for path in event["result"]["outputs"].values()]
        finally:
            bench.close()

    def _bench(self, name: str) -> Bench:
        return Bench(self.root / "cases" / name, self.library, self.worker)

    def judge(self, case: Case) -> Verdict:
        """Makes the input, sends it, and looks at everything that must hold.

        Raises:
            Unavailable: If this machine cannot make the input.
        """
        bench = self._bench(case.name)
        try:
            params = usual(bench, case.build(bench))
            before = snapshot(bench.root)
            verdict = Verdict(case, bench.root)
            self._run(verdict, bench, params)
            verdict.problems += traces(bench, _folder(params), before)
            if verdict.event is not None:
                verdict.problems += _answer(case, params, verdict.event)
            if case.check is not None:
                try:
                    case.check(bench)
                except AssertionError as error:
                    verdict.problems.append(str(error) or "the last check failed")
            return verdict
        finally:
            bench.close()

    def _run(self, verdict: Verdict, bench: Bench, params: Params) -> None:
        case, meddled = verdict.case, False

        def watch(event: Event) -> None:
            nonlocal meddled
            due = event["event"] == "progress" and event["stage"] == case.during
            if due and not meddled and case.meddle is not None:
                meddled = True
                case.meddle(bench)

        try:
            ident = self.worker.send(case.method, **params)
            seen = self.worker.events(ident, LIMIT, watch=watch)
            verdict.event = seen[-1]
            listed = self.worker.events(self.worker.send("bundles"), LIMIT)
        except (TimeoutError, OSError) as error:
            verdict.problems.append(str(error))
            self.worker.close()
            self.worker = self._start()
            self.good()
            return
        if any(e.get("id") == ident and e["event"] in TERMINAL for e in listed):
            verdict.problems.append("the run ended more than once")
        if listed[-1]["event"] != "result":
            verdict.problems.append(f"bundles are not listed any more: {listed[-1]['message']}")
        if case.meddle is not None and not meddled:
            verdict.problems.append("the run ended before anything could happen to it")

    def close(self) -> None:
        """Ends the worker."""
        self.worker.close()


def usual(bench: Bench, changes: Params) -> Params:
    """The request of a good, short run with some of its entries changed."""
    scene = {} if "sar" in changes else {"sar": [bench.scene()]}
    params = {
        **scene,
        "out": str(bench.out),
        "bundle": "tiny",
        "stages": 1,
        "timesteps_1": 1,
        "timesteps_3": 1,
        "device": "cpu",
    }
    return {**params, **changes}


def _answer(case: Case, params: Params, event: Event) -> list[str]:
    """Return faults of the event that ended the run."""
    expect, event = case.expect, restored(event)
    if event["event"] == "result":
        if isinstance(expect, Fails):
            return [f"it ran, with the notes {notes_of(event)}"]
        notes = notes_of(event)
        problems = [f"no note says {w!r}: {notes}" for w in expect.notes if not _says(w, *notes)]
        return [*problems, *_english_only(*notes)]
    if event["event"] != "error":
        return [f"it ended as {event['event']}"]
    said = f"{event['code']}: {event['message']}"
    problems = [] if isinstance(expect, Fails) else [f"it failed: {said}"]
    problems += _english_only(event["message"], event["remedy"])
    if event["code"] == "internal" or event["details"]:
        problems.append(f"an internal error: {said}")
    if not event["remedy"]:
        problems.append(f"no remedy: {said}")
    if not event["message"].endswith(".") or event["message"].endswith(".."):
        problems.append(f"the message does not end like a sentence: {said}")
    problems += [f"{word!r} means nothing to users: {said}" for word in JARGON if word in said]
    if isinstance(expect, Fails):
        if event["code"] != expect.code:
            problems.append(f"the code is not {expect.code}: {said}")
        problems += [f"no {w!r} in: {said}" for w in expect.message if not _says(w, said)]
        remedy = event["remedy"]
        problems += [f"no {w!r} in: {remedy}" for w in expect.remedy if not _says(w, remedy)]
        lists = [params.get(name, []) for name in ("sar", "optical", "optical_other")]
        lists.append([params.get("optical_mask", "")])
        given = [path for each in lists if isinstance(each, (list, tuple)) for path in each]
        if expect.code == "scene" and not any(name and name in said for name in _names(given)):
            problems.append(f"no file is named in: {said}")
    return problems


def notes_of(event: Event) -> list[str]:
    """The notes of a run's result, or the warnings of what was inspected."""
    result = event["result"]
    if "notes" in result:
        return list(result["notes"])
    return [*result["warnings"], *result.get("optical", {}).get("warnings", [])]


def _english_only(*texts: str) -> list[str]:
    """Return faults of texts that the plugin could not say in German."""
    problems = [f"no template: {text!r}" for text in texts if not isinstance(text, Message)]
    for message in (text for text in texts if isinstance(text, Message)):
        problems += _english_only(*(a for a in message.arguments if isinstance(a, Message)))
        if any(map(str.isalpha, message.template)) and message.template not in _german():
            problems.append(f"no translation of {message.template!r}")
    return problems


@cache
def _german() -> frozenset[str]:
    entries = words.read(words.FOLDER / "gac_de.ts")
    return frozenset(text for text, entry in entries.items() if entry.forms)


def _names(sar: list[str]) -> list[str]:
    """The files' names as they can be shown."""
    return [os.fsencode(Path(path).name).decode(errors="replace") for path in sar]


def _folder(params: Params) -> Path:
    """The output folder, whatever the request calls one."""
    return Path(str(params["out"]).replace("\0", "") or "nowhere").resolve()


def _says(words: str, *texts: str) -> bool:
    return any(words.lower() in text.lower() for text in texts)
