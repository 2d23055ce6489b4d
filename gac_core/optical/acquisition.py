"""Date, product and level of an optical reference."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.optical.layers import OpenFile
from gac_core.optical.product import Product, Text, granule_date, level_of, product_of
from gac_core.optical.reflectance import FIRST_BASELINE
from gac_core.scene.decisions import Decision, future_date_warnings
from gac_core.scene.metadata import parse_date, read_date

OTHER_SEASON = 60
OTHER_YEAR = 300
"""Days from the radar above which the ground may look otherwise, or is of another year."""

DATE_TAGS = ("S2_DATE", "DATE", "DATE_ACQUIRED", "SENSING_TIME", "PRODUCT_START_TIME", "DATETIME")
"""Tags for the acquisition that products of Sentinel-2 and their copies have."""

DATES = Message(
    "Give the files of one date, and run once for each. If they are of one date, set it yourself."
)


@dataclass(frozen=True)
class Acquisition:
    """Acquisition of an optical reference.

    Attributes:
        product: The product by its name, None if nothing names one.
        when: Time of acquisition (UTC), None if nothing states it.
        days: Days between it and the radar, None if either is unknown.
        texts: All names and tags.
        decisions: Product, level and date with their reasons.
        warnings: For the user.
    """

    product: Product | None
    when: datetime | None
    days: int | None
    texts: tuple[Text, ...]
    decisions: tuple[Decision, ...]
    warnings: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """Day of acquisition."""
        return None if self.when is None else self.when.date()


def acquisition_of(
    files: list[OpenFile], bands: tuple[str, ...], asked: str | None, radar_date: str | None
) -> Acquisition:
    """Return the acquisition of an optical reference.

    Args:
        files: Its files.
        bands: Its bands.
        asked: The user's date (ISO 8601); None: read it.
        radar_date: The radar's acquisition (ISO 8601), None if unknown.

    Raises:
        SceneError: If the files are of several dates, or of products with and without an offset.
    """
    products = [product for each in files if (product := product_of(each.texts()))]
    baselines = {p.baseline >= FIRST_BASELINE for p in products if p.baseline is not None}
    if len(baselines) > 1:
        raise SceneError(
            Message(
                "Some of the optical files have an offset of 1000 DN in their values, others not."
            ),
            Message("Give the files of one product, or products of one processing baseline."),
            problem="optical-offsets-differ",
        )
    when, decision = _date(files, asked)
    days = None
    if when is not None and radar_date is not None:
        with suppress(ValueError):
            days = abs((when.date() - datetime.fromisoformat(radar_date).date()).days)
    texts = tuple(text for each in files for text in each.texts())
    level, level_warnings = _level(texts, bands)
    warnings = [*level_warnings, *future_date_warnings(when)]
    warnings += _distance_warnings(when, days)
    return Acquisition(
        products[0] if products else None, when, days, texts, (level, decision), tuple(warnings)
    )


def _distance_warnings(when: datetime | None, days: int | None) -> tuple[str, ...]:
    if when is None or days is None:
        return ()
    if days > OTHER_YEAR:
        return (Message("The optical image is {} days from the radar, of another year.", days),)
    if days > OTHER_SEASON:
        return (Message("The optical image is {} days from the radar, of another season.", days),)
    return ()


def _date(files: list[OpenFile], asked: str | None) -> tuple[datetime | None, Decision]:
    label = Message("Optical date")
    if asked:
        when = datetime.fromisoformat(asked)
        return when, Decision("optical_date", label, asked, Message("as chosen"), "user")
    dates = [(when, where) for each in files for when, where in (_date_in(each),) if when]
    days = {when.date() for when, _ in dates}
    if len(days) > 1:
        raise SceneError(
            Message(
                "The optical files, from {} on, are of several dates: {}.",
                files[0].name,
                ", ".join(sorted(day.isoformat() for day in days)),
            ),
            DATES,
            problem="optical-dates-differ",
        )
    if not dates:
        why = Message("no tag and no name tells")
        return None, Decision("optical_date", label, Message("unknown"), why, "assumed")
    when, where = dates[0]
    day = when.isoformat().replace("T00:00:00", "")
    return when, Decision("optical_date", label, day, Message("from the {}", where), "file")


def _date_in(opened: OpenFile) -> tuple[datetime | None, str]:
    texts = opened.texts()
    if product := product_of(texts):
        return product.acquired, product.where
    if granule := granule_date(texts):
        return granule
    tags = {
        key: value for key, value in opened.metadata.tags.items() if "GENERATION" not in key.upper()
    }
    for tag in DATE_TAGS:
        if tag in tags and (when := parse_date(tags[tag])):
            return when, Message("tag {}", tag)
    return read_date(tags, [text for text in texts if text[0].endswith("name")])


def _level(texts: tuple[Text, ...], bands: tuple[str, ...]) -> tuple[Decision, tuple[str, ...]]:
    label = Message("Level")
    stated = level_of(texts)
    if stated is None and "B10" in bands:
        stated = "L1C", Message("band B10, which level 2A lacks")
    if stated is None:
        why = Message("nothing says otherwise")
        return Decision("optical_level", label, "L2A", why, "assumed"), ()
    level, where = stated
    decision = Decision("optical_level", label, level, Message("from the {}", where), "file")
    if level == "L2A":
        return decision, ()
    warning = Message(
        "It is of level 1C, seen through the atmosphere: bluer and hazier than what is generated. "
        "Level 2A of the same date fits better."
    )
    return decision, (warning,)
