"""How QGIS reaches the network, for other programs. For the main thread."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

CERTIFICATES = "certificates.pem"
_GIVEN = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


def proxy_variables() -> dict[str, str]:
    """Environment variables for the proxy that is set in QGIS; none if none is."""
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
    found = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), address)
    excluded = ",".join(filter(None, map(_host, [*manager.excludeList(), *manager.noProxyList()])))
    if excluded:
        found.update({"NO_PROXY": excluded, "no_proxy": excluded})
    return found


def certificates_folder() -> Path:
    """Where certificates lie that are handed on to other programs."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "gac"


def own_certificates() -> bytes:
    """The certificates that QGIS trusts, if the user has added any to the system's; else nothing.

    Programs take them instead of their own, not besides.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not (manager.databaseCAs() or manager.extraFileCAs()):
        return b""
    return bytes(manager.trustedCaCertsPemText())


def certificate_variables(
    pem: bytes, folder: Path, given: dict[str, str], name: str = "PIP_CERT"
) -> dict[str, str]:
    """Has a program trust what QGIS trusts, unless the system says already what to trust.

    Args:
        pem: What `own_certificates` found.
        folder: Where they may be written.
        given: The environment that the program gets.
        name: The variable that it looks at.

    Raises:
        OSError: If they cannot be written.
    """
    if not pem or any(given.get(each) for each in _GIVEN):
        return {}
    path = folder / CERTIFICATES
    path.write_bytes(pem)
    return {name: str(path)}


def _host(address: str) -> str:
    """The host of an address as QGIS's list of exceptions has it."""
    return str(address).split("://")[-1].split("/")[0]
