"""Redaction of passwords and tokens from everything written: log, project, metadata, reports."""

from __future__ import annotations

from pathlib import PurePosixPath

from gac_qgis_plugin.contract import redaction

MASKS = (redaction.MARK, "…")
"""What stands for a secret; the second in settings of older versions."""

redacted = redaction.redacted_text
redacted_json = redaction.redacted_values


def file_name(source: str) -> str:
    """Return the last part of a file's path or address, as its display name."""
    path = redaction.plain(redacted(source)).replace("\\", "/")
    return PurePosixPath(path).name or redaction.MARK
