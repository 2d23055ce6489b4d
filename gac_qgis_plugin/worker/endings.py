"""How a worker's process ended, in words."""

from __future__ import annotations

from gac_qgis_plugin.toolbelt.words import tr


def no_start(program: str, error: str) -> str:
    """It could not be started."""
    return tr("GAC's worker process could not be started ({}: {}).").format(program, error)


def never_ready(milliseconds: int) -> str:
    """It said nothing for so long."""
    seconds = milliseconds // 1000
    return tr("GAC's worker process did not get ready within {} s.").format(seconds)


def other_protocol(its: object, ours: int) -> str:
    """It is of another version."""
    text = tr("GAC's worker process speaks protocol {}, this plugin speaks {}.")
    return text.format(its, ours)


def crashed() -> str:
    """A signal ended it."""
    return tr("GAC's worker process crashed.")


def exited(code: int) -> str:
    """It went by itself."""
    return tr("GAC's worker process ended with exit status {}.").format(code)


def endless_line(most: int) -> str:
    """It sent a line that is longer than any message."""
    text = tr("GAC's worker process was ended: it sent more than {} bytes without a line break.")
    return text.format(most)


def stopped() -> str:
    """It did not obey a `cancel`."""
    return tr("GAC's worker process was stopped, as the run was cancelled.")
