"""The user's models folder: `bundles`, `weights`, and unfinished `downloads`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gac_core.contract.errors import BundleError, OutputError
from gac_core.contract.layout import MODELS_CHOICE, data_folder
from gac_core.models.card import read_json
from gac_core.raster.space import whole_file

VARIABLE = "GAC_MODELS"


@dataclass(frozen=True)
class Home:
    """A models folder.

    Attributes:
        path: The folder. It may be on a disk that is not mounted.
        is_fixed: True if the environment variable `GAC_MODELS` sets it, so that it cannot be
            changed.
    """

    path: Path
    is_fixed: bool = False

    @property
    def bundles(self) -> Path:
        """Folder with a subfolder for each bundle."""
        return self.path / "bundles"

    @property
    def weights(self) -> Path:
        """Folder of published weight files (`known.place_of`)."""
        return self.path / "weights"

    @property
    def downloads(self) -> Path:
        """Folder of unfinished downloads."""
        return self.path / "downloads"

    @property
    def is_there(self) -> bool:
        """True if the folder is available: a chosen folder may be on a disk that is not mounted."""
        is_new = self.is_fixed and self.path.parent.is_dir()
        return self.path.is_dir() or self.path == data_folder() or is_new


def models_home(variables: Mapping[str, str] = os.environ) -> Home:
    """Return the current models folder: that of `GAC_MODELS`, the chosen one, or the default."""
    path = variables.get(VARIABLE, "")
    if path:
        return Home(Path(path).expanduser().absolute(), is_fixed=True)
    try:
        folder = read_json(data_folder() / MODELS_CHOICE, "choice of a folder", "")["folder"]
    except (BundleError, KeyError, TypeError):
        return Home(data_folder())
    return Home(Path(folder) if isinstance(folder, str) and folder else data_folder())


def choose_home(folder: Path) -> None:
    """Set the models folder; nothing is moved.

    Raises:
        OutputError: If the choice cannot be stored.
    """
    chosen = data_folder() / MODELS_CHOICE
    try:
        chosen.parent.mkdir(parents=True, exist_ok=True)
        if folder == data_folder():
            chosen.unlink(missing_ok=True)
            return
        with whole_file(chosen) as part:
            part.write_text(json.dumps({"folder": str(folder)}), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"The folder of the models cannot be remembered in {chosen}: {error.strerror}.",
            "See that you may write there, or name the folder in the variable GAC_MODELS.",
        ) from error
