"""Schema of a bundle's card: type and range of each entry, and limits on network sizes.

A card is untrusted input. Refusing it here is cheap; later it would fail in the middle of a run, or
allocate memory for a network that no weight file can fill.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gac_core.band_statistics import S1_STATISTICS
from gac_core.bundles.bundle import LARGEST_OFFSET, MOST_STEPS, is_portable, is_repository
from gac_core.contract.message import Message

KINDS = ("demo", "published", "trained")
BACKBONE = "backbone"
"""Kind of weights that only training needs."""

LONGEST_NAME = 120
"""Maximum characters of a bundle's name."""

LONGEST_TEXT = 10_000
MOST_TEXTS = 1000
DEEPEST = 50
"""Maximum nesting depth of lists and sections."""

MOST_NUMBERS = 4_000_000_000
"""Maximum parameters of a network: seven times those of TerraMind's large transformer."""

MOST_TOKENS = 16_384
"""Maximum number of token positions: 128 per side."""

_WHOLE = 2**63
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")

Rule = Callable[[str, Any], None]
"""Raises a ValueError or KeyError with the reason if the value of the named entry is invalid."""


class OutsideError(ValueError):
    """A file name that leads out of the folder, or is not allowed in a bundle."""


@dataclass(frozen=True)
class Entries:
    """Rule for a section, with a rule for each entry.

    Attributes:
        rules: Rules by entry name.
        needed: Required entries.
        more: True if other entries are allowed, with any value.
        whole: Rule for the section as a whole, applied once its entries are valid.
    """

    rules: Mapping[str, Rule]
    needed: tuple[str, ...] = ()
    more: bool = False
    whole: Callable[[Any], None] = lambda values: None

    def __call__(self, name: str, value: Any) -> None:
        """Check a section.

        Raises:
            ValueError: If it is not a section, or a value is invalid.
            KeyError: If an entry is missing.
        """
        if not isinstance(value, Mapping):
            raise ValueError(Message("{} is {}", name, _short(value)))
        for entry, item in value.items():
            if entry in self.rules:
                self.rules[entry](f"{name}.{entry}".lstrip("."), item)
            elif not self.more:
                raise ValueError(Message("{} has no {}", name, _short(entry)))
        for entry in self.needed:
            if entry not in value:
                raise KeyError(entry)
        self.whole(value)


def optional(rule: Rule) -> Rule:
    """Return a rule that also accepts null."""

    def check(name: str, value: Any) -> None:
        if value is not None:
            rule(name, value)

    return check


def integer(least: int, most: int) -> Rule:
    """Return the rule for an integer; 4.0 is not one."""

    def check(name: str, value: Any) -> None:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(
                Message(
                    "{} is {}, no whole number from {} to {}",
                    name,
                    _short(value),
                    least,
                    f"{most:_}",
                )
            )

    return check


def number(least: float, most: float, *, above: bool = False) -> Rule:
    """Return the rule for a finite number from `least`, or above it, to `most`."""

    def check(name: str, value: Any) -> None:
        is_number = type(value) in (int, float) and least <= value <= most
        if not is_number or (above and value == least):
            limits = Message(
                "above {} to {}" if above else "from {} to {}", f"{least:g}", f"{most:g}"
            )
            raise ValueError(Message("{} is {}, no number {}", name, _short(value), limits))

    return check


def list_of(rule: Rule, least: int, most: int) -> Rule:
    """Return the rule for a list of `least` to `most` values."""

    def check(name: str, value: Any) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise ValueError(Message("{} is {}", name, _short(value)))
        for item in value:
            rule(name, item)

    return check


def one_of(*names: str) -> Rule:
    """Return the rule for a string that is one of several."""

    def check(name: str, value: Any) -> None:
        if not isinstance(value, str) or value not in names:
            raise ValueError(Message("{} {} is none of {}", name, _short(value), ", ".join(names)))

    return check


