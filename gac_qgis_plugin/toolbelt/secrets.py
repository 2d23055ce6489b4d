"""The token of Hugging Face: in QGIS's encrypted store, or nowhere."""

from __future__ import annotations

from qgis.core import QgsApplication

KEY = "gac/hugging_face_token"


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
