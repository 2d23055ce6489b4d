"""Folders that are remembered: by the project, which travels, and by the profile of QGIS."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsProject, QgsSettings

from gac_qgis_plugin.toolbelt.settings import PREFIX

SCOPE = "gac"
MOST = 100
"""Folders that the profile remembers; of more, the oldest are forgotten."""


class RememberedFolders:
    """Folders of one kind.

    Args:
        kind: A word for them; settings have it.
    """

    def __init__(self, kind: str) -> None:
        self.key = PREFIX + kind
        self._entry = f"/{kind}"

    def remember(self, folder: Path, project: QgsProject) -> None:
        """Puts a folder first."""
        self._keep_in_profile([folder, *(each for each in self.of_profile() if each != folder)])
        of_project = self.of_project(project)
        if folder not in of_project:
            self._keep_in_project(project, [folder, *of_project])

    def forget(self, folder: Path, project: QgsProject) -> None:
        """A folder is of no interest any more; its files stay."""
        self._keep_in_profile([each for each in self.of_profile() if each != folder])
        of_project = self.of_project(project)
        if folder in of_project:
            self._keep_in_project(project, [each for each in of_project if each != folder])

    def of_project(self, project: QgsProject) -> list[Path]:
        """Those that the project knows."""
        names, _ = project.readListEntry(SCOPE, self._entry)
        # As QGIS keeps the paths of layers: relative to the project, if that is wanted.
        return [Path(project.readPath(name)) for name in names if name]

    def of_profile(self) -> list[Path]:
        """Those that the profile knows, the latest first."""
        # As JSON: QGIS's settings give a list of one back as its only entry.
        try:
            names = json.loads(QgsSettings().value(self.key, "[]", type=str))
        except ValueError:
            names = []
        return [Path(name) for name in names if isinstance(name, str)]

    def _keep_in_project(self, project: QgsProject, chosen: list[Path]) -> None:
        written = [project.writePath(str(folder)) for folder in chosen]
        project.writeEntry(SCOPE, self._entry, written)

    def _keep_in_profile(self, chosen: list[Path]) -> None:
        QgsSettings().setValue(self.key, json.dumps([str(folder) for folder in chosen[:MOST]]))