def _switch(name: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise ValueError(Message("{} is {}, neither true nor false", name, _short(value)))


def _text(name: str, value: Any) -> None:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(Message("{} is {}", name, _short(value)))


def _texts(name: str, value: Any) -> None:
    (_text if isinstance(value, str) else list_of(_text, 0, MOST_TEXTS))(name, value)


def _code(name: str, value: Any) -> None:
    """Check a finding's identifier and arguments, which are texts or lists of texts."""
    list_of(_texts, 1, MOST_TEXTS)(name, value)


def _name(name: str, value: Any) -> None:
    is_valid = isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_NAME
    if not is_valid or not value.isprintable():
        raise ValueError(Message("{} is {}", name, _short(value)))


def _matching(pattern: re.Pattern[str], what: str) -> Rule:
    def check(name: str, value: Any) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(Message("{} is {}, no {}", name, _short(value), what))

    return check


def _file(name: str, value: Any) -> None:
    if not is_portable(value):
        raise OutsideError(_short(value))


def _repository(name: str, value: Any) -> None:
    if not is_repository(value):
        raise ValueError(Message("{} is {}, no repository on Hugging Face", name, _short(value)))


def _mapping_of(rule: Rule) -> Rule:
    def check(name: str, value: Any) -> None:
        if not isinstance(value, Mapping):
            raise ValueError(Message("{} is {}", name, _short(value)))
        for entry, item in value.items():
            rule(f"{name}.{entry}"[:100], item)

    return check


def _require_numbers(count: float) -> None:
    if count > MOST_NUMBERS:
        raise ValueError(
            Message(
                "a network of {} thousand million numbers is larger than any", f"{count / 1e9:.0f}"
            )
        )


def _require_tokens(side: float) -> None:
    if side * side > MOST_TOKENS:
        raise ValueError(
            Message("positions of {} tokens are more than {}", f"{side * side:.0f}", MOST_TOKENS)
        )


def _terramind(shape: Any) -> None:
    depth = shape["encoder_depth"] + shape["decoder_depth"]
    _require_numbers(12 * shape["dim"] ** 2 * depth)
    _require_tokens(shape.get("image_size", 0) / 16)


def _unet(shape: Any) -> None:
    multiples = shape.get("channel_mult", [1])
    squares = sum((shape.get("model_channels", 1) * each) ** 2 for each in multiples)
    _require_numbers(18 * squares * shape.get("num_res_blocks", 1))


def _prithvi(shape: Any) -> None:
    _require_numbers(12 * shape["embed_dim"] ** 2 * shape["depth"])
    _require_tokens(shape.get("image_size", 0) / shape["patch_size"])


def _convnext(shape: Any) -> None:
    """Check a U-Net of ConvNeXt blocks, provided that its shape has widths and depths."""
    widths, depths = shape.get("widths"), shape.get("depths")
    if widths is None or depths is None:
        return
    if len(widths) != len(depths) or not widths:
        raise ValueError(Message("{} widths and {} depths", len(widths), len(depths)))
    context = shape.get("context", 0)
    pairs = zip(widths, depths, strict=True)
    _require_numbers(sum(2 * depth * (6 * width + 2 * context) * width for width, depth in pairs))


_digest = _matching(_SHA256, Message("SHA-256 of 64 hexadecimal digits"))

WEIGHT = Entries(
    {
        "file": _file,
        "sha256": optional(_digest),
        "repo": optional(_repository),
        "revision": optional(_matching(_COMMIT, Message("commit of 40 hexadecimal digits"))),
        "bytes": optional(integer(1, 2**40)),
        "reported_sha256": optional(_digest),
    },
    ("file",),
)

_DIGESTS = optional(Entries({"adapter_config.json": _digest, "adapter_model.safetensors": _digest}))

_SCALES = {
    "reduced": integer(1, 4096),
    "widths": list_of(integer(1, 4096), 0, 8),
    "depths": list_of(integer(1, 64), 0, 8),
    "context": integer(1, 4096),
}

UNET = Entries(
    {
        "model_channels": integer(1, 2048),
        "num_res_blocks": integer(1, 16),
        "channel_mult": list_of(integer(1, 16), 1, 8),
        "attention_resolutions": list_of(integer(1, 64), 0, 8),
        "patch_size": integer(1, 32),
    },
    whole=_unet,
)

TERRAMIND_SHAPE = Entries(
    {
        "dim": integer(1, 8192),
        "encoder_depth": integer(1, 256),
        "decoder_depth": integer(1, 256),
        "num_heads": integer(1, 256),
        "gated": _switch,
        "image_size": integer(32, 1024),
        "modalities": list_of(one_of(*S1_STATISTICS), 1, len(S1_STATISTICS)),
        "unet": UNET,
    },
    ("dim", "encoder_depth", "decoder_depth", "num_heads"),
    whole=_terramind,
)

PRITHVI_SHAPE = Entries(
    {
        "embed_dim": integer(1, 8192),
        "depth": integer(1, 256),
        "num_heads": integer(1, 256),
        "patch_size": integer(1, 64),
        "image_size": integer(16, 1024),
    },
    ("embed_dim", "depth", "num_heads", "patch_size"),
    whole=_prithvi,
)

HEAD_SHAPE = Entries(
    {"layers": list_of(integer(0, 255), 1, 32), **_SCALES, "observed": _switch},
    ("layers",),
    whole=_convnext,
)

BRIDGE_SHAPE = Entries(
    {
        **_SCALES,
        "noise": number(0, 1),
        "steps": integer(1, MOST_STEPS),
        "observed": _switch,
    },
    whole=_convnext,
)

CRITIC_SHAPE = Entries({"reduced": integer(1, 2048), "width": integer(1, 1024)})


def _network(shape: Entries) -> Entries:
    return Entries({"shape": shape, "weights": WEIGHT}, ("shape", "weights"))


REFINER = Entries(
    {
        "shape": PRITHVI_SHAPE,
        "weights": WEIGHT,
        "quantise": _switch,
        "adapter": optional(_file),
        "adapter_sha256": _DIGESTS,
        "head": _network(HEAD_SHAPE),
        "blocks": optional(
            Entries({"last": integer(1, 256), "weights": WEIGHT}, ("last", "weights"))
        ),
    },
    ("shape", "weights", "head"),
)

GROUNDING = Entries(
    {
        "adapter": optional(_file),
        "adapter_sha256": _DIGESTS,
        "bridge": optional(_network(BRIDGE_SHAPE)),
        "critic": optional(_network(CRITIC_SHAPE)),
    }
)

WINDOW = Entries(
    {
        "size": integer(32, 2048),
        "overlap": integer(1, 1024),
        "margin": integer(0, 1024),
        "decode": integer(0, 8192),
        "seam": integer(0, 4096),
        "blend": integer(0, 1024),
    }
)

SAMPLING = Entries(
    {
        "temperature": number(0, 100),
        "top_p": number(0, 1, above=True),
        "threshold": optional(number(0, 1000, above=True)),
        "draft": optional(integer(1, 1000)),
    }
)

CARD_ENTRIES = Entries(
    {
        "name": _name,
        "title": _text,
        "kind": one_of(*KINDS),
        "licence": _text,
        "terramind": Entries(
            {
                "shape": TERRAMIND_SHAPE,
                "weights": Entries(
                    {"generator": WEIGHT, "tokenizer": WEIGHT}, ("generator", "tokenizer")
                ),
                "codes": optional(WEIGHT),
                "offset": number(-LARGEST_OFFSET, LARGEST_OFFSET),
            },
            ("shape", "weights"),
        ),
        "window": WINDOW,
        "sampling": SAMPLING,
        "refiner": optional(REFINER),
        "grounding": GROUNDING,
        "notes": optional(_texts),
        "scores": optional(
            Entries(
                {"not earned": optional(_texts), "findings": optional(_mapping_of(_code))},
                more=True,
            )
        ),
        "packed": optional(Entries({"was": optional(_mapping_of(_digest))}, more=True)),
    },
    ("name", "title", "kind", "licence", "terramind"),
    more=True,
)
"""Schema of a card. Descriptions of trainings, scores and sources may be anything."""

BACKBONE_ENTRIES = Entries(
    {
        "name": _name,
        "title": _text,
        "kind": one_of(BACKBONE),
        "licence": _text,
        "weights": list_of(WEIGHT, 1, 16),
    },
    ("name", "title", "kind", "licence", "weights"),
    more=True,
)
"""Schema of the card of weights that only training needs."""


def require_plain(value: Any, depth: int = DEEPEST) -> None:
    """Check that a JSON value is not nested too deep and holds no non-finite or huge numbers.

    Raises:
        ValueError: If it is or does.
    """
    if isinstance(value, (Mapping, list)):
        if depth == 0:
            raise ValueError(Message("it is nested deeper than {}", DEEPEST))
        for item in value.values() if isinstance(value, Mapping) else value:
            require_plain(item, depth - 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError(Message("it holds {}, which is no number", value))
    elif isinstance(value, int) and abs(value) > _WHOLE:
        raise ValueError(Message("it holds a number that is larger than any"))


def _short(value: Any) -> str:
    """Return a value shortened for a message."""
    text = repr(value) if not isinstance(value, (Mapping, list)) or len(value) < 9 else "…"
    return text if len(text) <= 80 else f"{text[:79]}…"
