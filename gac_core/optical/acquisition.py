"""Date, product and level of an optical reference."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, later
from gac_core.optical import names
from gac_core.optical.band_choice import BandChoice, several_dates_error
from gac_core.optical.layers import OpenFile
from gac_core.optical.reflectance import FIRST_BASELINE
from gac_core.scene.dates import ambiguous_date, dates_in, explained, parse_date, read_date
from gac_core.scene.decisions import Decision, future_date_warnings
from gac_core.scene.paths import file_name
from gac_core.scene.vrt import require_sources

OTHER_SEASON = 60
OTHER_YEAR = 300
"""Days from the radar above which the ground may look otherwise, or is of another year."""

DATE_TAGS = ("S2_DATE", "DATE", "DATE_ACQUIRED", "SENSING_TIME", "PRODUCT_START_TIME", "DATETIME")
"""Tags for the acquisition that products of Sentinel-2 and their copies have."""

SEVERAL_DATES = later(
    "Its name or tags have several dates ({}), as those of composites do: set its date "
    "yourself if it is of one."
)
"""Template of a warning."""


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

    product: names.Product | None
    when: datetime | None
    days: int | None
    texts: tuple[names.Text, ...]
    decisions: tuple[Decision, ...]
    warnings: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """Day of acquisition."""
        return None if self.when is None else self.when.date()


def acquisition_of(
    files: list[OpenFile], choice: BandChoice, asked: str | None, radar_date: str | None
) -> Acquisition:
    """Return the acquisition of an optical reference.

    Args:
        files: Its files.
        choice: Its bands.
        asked: The user's date (ISO 8601); None: read it.
        radar_date: The radar's acquisition (ISO 8601), None if unknown.

    Raises:
        SceneError: If the files are of several dates, of products with and without an offset, or
            generated.
    """
    _refuse_generated(files)
    products = [product for each in files if (product := names.product_of(each.texts()))]
    baselines = {p.baseline >= FIRST_BASELINE for p in products if p.baseline is not None}
    if len(baselines) > 1:
        raise SceneError(
            Message(
                "Some of the optical files have an offset of 1000 DN in their values, others not."
            ),
            Message("Give the files of one product, or products of one processing baseline."),
            problem="optical-offsets-differ",
        )
    when, decision, date_warnings = _date(files, asked)
    days = None
    if when is not None and radar_date is not None:
        with suppress(ValueError):
            days = abs((when.date() - datetime.fromisoformat(radar_date).date()).days)
    texts = tuple(text for each in files for text in each.texts())
    level, level_warnings = _level(texts, choice)
    warnings = [*level_warnings, *date_warnings, *future_date_warnings(when)]
    warnings += _distance_warnings(when, days)
    if satellite := names.other_satellite(texts):
        warnings.append(
            Message(
                "It seems to be of {}, not of Sentinel-2: its bands and colours differ.", satellite
            )
        )
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


def _refuse_generated(files: list[OpenFile]) -> None:
    """Refuse GAC's own images, and copies of them: a model's pixels are no observation."""
    for opened in files:
        tags = (opened.metadata.tags, *opened.metadata.band_tags)
        marked = any(each.get("SYNTHETIC", "NO").upper() not in ("NO", "") for each in tags)
        if marked or any(names.is_generated(text) for _, text in opened.texts()):
            raise SceneError(
                Message("{} is no observation: GAC generated it, or parts of it.", opened.name),
                Message("Give the Sentinel-2 image itself."),
                problem="optical-generated",
            )


def _date(
    files: list[OpenFile], asked: str | None
) -> tuple[datetime | None, Decision, tuple[str, ...]]:
    label = Message("Optical date")
    if asked:
        when = datetime.fromisoformat(asked)
        return when, Decision("optical_date", label, asked, Message("as chosen"), "user"), ()
    stated = [_date_in(each) for each in files]
    dates = [(when, where) for when, where, _ in stated if when]
    days = {when.date() for when, _ in dates} | {day for each in files for day in _mosaic(each)}
    if len(days) > 1:
        raise several_dates_error(files[0].name, sorted(days))
    unclear = next((several for _, _, several in stated if several), ())
    if not dates:
        why = Message("no tag and no name tells")
        warnings: tuple[str, ...] = ()
        orders = (ambiguous_date(text) for each in files for text in _dated_texts(each))
        if order := next(filter(None, orders), None):
            written, one, two = order
            why = Message("{} may be {} or {}", written, one.isoformat(), two.isoformat())
            warnings = (Message("{}: set its date yourself.", why),)
        if unclear:
            why = Message("several are named: {}", ", ".join(unclear))
            warnings = (Message(SEVERAL_DATES, ", ".join(unclear)),)
        return None, Decision("optical_date", label, Message("unknown"), why, "assumed"), warnings
    when, where = dates[0]
    day = when.isoformat().replace("T00:00:00", "")
    return when, Decision("optical_date", label, day, Message("from the {}", where), "file"), ()


def _date_in(opened: OpenFile) -> tuple[datetime | None, str, tuple[str, ...]]:
    """Return the date of a file, its origin, and all dates there if they are several."""
    texts = opened.texts()
    if product := names.product_of(texts):
        return product.acquired, product.where, ()
    if granule := names.granule_date(texts):
        return *granule, ()
    tags = {
        key: value for key, value in opened.metadata.tags.items() if "GENERATION" not in key.upper()
    }
    for tag in DATE_TAGS:
        if tag in tags and (when := parse_date(tags[tag])):
            where = explained(Message("tag {}", tag), tags[tag])
            return _single(when, where, tags[tag])
    named = [text for text in texts if text[0].endswith("name")]
    when, where = read_date(tags, named)
    if when is None:
        return None, "", ()
    return _single(when, where, next((text for _, text in named if parse_date(text) == when), ""))


def _dated_texts(opened: OpenFile) -> list[str]:
    """Return the names and tags of a file in which its date may stand."""
    tags = [opened.metadata.tags[tag] for tag in DATE_TAGS if tag in opened.metadata.tags]
    return [*tags, *(text for where, text in opened.texts() if where.endswith("name"))]


def _mosaic(opened: OpenFile) -> set[date]:
    """Return the days in the names of the files that a virtual raster is made of."""
    if opened.file.driver != "VRT":
        return set()
    days: set[date] = set()
    for source in require_sources(opened.path):
        texts = [(Message("file name"), file_name(source))]
        if folder := names.product_folder(source):
            texts.append((Message("folder name"), folder))
        product, granule = names.product_of(texts), names.granule_date(texts)
        if product:
            days.add(product.acquired.date())
        elif granule:
            days.add(granule[0].date())
        elif len(named := {when.date() for when in dates_in(file_name(source))}) == 1:
            days |= named
    return days


def _single(when: datetime, where: str, text: str) -> tuple[datetime | None, str, tuple[str, ...]]:
    """Return a date and its origin; no date if the text there has several days."""
    days = sorted({each.date().isoformat() for each in dates_in(text)})
    return (when, where, ()) if len(days) <= 1 else (None, "", tuple(days))


def _level(texts: tuple[names.Text, ...], choice: BandChoice) -> tuple[Decision, tuple[str, ...]]:
    label = Message("Level")
    stated = names.level_of(texts)
    if stated is None and "B10" in choice.bands:
        stated = "L1C", Message("band B10, which level 2A lacks")
    if stated is None:
        why = Message("nothing says otherwise")
        if "B10" in choice.empty:
            why = Message("its B10 is empty, and level 2A has none")
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
