"""Any JSON as a request: it is one, or it is refused in words."""

from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from gac_core.contract.errors import RequestError
from gac_core.contract.request import RunRequest
from tests.core.fuzz.budget import fuzz, in_words

numbers = st.integers() | st.floats() | st.sampled_from([10**400, -1, 0, 1, 2, 3, 10**30])
texts = st.text(max_size=6) | st.sampled_from(["", "auto", "db", "a\0b", "\ud800", "EPSG:4326"])
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from([field.name for field in fields(RunRequest)])
likely = {"sar": st.lists(texts, max_size=3), "out": texts, "extent": st.lists(numbers, max_size=5)}


@fuzz(150)
@given(
    st.dictionaries(names | texts, json_values, max_size=6),
    st.fixed_dictionaries({}, optional=likely),
)
def test_settings(one: dict, other: dict) -> None:
    check({**one, **other})


@fuzz(100)
@given(json_values)
def test_anything(value: object) -> None:
    check(value)


@fuzz(150)
@given(names, json_values)
def test_one_wrong_among_right_ones(name: str, value: object) -> None:
    check({"sar": ["a.tif"], "out": "there", name: value})


def check(value: object) -> None:
    try:
        request = RunRequest.from_dict(value)  # type: ignore[arg-type]
    except RequestError as error:
        in_words(error)
        return
    again = json.loads(json.dumps(request.to_dict()))
    assert RunRequest.from_dict(again) == request
    assert all(isinstance(path, str) for path in request.sar)
