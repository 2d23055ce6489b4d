"""Causes of pip's failures, recognised by its output, and their remedies."""

from __future__ import annotations

import re

from gac_qgis_plugin.environment.processes import Ended
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr

_CAUSES = (
    (
        r"No space left on device|Errno 28|WinError 112|Errno 122|Disk quota exceeded",
        "The disk became full.",
        "Make room, or choose another folder, and go on: what was fetched is kept.",
    ),
    (
        r"THESE PACKAGES DO NOT MATCH THE HASHES",
        "A package is not the file that it should be: its hash differs.",
        "Go on to fetch it again. If it stays so, something between you and the package index "
        "(a proxy, an antivirus, a mirror) changes files; or the wheel folder holds others.",
    ),
    (
        r"407 Proxy Authentication|ProxyError|Cannot connect to proxy|Tunnel connection failed",
        "The proxy did not let pip through.",
        "Check QGIS's options, Network: address, user, password; then go on.",
    ),
    (
        r"Missing dependencies for SOCKS",
        "pip cannot use a SOCKS proxy by itself.",
        "Set an HTTP proxy in QGIS's options, Network, or install from a wheel folder.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The package index's certificate is not trusted.",
        "If your organisation inspects traffic, add its certificate in QGIS's options, "
        "Authentication, Manage certificates; then go on.",
    ),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|getaddrinfo|"
        r"Temporary failure in name resolution|Connection (refused|reset)|Max retries|"
        r"Network is unreachable|IncompleteRead|RemoteDisconnected|ConnectionResetError",
        "The package index cannot be reached.",
        "Check the network and QGIS's proxy (options, Network), then go on from here; or install "
        "from a wheel folder, without any network.",
    ),
    (
        r"Permission denied|PermissionError|WinError 5\b|WinError 32\b|Access is denied",
        "A file could not be written or replaced.",
        "Close other windows of QGIS; look whether an antivirus holds the folder; then go on.",
    ),
    (
        r"No matching distribution found for (?P<what>[\w.=-]+)",
        "The package index has no file of {what} for this Python and system.",
        "Choose another Python (3.11 is best tested), or a wheel folder that has it.",
    ),
)


def explain(what: str, ended: Ended) -> PluginError:
    """Return the error for a failed step of pip.

    Args:
        what: The step that failed, as a sentence.
        ended: pip's exit status and output.
    """
    for pattern, message, remedy in _CAUSES:
        match = re.search(pattern, ended.output)
        if match is not None:
            subject = match.groupdict().get("what") or tr("a package")
            cause = tr(message).format(what=subject)
            return PluginError(f"{what} {cause}", tr(remedy), ended.output)
    return PluginError(
        what,
        tr("Go on from here; if it fails again, report it with the details."),
        f"{ended.output}\n(exit status {ended.code})".strip(),
    )
