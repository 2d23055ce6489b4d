"""Messages for the ways a worker process can end."""

from __future__ import annotations

from gac_qgis_plugin.toolbelt.words import tr


def no_start(program: str, error: str) -> str:
    """Return the message for a process that could not be started."""
    return tr("GAC's worker process could not be started ({}: {}).").format(program, error)


def never_ready(milliseconds: int) -> str:
    """Return the message for a worker that did not become ready in time."""
    seconds = milliseconds // 1000
    return tr("GAC's worker process did not get ready within {} s.").format(seconds)


def other_protocol(its: object, ours: int) -> str:
    """Return the message for a worker with another protocol version."""
    text = tr("GAC's worker process speaks protocol {}, this plugin speaks {}.")
    return text.format(its, ours)


def crashed() -> str:
    """Return the message for a process ended by a signal."""
    return tr("GAC's worker process crashed.")


def exited(code: int) -> str:
    """Return the message for a process that ended by itself."""
    return tr("GAC's worker process ended with exit status {}.").format(code)


def endless_line(most: int) -> str:
    """Return the message for a line longer than any message."""
    text = tr("GAC's worker process was ended: it sent more than {} bytes without a line break.")
    return text.format(most)


def stopped() -> str:
    """Return the message for a worker that ignored a `cancel`."""
    return tr("GAC's worker process was stopped, as the run was cancelled.")
