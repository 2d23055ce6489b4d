"""Weight files: every tensor accounted for, and no code run while reading."""

from __future__ import annotations

import os
import pickle

import pytest
import torch
from torch import nn

from gac_core.contract.errors import BundleError
from gac_core.io import sha256
from gac_core.networks.weights import load_exactly, read_state, write_state
from tests.problems import raises


class Tied(nn.Module):
    """A network whose two layers share one weight, as TerraMind's token embedding does."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 3)
        self.second = nn.Linear(3, 3, bias=False)
        self.second.weight = self.first.weight


@pytest.fixture
def saved(tmp_path):
    module = Tied()
    write_state(module, tmp_path / "w.safetensors")
    return module, tmp_path / "w.safetensors"


def test_round_trip_keeps_every_bit_and_ties(saved):
    module, path = saved
    other = Tied()
    load_exactly(other, read_state(path), source=path)
    assert torch.equal(other.second.weight, module.first.weight)
    assert torch.equal(other.first.bias, module.first.bias)
    assert len(read_state(path)) == 2


def test_a_published_checkpoint_may_wrap_its_tensors(tmp_path):
    torch.save({"model": {"a": torch.ones(2)}}, tmp_path / "w.pt")
    assert torch.equal(read_state(tmp_path / "w.pt")["a"], torch.ones(2))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s: s.pop("first.bias"), ("weights-not-fitting", "missing")),
        (
            lambda s: s.update(extra=torch.ones(1)),
            ("weights-not-fitting", "not known to the model"),
        ),
        (
            lambda s: s.update({"first.bias": torch.ones(4)}),
            ("weights-not-fitting", "of another shape"),
        ),
        (lambda s: s["first.bias"].fill_(float("nan")), ("weights-not-finite",)),
    ],
)
def test_anything_amiss_is_an_error(saved, change, expected):
    _, path = saved
    state = read_state(path)
    change(state)
    with raises(BundleError, *expected):
        load_exactly(Tied(), state, source=path)


def test_tensors_known_to_be_useless_may_be_left(saved):
    _, path = saved
    state = {**read_state(path), "other.modality": torch.ones(1)}
    load_exactly(Tied(), state, source=path, may_be_left=lambda n: n.startswith("other."))


class Malicious:
    """Runs a command when it is unpickled."""

    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        return os.system, (f"touch {self.target}",)


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_malicious_checkpoint_runs_nothing(tmp_path, wrapped):
    target = tmp_path / "harm"
    content = {"model": {"a": Malicious(target)}} if wrapped else Malicious(target)
    if wrapped:
        torch.save(content, tmp_path / "w.pt")
    else:
        (tmp_path / "w.pt").write_bytes(pickle.dumps(content))
    with raises(BundleError, "weights-with-code"):
        read_state(tmp_path / "w.pt")
    assert not target.exists()


@pytest.mark.parametrize("name", ["w.safetensors", "w.pt"])
@pytest.mark.parametrize("content", [b"", b"not weights at all", b"\x80\x04" + bytes(100)])
def test_files_that_hold_no_weights(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BundleError):
        read_state(tmp_path / name)


def test_truncated_file(saved):
    _, path = saved
    path.write_bytes(path.read_bytes()[:-7])
    with raises(BundleError, "weights-damaged"):
        read_state(path)


def test_hash(tmp_path):
    (tmp_path / "f").write_bytes(b"abc")
    assert sha256(tmp_path / "f").startswith("ba7816bf")
