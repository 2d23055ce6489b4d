"""Plan of an environment, and the settings of the processes that build it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from gac_qgis_plugin.environment import processes
from gac_qgis_plugin.environment.place import work_folder
from gac_qgis_plugin.environment.processes import Ended
from gac_qgis_plugin.environment.sizes import Sizes
from gac_qgis_plugin.toolbelt.redaction import redacted

Tell = Callable[[float, str], object]
"""Callback for progress in percent, and its label."""


@dataclass(frozen=True)
class Plan:
    """An environment to build.

    Attributes:
        home: Its folder.
        python: The base Python.
        version: That Python's version.
        requirements: The file of resolved requirements.
        variables: Environment variables of the processes, proxy included.
        sizes: Sizes of packages.
        proof: Arguments for its Python that must succeed when it is complete.
        proof_variables: Environment variables for that.
        wheels: A folder to install from; None: the package index.
        certificates: Certificates that QGIS trusts, if more than the system's.
        gac: GAC's version.
    """

    home: Path
    python: Path
    version: tuple[int, int, int]
    requirements: Path
    variables: dict[str, str]
    sizes: Sizes
    proof: tuple[str, ...]
    proof_variables: dict[str, str] = field(default_factory=dict)
    wheels: Path | None = None
    certificates: bytes = b""
    gac: str = ""


class Site:
    """Working folder of a build, and the programs run in it.

    Attributes:
        plan: The plan.
        work: The working folder.
        downloads: Folder of downloaded packages.
        tools: Build tools of other packages; not part of the environment.
        temporary: The programs' temporary folder.
        variables: The programs' environment variables.
        is_cancelled: Returns True once the user has cancelled.
    """

    def __init__(self, plan: Plan, is_cancelled: Callable[[], bool]) -> None:
        self.plan = plan
        self.work = work_folder(plan.home)
        self.downloads = self.work / "downloads"
        self.tools = self.work / "tools"
        self.temporary = self.work / "tmp"
        self.is_cancelled = is_cancelled
        self.variables = {
            **plan.variables,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary)),
            "PYTHONPATH": str(self.tools),
        }

    def run(
        self,
        program: Path,
        arguments: list[str],
        *,
        on_line: Callable[[str], object] = processes.nothing,
        on_tick: Callable[[], object] = processes.nothing,
        limit_s: float | None = None,
    ) -> Ended:
        """Run a program to its end, as `processes.run`, and append its output to the build log."""
        ended = processes.run(
            program,
            arguments,
            self.variables,
            on_line=on_line,
            on_tick=on_tick,
            is_cancelled=self.is_cancelled,
            limit_s=limit_s,
        )
        with (self.work / "log.txt").open("a", encoding="utf-8") as log:
            log.write(f"{redacted(ended.output)}\n")
        return ended
