"""Paths of the plugin's files and of results."""

from __future__ import annotations

import configparser
import re
from datetime import datetime
from pathlib import Path

from qgis.core import QgsProject

from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError, redacted

PACKAGE = Path(__file__).resolve().parent.parent


def engine_root() -> Path:
    """Return the folder that holds `gac_core` and `resources`.

    This is the plugin's own folder when installed, and its parent in a checkout.

    Raises:
        PluginError: If neither holds them.
    """
    for folder in (PACKAGE, PACKAGE.parent):
        if (folder / "gac_core").is_dir() and (folder / "resources").is_dir():
            return folder
    raise PluginError(
        tr("The plugin in {} is incomplete: gac_core or resources are missing.").format(PACKAGE),
        tr("Install the plugin again from its zip file."),
        problem="plugin-incomplete",
    )


def resource(*names: str) -> Path:
    """Return the path of a file under `resources`."""
    return engine_root().joinpath("resources", *names)


def version() -> str:
    """Return the plugin's version from its metadata."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(engine_root() / "metadata.txt", encoding="utf-8")
    return metadata.get("general", "version", fallback="?")


def default_output_folder(project: QgsProject) -> Path:
    """Return the parent folder of new runs, used unless the user chose another."""
    home = project.homePath()
    return Path(home) / "gac" if home else Path.home() / "gac"


def short(path: Path) -> str:
    """Return a path as text, with ~ for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if home in path.parents else str(path)


def new_run_folder(parent: Path, layer_name: str, when: datetime) -> Path:
    """Create a new folder for one run, so that no run overwrites another.

    Raises:
        PluginError: If it cannot be created.
    """
    stem = re.sub(r"[^\w.-]+", "_", redacted(layer_name)).strip("._") or "run"
    name = f"{stem[:60]}_{when:%Y%m%d-%H%M%S}"
    for attempt in range(1, 1000):
        folder = parent / (name if attempt == 1 else f"{name}-{attempt}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise PluginError(
                tr("The output folder {} cannot be made: {}.").format(
                    folder, error.strerror or error
                ),
                tr("Choose another output folder in the GAC panel."),
                problem="output-folder-not-made",
            ) from error
        return folder
    text = tr("The output folder {} already has runs of this second.")
    raise PluginError(text.format(parent), problem="too-many-output-folders")
