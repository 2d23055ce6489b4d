"""Every bad input goes to one worker, one after another, and the worker is as good as new after."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.core.inputs.bench import Unavailable
from tests.core.inputs.case import Case
from tests.core.inputs.cases import CASES
from tests.core.inputs.trial import Lab


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    if sys.platform != "linux":
        pytest.skip("the inputs are made with what Linux offers")
    # Not pytest's folder: its long names would not leave room for names of the longest kind.
    with tempfile.TemporaryDirectory(prefix="gac-", ignore_cleanup_errors=True) as folder:
        lab = Lab(Path(os.path.realpath(folder)))
        yield lab
        lab.close()


@pytest.fixture(scope="module")
def before(lab: Lab) -> list[np.ndarray]:
    return lab.good()


def test_names_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({case.about for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_user_sees(lab: Lab, before: list[np.ndarray], case: Case) -> None:
    try:
        verdict = lab.judge(case)
    except Unavailable as error:
        pytest.skip(str(error))
    if not case.fault:
        assert not verdict.problems, "\n".join(verdict.problems)
    elif verdict.problems:
        pytest.xfail(case.fault)
    else:
        pytest.fail(f"this fault is gone, its mark can go too: {case.fault}")


def test_a_good_run_gives_what_it_gave_before(lab: Lab, before: list[np.ndarray]) -> None:
    after = lab.good()
    assert len(after) == 3
    for earlier, later in zip(before, after, strict=True):
        np.testing.assert_array_equal(earlier, later)
