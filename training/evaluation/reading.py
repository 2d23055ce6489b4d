"""Reading of the pairs to judge; unusable ones are reported and skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gac_core.contract.errors import GacError
from training.data.pair import Pair
from training.data.source import PairSource
from training.evaluation.scored import why_not


def read_pairs(
    source: PairSource,
    indices: Iterable[int],
    skipped: list[str],
    modalities: tuple[str, ...] | None = None,
) -> Iterator[tuple[int, Pair]]:
    """Yield the usable pairs with their index, one at a time.

    Args:
        source: All pairs.
        indices: Indices to read.
        skipped: Receives one line for each unusable pair.
        modalities: Modalities that the models know; None: any.
    """
    for index in indices:
        name = source.names[index]
        try:
            pair = source.read(index)
        except (GacError, OSError, ValueError) as error:
            reason = error.message if isinstance(error, GacError) else str(error)
            _tell(skipped, f"{name}: it cannot be read: {reason.rstrip('.')}.")
            continue
        reason = why_not(pair)
        if not reason and modalities is not None and pair.modality not in modalities:
            reason = f"its radar is {pair.modality}, which the bundle's models do not know"
        if reason:
            _tell(skipped, f"{name}: {reason}.")
            continue
        yield index, pair


def _tell(skipped: list[str], line: str) -> None:
    if line not in skipped:
        skipped.append(line)
