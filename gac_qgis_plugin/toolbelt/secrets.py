"""The token of Hugging Face and a server's password: in QGIS's encrypted store, or nowhere."""

from __future__ import annotations

from qgis.core import QgsApplication

from gac_qgis_plugin.toolbelt.redaction import MASKS, redacted

KEY = "gac/hugging_face_token"
SERVER = "gac/models_server"

_of_session: dict[str, str] = {}
"""Addresses that QGIS cannot keep, until it is closed."""


def can_keep() -> bool:
    """Whether QGIS can keep secrets here."""
    return not QgsApplication.authManager().isDisabled()


def is_kept() -> bool:
    """Whether a token is kept; asks for no password."""
    return can_keep() and bool(QgsApplication.authManager().existsAuthSetting(KEY))


def keep(token: str) -> bool:
    """Keeps a token, encrypted; QGIS may ask for its master password. Says whether it did."""
    return can_keep() and bool(QgsApplication.authManager().storeAuthSetting(KEY, token, True))


def kept() -> str:
    """The token that is kept; empty: none. QGIS may ask for its master password."""
    if not is_kept():
        return ""
    return str(QgsApplication.authManager().authSetting(KEY, "", True) or "")


def forget() -> None:
    """Keeps no token any more."""
    if is_kept():
        QgsApplication.authManager().removeAuthSetting(KEY)


def keep_server(address: str) -> str:
    """Keeps the address of a server, encrypted if a password or token is in it.

    Returns:
        What may stand in the settings: the address, with a mask for what is secret in it.
    """
    shown = redacted(address)
    if any(mask in address for mask in MASKS):
        return address  # what stood in the settings before
    forget_server()
    if shown != address:
        _of_session[SERVER] = address
        if can_keep():
            QgsApplication.authManager().storeAuthSetting(SERVER, address, True)
    return shown


def whole_server(shown: str) -> str:
    """The address that `keep_server` kept; empty: it is gone. QGIS may ask for its password."""
    if not any(mask in shown for mask in MASKS):
        return shown
    kept_here = _of_session.get(SERVER, "")
    if kept_here or not can_keep():
        return kept_here
    return str(QgsApplication.authManager().authSetting(SERVER, "", True) or "")


def forget_server() -> None:
    """Keeps no server's password any more."""
    _of_session.pop(SERVER, None)
    if can_keep() and QgsApplication.authManager().existsAuthSetting(SERVER):
        QgsApplication.authManager().removeAuthSetting(SERVER)
