"""Going on with what an unfinished run left in a folder, or beginning anew."""

from __future__ import annotations

from typing import Any

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import JOURNAL
from gac_core.contract.request import RunRequest
from gac_core.runs.identity import SETTINGS, differences
from gac_core.runs.journal import Journal, now
from gac_core.runs.workspace import WorkFolder


def refuse_other_settings(
    work: WorkFolder, journal: Journal | None, settings: dict[str, Any]
) -> None:
    """Refuse to replace an unfinished run that was asked for with other settings.

    Args:
        work: The working folder.
        journal: Of the unfinished run in it, if any.
        settings: What is asked for now (`identity.settings_of`).

    Raises:
        OutputError: If they differ, and what was computed is worth keeping.
    """
    if journal is None or not journal.is_worth_keeping:
        return
    if journal.identity.get(SETTINGS) != settings:
        raise OutputError(
            f"{work.path.parent} holds an unfinished run with other settings.",
            f"Go on with it (gac resume), choose another folder, or remove {work.path} to give "
            "it up.",
        )


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
    refuse_other_settings(work, journal, identity[SETTINGS])
    if journal is not None:
        changed = differences(identity, journal.identity)
        if not changed:
            journal.resumed.append(now())
            return journal
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
    asked = request.without_secrets().to_dict()
    journal = Journal(work.path / JOURNAL, asked, identity, started=now())
    journal.save()
    return journal
