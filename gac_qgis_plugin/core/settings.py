"""Settings and secrets that outlast QGIS."""

from __future__ import annotations

from dataclasses import dataclass, fields

from qgis.core import QgsApplication, QgsSettings

from gac_qgis_plugin.contract import request
from gac_qgis_plugin.core.problems import MASKS, redacted

PREFIX = "gac/"
DEFAULTS = request.DEFAULTS
FORMAT = 2
"""Version of the stored settings. In 1, `timesteps_3` was 8 unless the user chose another number.
"""

KEY = "gac/hugging_face_token"
SERVER = "gac/models_server"
_session_secrets: dict[str, str] = {}
"""Addresses that QGIS cannot store, kept until it is closed."""


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
        is_led: True until the user has gone the path of a first run, or left it.
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
    is_led: bool = True
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


def can_store() -> bool:
    """Return whether QGIS can store secrets here."""
    return not QgsApplication.authManager().isDisabled()


def has_token() -> bool:
    """Return whether a token is stored; asks for no password."""
    return can_store() and bool(QgsApplication.authManager().existsAuthSetting(KEY))


def store_token(token: str) -> bool:
    """Store a token, encrypted, and return whether that worked.

    QGIS may ask for its master password.
    """
    return can_store() and bool(QgsApplication.authManager().storeAuthSetting(KEY, token, True))


def stored_token() -> str:
    """Return the stored token; empty if there is none. QGIS may ask for its master password."""
    if not has_token():
        return ""
    return str(QgsApplication.authManager().authSetting(KEY, "", True) or "")


def forget_token() -> None:
    """Remove the stored token."""
    if has_token():
        QgsApplication.authManager().removeAuthSetting(KEY)


def store_server(address: str) -> str:
    """Store a server's address, encrypted if it contains a password or token.

    Returns:
        The address for the settings, with its secrets masked.
    """
    masked = redacted(address)
    if any(mask in address for mask in MASKS):
        return address  # the value that the settings already held
    forget_server()
    if masked != address:
        _session_secrets[SERVER] = address
        if can_store():
            QgsApplication.authManager().storeAuthSetting(SERVER, address, True)
    return masked


def unmask_server(masked: str) -> str:
    """Return the address stored by `store_server`; empty if it is gone.

    QGIS may ask for its master password.
    """
    if not any(mask in masked for mask in MASKS):
        return masked
    address = _session_secrets.get(SERVER, "")
    if address or not can_store():
        return address
    return str(QgsApplication.authManager().authSetting(SERVER, "", True) or "")


def forget_server() -> None:
    """Remove the stored server address."""
    _session_secrets.pop(SERVER, None)
    if can_store() and QgsApplication.authManager().existsAuthSetting(SERVER):
        QgsApplication.authManager().removeAuthSetting(SERVER)
