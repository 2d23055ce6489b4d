"""The bare virtual environment: Python and pip, without packages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from gac_qgis_plugin.environment import processes
from gac_qgis_plugin.environment.causes import explain
from gac_qgis_plugin.environment.place import python_in
from gac_qgis_plugin.environment.plan import Site
from gac_qgis_plugin.environment.requirements import Requirement
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

MAKE_LIMIT_S = 300.0
ASK_LIMIT_S = 60.0


def make(site: Site) -> None:
    """Create the bare environment, unless one of the same Python with a working pip exists.

    Raises:
        PluginError: If it cannot be created.
    """
    home = site.plan.home
    if _works(site):
        return
    refuse_foreign(home)
    if home.exists():
        shutil.rmtree(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    arguments = processes.session("module", "venv", str(home))
    ended = site.run(site.plan.python, arguments, limit_s=MAKE_LIMIT_S)
    if ended.code != 0:
        raise explain(tr("{} could not make an environment.").format(site.plan.python), ended)


def refuse_foreign(home: Path) -> None:
    """Check that a folder is an environment, empty, or nonexistent.

    Raises:
        PluginError: If it holds anything else, which must not be deleted.
    """
    if not home.exists() or (home / "pyvenv.cfg").exists():
        return
    if not home.is_dir() or any(home.iterdir()):
        raise PluginError(
            tr("{} holds other things than an environment.").format(home),
            tr("Choose an empty folder, or one that does not exist yet."),
        )


def applicable(site: Site, entries: list[Requirement]) -> list[Requirement]:
    """Return the entries whose markers hold for the environment's Python and system.

    Raises:
        PluginError: If its pip does not work.
    """
    markers = json.dumps([each.marker for each in entries])
    arguments = ["-I", processes.helper("applicable.py"), markers]
    ended = site.run(python_in(site.plan.home), arguments, limit_s=ASK_LIMIT_S)
    try:
        holds = json.loads(ended.output.splitlines()[-1])
    except (ValueError, IndexError):
        raise processes.failed(
            tr("The environment's pip does not work."),
            tr("Remove the environment and make it anew."),
            ended,
        ) from None
    return [each for each, needed in zip(entries, holds) if needed]


def _works(site: Site) -> bool:
    python = python_in(site.plan.home)
    if not python.is_file():
        return False
    code = "import sys, venv; from pip._internal.cli import main; print(*sys.version_info[:2])"
    ended = site.run(python, ["-I", "-c", code], limit_s=ASK_LIMIT_S)
    minor = " ".join(map(str, site.plan.version[:2]))
    return ended.code == 0 and ended.output.splitlines()[-1:] == [minor]
