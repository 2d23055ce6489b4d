"""The folder that a user's models live in: `bundles`, `weights`, and `downloads` on their way."""

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
    """A folder of models.

    Attributes:
        path: The folder. It may be on a disk that is not plugged in.
        is_fixed: Whether the environment variable `GAC_MODELS` names it, so that nothing else can.
    """

    path: Path
    is_fixed: bool = False

    @property
    def bundles(self) -> Path:
        """Where each bundle has a folder."""
        return self.path / "bundles"

    @property
    def weights(self) -> Path:
        """Where published weight files lie (`known.place_of`)."""
        return self.path / "weights"

    @property
    def downloads(self) -> Path:
        """What was begun and is not whole yet."""
        return self.path / "downloads"

    @property
    def is_there(self) -> bool:
        """Whether it can be used: a folder that was chosen may be on a stick that is not here."""
        is_new = self.is_fixed and self.path.parent.is_dir()
        return self.path.is_dir() or self.path == data_folder() or is_new


def models_home(variables: Mapping[str, str] = os.environ) -> Home:
    """The folder in force: that of `GAC_MODELS`, the one that was chosen, or the standard one."""
    named = variables.get(VARIABLE, "")
    if named:
        return Home(Path(named).expanduser().absolute(), is_fixed=True)
    try:
        folder = read_json(data_folder() / MODELS_CHOICE, "choice of a folder", "")["folder"]
    except (BundleError, KeyError, TypeError):
        return Home(data_folder())
    return Home(Path(folder) if isinstance(folder, str) and folder else data_folder())


def choose_home(folder: Path) -> None:
    """Have models live in a folder from now on; nothing is moved.

    Raises:
        OutputError: If that cannot be remembered.
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
