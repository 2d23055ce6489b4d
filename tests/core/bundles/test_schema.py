"""Values of a card that no run could use, and texts that would steer a terminal."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from gac_core.bundles import schema
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import engine_root
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.networks.bridge import BridgeShape
from gac_core.networks.critic import CriticShape
from gac_core.networks.prithvi import PrithviShape
from gac_core.networks.refiner import HeadShape
from gac_core.networks.terramind import TerraMindShape, UNetShape
from tests.problems import raises

DEMO = engine_root() / "resources" / "bundles" / "demo" / "bundle.json"


def changed(tmp_path, path: str, value: Any):
    """The demo's card with another value in a place; its folder."""
    card = json.loads(DEMO.read_text())
    section, names = card, path.split(".")
    for name in names[:-1]:
        section = section[name]
    section[names[-1]] = value
    (tmp_path / "bundle.json").write_text(json.dumps(card))
    return tmp_path


@pytest.mark.parametrize(
    ("entries", "shape"),
    [
        (schema.TERRAMIND_SHAPE, TerraMindShape),
        (schema.UNET, UNetShape),
        (schema.PRITHVI_SHAPE, PrithviShape),
        (schema.HEAD_SHAPE, HeadShape),
        (schema.BRIDGE_SHAPE, BridgeShape),
        (schema.CRITIC_SHAPE, CriticShape),
    ],
)
def test_the_schema_knows_every_size(entries, shape) -> None:
    assert set(entries.rules) == {field.name for field in fields(shape)}


NUMBERS = (
    *("sampling.temperature", "sampling.top_p", "sampling.threshold", "sampling.draft"),
    *("window.size", "window.overlap", "window.margin", "window.decode", "window.seam"),
    *("window.blend", "terramind.shape.dim", "terramind.shape.encoder_depth"),
    *("terramind.shape.unet.model_channels", "refiner.shape.depth", "refiner.head.shape.context"),
    *("grounding.bridge.shape.noise", "grounding.bridge.shape.steps"),
    *("grounding.critic.shape.width", "refiner.shape.patch_size", "terramind.offset"),
)


@pytest.mark.parametrize("path", NUMBERS)
@pytest.mark.parametrize(
    "value", ["1", True, [1], {}, float("nan"), float("inf"), -1e30, 1e30, 10**30, 10**400]
)
def test_numbers_that_are_none_or_beyond_all_measure(tmp_path, path, value) -> None:
    with pytest.raises(BundleError):
        read_bundle(changed(tmp_path, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("window.size", 96.0),
        ("terramind.shape.encoder_depth", 10**8),
        ("terramind.shape.image_size", 10**6),
        ("terramind.shape.modalities", ["S1GRD", "S3"]),
        ("grounding.bridge.shape.widths", [4096] * 8),
        ("refiner.quantise", "yes"),
        ("refiner.adapter", "../x"),
        ("refiner.adapter_sha256", {"adapter_config.json": 5}),
        ("terramind.weights.generator.sha256", 5),
        ("terramind.weights.generator.file", "known-hashes.json"),
        ("terramind.weights.generator.file", "a\x1b[2J.pt"),
        ("grounding", None),
        ("grounding.colour", 1),
        ("notes", [5]),
        ("packed", {"was": {"a": 5}}),
        ("training", json.loads("[" * 200 + "]" * 200)),
        ("scores", {"mean": {"a": {"b": 10**300}}}),
    ],
)
def test_values_that_make_no_bundle(tmp_path, path, value) -> None:
    with pytest.raises(BundleError):
        read_bundle(changed(tmp_path, path, value))


def test_a_network_larger_than_any(tmp_path) -> None:
    shape = {"dim": 8192, "encoder_depth": 100, "decoder_depth": 100, "num_heads": 8}
    with raises(BundleError, "card-damaged", "larger than any"):
        read_bundle(changed(tmp_path, "terramind.shape", shape))


@pytest.mark.parametrize("name", ["demo", "terramind-base", "terramind-large"])
def test_the_shipped_cards_are_as_they_should_be(name) -> None:
    assert read_bundle(DEMO.parents[1] / name).name == name


ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202e\x9b31m\r\nnext"


@pytest.mark.parametrize("path", ["title", "licence", "notes", "scores", "attribution", "name"])
def test_texts_that_would_steer_a_terminal(tmp_path, path) -> None:
    from gac_core.store.integrity import Check
    from gac_core.store.listing import format_card

    value = {"notes": [ESCAPES], "scores": {ESCAPES: ESCAPES, "not earned": [ESCAPES]}}
    bundle = read_bundle(changed(tmp_path, path, value.get(path, ESCAPES)))
    shown = [bundle.title, bundle.licence, bundle.name, *bundle.notes]
    shown += format_card(Check(bundle, strangers=[ESCAPES])).split("\n")
    shown += json.dumps(bundle.card, ensure_ascii=False).split("\n")
    assert all(text.isprintable() for text in shown)


def test_an_entry_cannot_take_the_name_of_one_that_was_looked_at(tmp_path) -> None:
    folder = changed(tmp_path, "\x1bgrounding", {"adapter": "../../x"})
    with pytest.raises(BundleError):
        read_bundle(folder)


def test_a_long_title_is_cut(tmp_path) -> None:
    assert len(read_bundle(changed(tmp_path, "title", "a" * 9000)).title) == 240


@pytest.mark.parametrize(
    ("path", "value", "template", "names"),
    [
        ("window.size", 96.5, "{} is {}, no whole number from {} to {}", ["window.size", "96.5"]),
        ("sampling.top_p", 0, "{} is {}, no number {}", ["sampling.top_p", "0"]),
        ("kind", "x", "{} {} is none of {}", ["kind", "'x'"]),
        ("refiner.quantise", 1, "{} is {}, neither true nor false", ["refiner.quantise"]),
        ("terramind.weights.generator.sha256", "x", "{} is {}, no {}", []),
        ("terramind.weights.generator.repo", "x", "{} is {}, no repository on Hugging Face", []),
        ("grounding.colour", 1, "{} has no {}", ["grounding", "'colour'"]),
        ("notes", [5], "{} is {}", ["notes", "5"]),
        ("grounding.bridge.shape.widths", [1], "{} widths and {} depths", ["1"]),
        ("training", float("inf"), "it holds {}, which is no number", ["inf"]),
        ("training", 10**30, "it holds a number that is larger than any", []),
    ],
)
def test_reasons_can_be_translated_inside_their_sentence(
    tmp_path, path, value, template, names
) -> None:
    with pytest.raises(BundleError) as caught:
        read_bundle(changed(tmp_path, path, value))
    reason = caught.value.message.arguments[-1]
    assert isinstance(reason, Message) and reason.template == template
    assert list(reason.arguments[: len(names)]) == names
