"""Weight files of publishers: unwrapped, unknown tensors named and left, hashes told."""

from __future__ import annotations

import pytest
import torch

from gac_core.contract.errors import BundleError
from tests.core.networks.published import CASES, FILES, LOADED, NOTED, REFUSED, Lab


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return Lab(tmp_path_factory.mktemp("published"))


@pytest.mark.parametrize("case", CASES, ids=[case.about for case in CASES])
def test_a_published_file(lab, case):
    models = lab.models(case)
    if case.result == REFUSED:
        with pytest.raises(BundleError) as refused:
            lab.load(case, models)
        assert str(lab.folder / FILES[case.network]) in refused.value.message
        return
    network = lab.load(case, models)
    assert bool(models.notes) == (case.result == NOTED)
    assert case.result in (LOADED, NOTED)
    published = lab.published[case.network]
    tolerance = 1e-2 if "16-bit" in case.about else 0.0
    compared = 0
    for name, value in network.state_dict().items():
        if "pos_embed" in name and case.network == "prithvi":
            continue
        expected = published.get(name, published.get(f"encoder.{name}"))
        if expected is None:
            continue
        assert torch.allclose(value, expected, atol=tolerance, rtol=tolerance), name
        compared += 1
    assert compared > 20
