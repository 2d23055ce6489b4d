"""Going on with what an unfinished run left in a folder, or beginning anew."""

from __future__ import annotations

from typing import Any

from gac_core.errors import OutputError
from gac_core.request import RunRequest
from gac_core.runs.identity import SETTINGS, differences
from gac_core.runs.journal import NAME, Journal, now
from gac_core.runs.workspace import WorkFolder


def journal_for(
    work: WorkFolder, request: RunRequest, identity: dict[str, Any], notes: list[str]
) -> Journal:
    """The journal of the unfinished run in a folder, if this is the same run; else a new one.

    Args:
        work: The working folder; emptied where nothing is gone on with.
        request: What is asked for.
        identity: What makes two runs the same (`journal.identity`).
        notes: Told why an unfinished run was not gone on with.

    Raises:
        OutputError: If it was asked for with other settings and is worth keeping.
    """
    journal = Journal.read(work.path)
    if journal is not None:
        changed = differences(identity, journal.identity)
        if not changed:
            journal.resumed.append(now())
            return journal
        if SETTINGS in changed and journal.is_worth_keeping:
            raise OutputError(
                f"{work.path.parent} holds an unfinished run with other settings.",
                f"Go on with it (gac resume), choose another folder, or remove {work.path} to give "
                "it up.",
            )
        notes.append(
            f"An unfinished run in this folder could not be gone on with: {', '.join(changed)} "
            "differ. All was computed anew."
        )
    elif not work.is_empty:
        notes.append(
            "What an unfinished run left in this folder could not be read. All was computed anew."
        )
    work.clear()
    work.keep = False
    journal = Journal(work.path / NAME, request.to_dict(), identity, started=now())
    journal.save()
    return journal
