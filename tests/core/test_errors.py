"""Errors that any part of GAC can meet and users can cure: told in words, not as GAC's faults."""

from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest

from gac_core import io
from gac_core.cli.commands import main
from gac_core.contract.errors import DiskFull, GacError, OutputError, SceneError, as_user_error
from gac_core.contract.message import Message
from tests.problems import assert_problem


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ENOSPC", "disk-full"),
        ("EDQUOT", "file-size-limit"),
        ("EFBIG", "file-size-limit"),
        ("EACCES", "permission-denied"),
        ("EROFS", "disk-read-only"),
        ("EIO", "disk-failing"),
        ("ESTALE", "disk-failing"),
        ("ENOLCK", "locks-not-supported"),
        ("EMFILE", "too-many-open-files"),
        ("ENAMETOOLONG", "path-too-long"),
    ],
)
def test_what_the_system_refuses_is_no_fault_of_ours(name: str, problem: str) -> None:
    number = getattr(errno, name)
    known = as_user_error(OSError(number, os.strerror(number), "/out/x"))
    assert isinstance(known, OutputError) and known.remedy
    assert_problem(known, problem, "/out/x")
    assert isinstance(known, DiskFull) == (number in io.FULL)


def test_a_fault_of_ours_stays_one() -> None:
    for error in (ValueError("odd"), KeyError("x"), FileNotFoundError(errno.ENOENT, "gone", "x")):
        assert not isinstance(as_user_error(error), GacError)


def test_errors_of_other_processes_are_what_they_were() -> None:
    error = SceneError(Message("{} is a mask.", "a.tif"), Message("Give {}.", "b"), problem="mask")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is SceneError and str(again) == "a.tif is a mask. Give b."
    assert_problem(again, "mask", "a.tif")
    assert again.remedy == "Give b." and again.remedy.arguments == ("b",)


@pytest.mark.parametrize(
    "words", [["score", "a.tif", "a\0"], ["inspect", "a\0"], ["models", "import", "a\0"]]
)
def test_a_null_byte_in_a_path_is_refused_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(words) == 1
    assert "fault in GAC" not in capsys.readouterr().err
