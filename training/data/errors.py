"""What is wrong with data, in words for the person who brought it."""

from __future__ import annotations

from gac_core.contract.errors import GacError


class DataError(GacError):
    """Training data cannot be read, or is not what training needs."""

    code = "data"

    def __reduce__(self) -> tuple[type[DataError], tuple[str, str]]:
        # An error of a loader's worker process travels to the main one by pickle, which would
        # otherwise make the message out of both halves.
        return type(self), (self.message, self.remedy)
