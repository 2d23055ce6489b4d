"""Check of the model bundles: usable ones, and problems of the others."""

from __future__ import annotations

from gac_core.contract.errors import GacError
from gac_core.doctor.finding import BAD, NOTE, OK, Finding, Tell


def examine(tell: Tell) -> bool:
    """Check every bundle.

    Returns:
        True if any can run.
    """
    from gac_core.models.library import Library

    library = Library.default()
    try:
        entries = library.describe_all()
    except GacError as error:
        tell(Finding("bundles", "bundles", BAD, error.message, error.remedy))
        return False
    ready = False
    for info in entries:
        name = str(info["name"])
        if info["ready"]:
            ready = True
            tell(Finding("bundles", name, OK, f"{info['title']}, {info['path']}"))
        else:
            text, remedy = str(info["problem"]), str(info["remedy"])
            tell(Finding("bundles", name, NOTE, text, remedy))
    if not ready:
        text = "no model bundle can run"
        tell(Finding("bundles", "bundles", BAD, text, "Install the plugin again."))
    return ready
