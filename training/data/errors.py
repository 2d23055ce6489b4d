"""Errors of training data."""

from __future__ import annotations

from gac_core.contract.errors import GacError


class DataError(GacError):
    """Error of training data that cannot be read or used."""

    code = "data"

    def __reduce__(self) -> tuple[type[DataError], tuple[str, str]]:
        # Errors of a loader's worker are pickled, which by default would join message and remedy.
        return type(self), (self.message, self.remedy)
