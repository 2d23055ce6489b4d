"""A state that several threads want at once."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from gac_core.networks.loading import SharedContext


def test_the_first_enters_and_the_last_leaves():
    told = []

    @contextmanager
    def state():
        told.append("on")
        yield
        told.append("off")

    shared = SharedContext(state)
    shared.__enter__()
    with shared:
        assert told == ["on"]
    assert told == ["on"]
    shared.__exit__(None, None, None)
    assert told == ["on", "off"]
    with pytest.raises(ValueError, match="inside"), shared:
        raise ValueError("inside")
    assert told == ["on", "off"] * 2
