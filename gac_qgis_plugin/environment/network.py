"""QGIS's network settings for other programs; for the main thread."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

CERTIFICATES = "certificates.pem"
_GIVEN = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


def proxy_variables() -> dict[str, str]:
    """Return environment variables for the proxy set in QGIS; none if none is."""
    manager = QgsNetworkAccessManager.instance()
    proxy = manager.fallbackProxy()
    kinds = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.HttpCachingProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
    }
    if proxy.type() not in kinds or not proxy.hostName():
        return {}
    user = ""
    if proxy.user():
        user = f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@"
    port = f":{proxy.port()}" if proxy.port() else ""
    address = f"{kinds[proxy.type()]}://{user}{proxy.hostName()}{port}"
    variables = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), address)
    excluded = ",".join(filter(None, map(_host, [*manager.excludeList(), *manager.noProxyList()])))
    if excluded:
        variables.update({"NO_PROXY": excluded, "no_proxy": excluded})
    return variables


def certificates_folder() -> Path:
    """Return the folder of certificates for other programs."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "gac"


def own_certificates() -> bytes:
    """Return the certificates that QGIS trusts if the user has added any, else nothing.

    Programs use them instead of their own, not in addition.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not (manager.databaseCAs() or manager.extraFileCAs()):
        return b""
    return bytes(manager.trustedCaCertsPemText())


def certificate_variables(
    pem: bytes, folder: Path, given: dict[str, str], name: str = "PIP_CERT"
) -> dict[str, str]:
    """Return the variables that make a program trust QGIS's certificates.

    Empty if the environment already names certificates to trust.

    Args:
        pem: Result of `own_certificates`.
        folder: Folder to write them to.
        given: The program's environment variables.
        name: The variable that the program reads.

    Raises:
        OSError: If they cannot be written.
    """
    if not pem or any(given.get(each) for each in _GIVEN):
        return {}
    path = folder / CERTIFICATES
    path.write_bytes(pem)
    return {name: str(path)}


def _host(address: str) -> str:
    """Return the host of an address in QGIS's list of proxy exceptions."""
    return str(address).split("://")[-1].split("/")[0]
