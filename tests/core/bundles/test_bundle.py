"""Cards and where their files are found."""

from __future__ import annotations

import json

import pytest

from gac_core.bundles.bundle import NO_BRIDGE, NO_REFINER
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library, engine_root
from gac_core.contract.errors import BundleError
from tests.problems import raises

PUBLISHED = engine_root() / "resources" / "bundles" / "terramind-base" / "bundle.json"


@pytest.fixture
def card():
    return json.loads(PUBLISHED.read_text())


@pytest.fixture
def install(tmp_path, card):
    def install(name="here", **changes):
        folder = tmp_path / "bundles" / name
        folder.mkdir(parents=True)
        (folder / "bundle.json").write_text(json.dumps({**card, "name": name, **changes}))
        return folder

    return install


@pytest.mark.parametrize("name", ["terramind-base", "terramind-large"])
def test_shipped_cards_say_what_the_stages_do_without_adapters(name):
    bundle = read_bundle(engine_root() / "resources" / "bundles" / name)
    assert NO_REFINER in bundle.notes and NO_BRIDGE in bundle.notes


def test_found_by_name_and_by_folder(install):
    folder = install()
    library = Library([folder.parent])
    assert library.find("here").path == folder
    assert Library().find(str(folder)).path == folder
    assert [b.name for b in library.bundles()] == ["here"]


def test_unknown_names_are_told_what_there_is(install):
    library = Library([install().parent])
    with raises(BundleError, "bundle-missing", "'elsewhere'") as caught:
        library.find("elsewhere")
    assert "here" in caught.value.remedy.arguments


def test_first_folder_wins(install, tmp_path):
    first = install()
    second = tmp_path / "second" / "here"
    second.mkdir(parents=True)
    (second / "bundle.json").write_text((first / "bundle.json").read_text())
    assert Library([second.parent, first.parent]).find("here").path == second


def test_weights_in_bundle_folder_or_cache(install, tmp_path, monkeypatch):
    library = Library([install().parent], [tmp_path / "weights"])
    bundle = library.find("here")
    with raises(BundleError, "weights-missing", bundle.generator.file) as caught:
        library.locate(bundle, bundle.generator)
    assert "ibm-esa-geospatial/TerraMind-1.0-base" in caught.value.remedy.arguments
    assert not library.describe(bundle)["ready"]

    cache = tmp_path / "hub"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    repo = cache / "models--ibm-esa-geospatial--TerraMind-1.0-base"
    snapshot = repo / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (repo / "refs").mkdir()
    (repo / "refs" / "main").write_text("0" * 40)
    (snapshot / "TerraMind_v1_base.pt").write_bytes(b"")
    assert library.locate(bundle, bundle.generator) == snapshot / "TerraMind_v1_base.pt"

    (tmp_path / "weights").mkdir()
    for weight in bundle.weight_files:
        (tmp_path / "weights" / weight.file).write_bytes(b"")
    assert library.locate(bundle, bundle.generator).parent == tmp_path / "weights"
    assert library.describe(bundle)["ready"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"format": 3}, ("card-format-unknown",)),
        ({"format": 1}, ("card-format-old",)),
        ({"grounding": {"fusion": None}}, ("card-damaged", "has no 'fusion'")),
        ({"grounding": {"residual": 0.5}}, ("card-damaged", "has no 'residual'")),
        ({"grounding": {"bridge": {"shape": {}, "weights": {}}}}, ("card-damaged",)),
        ({"kind": "odd"}, ("card-damaged", "kind 'odd'")),
        ({"terramind": {}}, ("card-damaged",)),
        ({"window": {"size": 100}}, ("window-not-fitting",)),
        ({"grounding": {"colour": 1}}, ("card-damaged",)),
    ],
)
def test_cards_that_make_no_sense(install, changes, expected):
    with raises(BundleError, *expected):
        read_bundle(install(**changes))


def test_no_card_and_no_json(tmp_path):
    with raises(BundleError, "bundle-card-missing"):
        read_bundle(tmp_path)
    (tmp_path / "bundle.json").write_text("{")
    with raises(BundleError, "card-unreadable"):
        read_bundle(tmp_path)
