"""Settings that persist between QGIS sessions."""

from __future__ import annotations

from dataclasses import dataclass, fields

from qgis.core import QgsSettings

from gac_qgis_plugin.contract import request

PREFIX = "gac/"

DEFAULTS = request.DEFAULTS

FORMAT = 2
"""Version of the stored settings. In 1, `timesteps_3` was 8 unless the user chose another number.
"""


@dataclass
class PluginSettings:
    """The user's choices, stored under `gac/` in QGIS's settings.

    Attributes:
        worker_python: Python of the worker's environment; empty: detected.
        environment_folder: Folder of the environment that the plugin builds; empty: in the profile.
        wheel_folder: Folder that environments are installed from; empty: the package index.
        output_folder: Folder in which runs create their folders; empty: beside the project.
        models_mirror: Server that models are downloaded from; empty: Hugging Face.
        bundle: Name of the model bundle chosen last.
        device: `auto`, `cpu`, `cuda` or `mps`.
        timesteps_1: Diffusion steps of stage 1; 0: the bundle's number.
        timesteps_3: Steps of stage 3; 0: likewise.
        keep_stages: True if a run keeps the inputs of later stages, for runs that build upon it.
        style: Style of new results, a key of `styles.styles()`.
        display_range: Range of new results: `fixed` or `fitted`, as in `display`.
        export_folder: Default folder of exports; empty: beside the runs.
        scheduler: Address of the Dask scheduler for batches; empty: this computer computes them.
        scheduler_ca: Certificate authority of a scheduler at `tls://`.
        scheduler_certificate: The user's certificate for it.
        scheduler_key: That certificate's key.
    """

    worker_python: str = ""
    environment_folder: str = ""
    wheel_folder: str = ""
    output_folder: str = ""
    models_mirror: str = ""
    bundle: str = DEFAULTS["bundle"]
    device: str = DEFAULTS["device"]
    timesteps_1: int = 0
    timesteps_3: int = 0
    keep_stages: bool = True
    style: str = "true_colour"
    display_range: str = "fixed"
    export_folder: str = ""
    scheduler: str = ""
    scheduler_ca: str = ""
    scheduler_certificate: str = ""
    scheduler_key: str = ""

    @classmethod
    def load(cls) -> PluginSettings:
        """Load the saved settings, with defaults for missing ones."""
        store = QgsSettings()
        loaded = cls()
        for field in fields(cls):
            default = getattr(loaded, field.name)
            value = store.value(PREFIX + field.name, default, type=type(default))
            setattr(loaded, field.name, value)
        if store.value(f"{PREFIX}format", 1, type=int) < FORMAT and loaded.timesteps_3 == 8:
            loaded.timesteps_3 = 0
        return loaded

    def save(self) -> None:
        """Store the settings."""
        store = QgsSettings()
        store.setValue(f"{PREFIX}format", FORMAT)
        for field in fields(self):
            store.setValue(PREFIX + field.name, getattr(self, field.name))
