"""Errors that any part of GAC can meet and users can cure: told in words, not as GAC's faults."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gac_core import io
from gac_core.cli.commands import main
from gac_core.contract.errors import DiskFull, GacError, OutputError, as_user_error


@pytest.mark.parametrize(
    "name",
    [
        "ENOSPC",
        "EDQUOT",
        "EFBIG",
        "EACCES",
        "EROFS",
        "EIO",
        "ESTALE",
        "ENOLCK",
        "EMFILE",
        "ENAMETOOLONG",
    ],
)
def test_what_the_system_refuses_is_no_fault_of_ours(name: str) -> None:
    number = getattr(errno, name)
    known = as_user_error(OSError(number, os.strerror(number), "/out/x"))
    assert isinstance(known, OutputError) and known.remedy and "/out/x" in known.message
    assert isinstance(known, DiskFull) == (number in io.FULL)


def test_a_fault_of_ours_stays_one() -> None:
    for error in (ValueError("odd"), KeyError("x"), FileNotFoundError(errno.ENOENT, "gone", "x")):
        assert not isinstance(as_user_error(error), GacError)


@pytest.mark.parametrize(
    "words", [["score", "a.tif", "a\0"], ["inspect", "a\0"], ["models", "import", "a\0"]]
)
def test_a_null_byte_in_a_path_is_refused_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(words) == 1
    assert "fault in GAC" not in capsys.readouterr().err
