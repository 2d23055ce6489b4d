"""What environment is to be made, and how its making reaches other programs."""

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
"""Gets how far it is, in percent, and with what."""


@dataclass(frozen=True)
class Plan:
    """An environment to be made.

    Attributes:
        home: Its folder.
        python: The Python to make it with.
        version: That Python's version.
        requirements: The resolved file.
        variables: The processes' environment, proxy included.
        sizes: How large packages are.
        proof: Arguments for its Python that must work when it is whole.
        proof_variables: The environment for that.
        wheels: A folder to install from; None: the package index.
        certificates: What QGIS trusts, if that is more than the system does.
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
    """The place where a plan is carried out: its working folder, and programs run there.

    Attributes:
        plan: The plan.
        work: The working folder.
        downloads: What was fetched.
        tools: Packages that others are built with; no part of the environment.
        temporary: The programs' temporary folder.
        variables: The programs' environment.
        is_cancelled: Whether the user wants no more of it.
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
        """Runs a program to its end, as `processes.run`; its words go into the log too."""
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
