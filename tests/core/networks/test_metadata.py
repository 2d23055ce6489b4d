"""Month, biome and place as a vector: unknown ones, circles without edges."""

from __future__ import annotations

import math

import pytest
import torch

from gac_core.networks.refiner import Metadata, MetadataEmbedding


@pytest.fixture(scope="module")
def embedding():
    torch.manual_seed(0)
    return MetadataEmbedding(8).eval().requires_grad_(False)


def vector(embedding, month=0, biome=0, place=None):
    return embedding(Metadata.of_run(1, month, biome, place, torch.device("cpu")))[0]


def distance(a, b):
    return float((a - b).norm())


def test_december_lies_beside_january(embedding):
    months = [vector(embedding, month=m) for m in range(1, 13)]
    around = [distance(months[m], months[m - 1]) for m in range(12)]
    assert distance(months[11], months[0]) < 2 * max(around[1:])
    assert distance(months[0], months[6]) > distance(months[0], months[11])


def test_an_unknown_month_is_no_month_and_an_unknown_biome_no_biome(embedding):
    unknown = vector(embedding)
    assert all(distance(unknown, vector(embedding, month=m)) > 1e-3 for m in range(1, 13))
    assert all(distance(unknown, vector(embedding, biome=b)) > 1e-3 for b in range(1, 15))


def test_whatever_is_written_for_an_unknown_place_is_unknown(embedding):
    unknown = vector(embedding, place=None)
    for latitude, longitude in ((math.nan, 16.0), (48.0, math.nan), (math.nan, math.nan)):
        assert torch.equal(vector(embedding, place=(latitude, longitude)), unknown)
    assert distance(vector(embedding, place=(0.0, 0.0)), unknown) > 1e-3


def test_the_antimeridian_is_no_edge_and_a_pole_one_place(embedding):
    west, east = (vector(embedding, place=(-17.0, lon)) for lon in (-179.99, 179.99))
    assert distance(west, east) < 1e-3
    assert distance(west, vector(embedding, place=(-17.0, 0.0))) > 1e-2
    poles = [vector(embedding, place=(90.0, lon)) for lon in (-120.0, 0.0, 77.0)]
    assert distance(poles[0], poles[1]) < 1e-5 and distance(poles[1], poles[2]) < 1e-5


def test_each_image_has_its_own(embedding):
    metadata = Metadata(
        torch.tensor([0, 7]), torch.tensor([4, 0]), torch.tensor([[math.nan, 1.0], [48.2, 16.4]])
    )
    found = embedding(metadata)
    expected = [vector(embedding, biome=4), vector(embedding, month=7, place=(48.2, 16.4))]
    assert torch.allclose(found, torch.stack(expected), atol=1e-6)
