"""Secrets, i.e. the Hugging Face token and a server's password: in QGIS's encrypted store only."""

from __future__ import annotations

from qgis.core import QgsApplication

from gac_qgis_plugin.toolbelt.redaction import MASKS, redacted

KEY = "gac/hugging_face_token"
SERVER = "gac/models_server"

_of_session: dict[str, str] = {}
"""Addresses that QGIS cannot store, kept until it is closed."""


def can_keep() -> bool:
    """Return whether QGIS can store secrets here."""
    return not QgsApplication.authManager().isDisabled()


def is_kept() -> bool:
    """Return whether a token is stored; asks for no password."""
    return can_keep() and bool(QgsApplication.authManager().existsAuthSetting(KEY))


def keep(token: str) -> bool:
    """Store a token, encrypted, and return whether that worked.

    QGIS may ask for its master password.
    """
    return can_keep() and bool(QgsApplication.authManager().storeAuthSetting(KEY, token, True))


def kept() -> str:
    """Return the stored token; empty if there is none. QGIS may ask for its master password."""
    if not is_kept():
        return ""
    return str(QgsApplication.authManager().authSetting(KEY, "", True) or "")


def forget() -> None:
    """Remove the stored token."""
    if is_kept():
        QgsApplication.authManager().removeAuthSetting(KEY)


def keep_server(address: str) -> str:
    """Store a server's address, encrypted if it contains a password or token.

    Returns:
        The address for the settings, with its secrets masked.
    """
    masked = redacted(address)
    if any(mask in address for mask in MASKS):
        return address  # the value that the settings already held
    forget_server()
    if masked != address:
        _of_session[SERVER] = address
        if can_keep():
            QgsApplication.authManager().storeAuthSetting(SERVER, address, True)
    return masked


def whole_server(shown: str) -> str:
    """Return the address stored by `keep_server`; empty if it is gone.

    QGIS may ask for its master password.
    """
    if not any(mask in shown for mask in MASKS):
        return shown
    address = _of_session.get(SERVER, "")
    if address or not can_keep():
        return address
    return str(QgsApplication.authManager().authSetting(SERVER, "", True) or "")


def forget_server() -> None:
    """Remove the stored server address."""
    _of_session.pop(SERVER, None)
    if can_keep() and QgsApplication.authManager().existsAuthSetting(SERVER):
        QgsApplication.authManager().removeAuthSetting(SERVER)
