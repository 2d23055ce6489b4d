"""The installer uv: its program, the user's settings for it, its runs and failures.

Settings for targets, selections or Pythons are controlled by the plugin: with `PIP_TARGET` or
`dry-run` in a `pip.conf` an environment would stay empty. Indexes, mirrors, proxies and
certificates hold, also those that the user has set for pip.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Callable, NamedTuple

from gac_qgis_plugin.contract import rename
from gac_qgis_plugin.core import processes, records
from gac_qgis_plugin.core.i18n import later, tr
from gac_qgis_plugin.core.problems import PluginError, redacted
from gac_qgis_plugin.core.processes import ProcessResult
from gac_qgis_plugin.environment.plan import UV_FILE, Plan, tools_folder, work_folder
from gac_qgis_plugin.environment.requirements import Requirement, read


class _Cause(NamedTuple):
    """Cause of a failure, by what uv or pip prints."""

    pattern: str
    message: str
    remedy: str
    problem: str


_CAUSES = (
    _Cause(
        r"No space left on device|Errno 28|os error (28|112|122)\b|Disk quota exceeded",
        message=later("The disk became full."),
        remedy=later("Make room, or choose another folder, and go on: what was fetched is kept."),
        problem="disk-full",
    ),
    _Cause(
        r"Hash mismatch for `(?P<what>[^`]+)`|THESE PACKAGES DO NOT MATCH THE HASHES",
        message=later("{what} is not the file that it should be: its hash differs."),
        remedy=later(
            "Go on to fetch it again. If it stays so, something between you and the package index "
            "(a proxy, an antivirus, a mirror) changes files; or the wheel folder holds others."
        ),
        problem="hash-differs",
    ),
    _Cause(
        r"407 Proxy Authentication|ProxyError|Cannot connect to proxy|Tunnel connection failed|"
        r"[Pp]roxy authorization required|[Tt]unnel error|unsuccessful tunnel|proxy.*unreachable",
        message=later("The proxy did not let the installer through."),
        remedy=later("Check QGIS's options, Network: address, user, password; then go on."),
        problem="proxy-refused",
    ),
    _Cause(
        r"Missing dependencies for SOCKS",
        message=later("pip, which fetches uv, cannot use a SOCKS proxy."),
        remedy=later(
            "Install uv yourself, so that it is on the PATH, set an HTTP proxy in QGIS's options, "
            "Network, or install from a wheel folder."
        ),
        problem="socks-proxy",
    ),
    _Cause(
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError|invalid peer certificate|"
        r"UnknownIssuer|CaUsedAsEndEntity|certificate verify failed",
        message=later("The package index's certificate is not trusted."),
        remedy=later(
            "If your organisation inspects traffic, add its certificate in QGIS's options, "
            "Authentication, Manage certificates; then go on."
        ),
        problem="certificate-not-trusted",
    ),
    _Cause(
        r"Failed to install cpython|No interpreter found|No download found",
        message=later("No fitting Python was found, and none could be fetched."),
        remedy=later(
            "Check the network and QGIS's proxy (options, Network); or install Python 3.11, or "
            "name one under Made with, and go on."
        ),
        problem="python-missing",
    ),
    _Cause(
        r"NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|getaddrinfo|"
        r"Temporary failure in name resolution|Connection (refused|reset)|Max retries|"
        r"Network is unreachable|IncompleteRead|RemoteDisconnected|ConnectionResetError|"
        r"error sending request|dns error|(client|server) error|operation timed out|"
        r"error decoding response body|network was disabled|end of file before message length",
        message=later("The package index cannot be reached."),
        remedy=later(
            "Check the network and QGIS's proxy (options, Network), then go on from here; or "
            "install from a wheel folder, without any network."
        ),
        problem="index-unreachable",
    ),
    _Cause(
        r"Permission denied|PermissionError|(WinError|os error) (5|13|32)\b|Access is denied",
        message=later("A file could not be written or replaced."),
        remedy=later(
            "Close other windows of QGIS; look whether an antivirus holds the folder; then go on."
        ),
        problem="file-in-use",
    ),
    _Cause(
        r"No matching distribution found for (?P<what>[\w.=+-]+)|"
        r"(Because|and that) (?P<that>[\w.=+-]+) (was not found|has no|could not)|"
        r"no version of (?P<one>[\w.=+-]+)",
        message=later("The package index has no file of {what} for this Python and system."),
        remedy=later("Choose another build of PyTorch, or a wheel folder that has it."),
        problem="package-missing",
    ),
)

PIP_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "no-index": "",
    "find-links": "",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
    "keyring-provider": "",
}
"""pip's settings that hold, and uv's variable for each; empty: see `index_flags`."""
UV_VARIABLES = re.compile(
    r"UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|INSECURE_HOST|KEYRING_PROVIDER"
    r"|HTTP_(CONNECT_)?TIMEOUT|HTTP_RETRIES|SYSTEM_CERTS|NATIVE_TLS|PYTHON_INSTALL_MIRROR"
    r"|ASTRAL_MIRROR_URL|CONCURRENT_(DOWNLOADS|INSTALLS)|INDEX_\w+_(USERNAME|PASSWORD))"
)
"""uv's variables that hold."""
MIRROR = "GAC_TORCH_INDEX"
"""Variable for a mirror of PyTorch's own indexes: an address under which there is one a build."""
CONFIGURATION = "PIP_CONFIG_FILE"
MAX_LINE = 100_000
"""Maximum number of characters of all settings in the files."""
UV = "uv.exe" if sys.platform == "win32" else "uv"
ASK_LIMIT_S = 60.0
FETCH_LIMIT_S = 900.0


class Site:
    """Working folder of a build, and the programs run in it.

    Attributes:
        plan: The plan.
        work: The working folder.
        home: The new environment in it, before it takes the place of the old one.
        tools: Folder of uv, its cache and its Pythons.
        temporary: The programs' temporary folder.
        variables: The programs' environment variables.
        flags: uv's arguments that name the sources of packages.
        uv: uv's program.
        python: The base Python; None until it was found.
        is_cancelled: Returns True once the user has cancelled.
    """

    def __init__(self, plan: Plan, is_cancelled: Callable[[], bool]) -> None:
        self.plan = plan
        self.work = work_folder(plan.home)
        self.home = self.work / "env"
        self.tools = tools_folder(plan.home)
        self.temporary = self.work / "tmp"
        self.is_cancelled = is_cancelled
        self.flags: list[str] = []
        self.uv = self.tools / UV
        self.python: Path | None = None
        self.variables = {
            **allowed_variables(plan.variables),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary)),
        }

    def run(
        self,
        program: Path,
        arguments: list[str],
        *,
        on_line: Callable[[str], object] = processes.ignore,
        on_tick: Callable[[], object] = processes.ignore,
        limit_s: float | None = None,
    ) -> ProcessResult:
        """Run a program to its end, as `processes.run`, and append its output to the build log."""
        result = processes.run(
            program,
            arguments,
            self.variables,
            on_line=on_line,
            on_tick=on_tick,
            is_cancelled=self.is_cancelled,
            limit_s=limit_s,
        )
        with (self.work / "log.txt").open("a", encoding="utf-8") as log:
            log.write(f"{redacted(result.output)}\n")
        return result

    def run_uv(
        self,
        *arguments: str,
        on_line: Callable[[str], object] = processes.ignore,
        on_tick: Callable[[], object] = processes.ignore,
    ) -> ProcessResult:
        """Run uv; once there is a Python, in a session that ends with QGIS."""
        if self.python is None:
            return self.run(self.uv, list(arguments), on_line=on_line, on_tick=on_tick)
        words = processes.session("program", str(self.uv), *arguments)
        return self.run(self.python, words, on_line=on_line, on_tick=on_tick)


def explain(what: str, ended: ProcessResult) -> PluginError:
    """Return the error for a failed step.

    Args:
        what: The step that failed, as a sentence.
        ended: Exit status and output of uv or pip.
    """
    output = re.sub(r"\s*\n\s+", " ", ended.output)
    for each in _CAUSES:
        match = re.search(each.pattern, output)
        if match is not None:
            subject = next(filter(None, match.groupdict().values()), tr("A package"))
            cause = tr(each.message).format(what=subject)
            return PluginError(
                f"{what} {cause}", tr(each.remedy), ended.output, problem=each.problem
            )
    return PluginError(
        what,
        tr("Go on from here; if it fails again, report it with the details."),
        f"{ended.output}\n(exit status {ended.code})".strip(),
        problem="installer-failed",
    )


def allowed_variables(variables: dict[str, str]) -> dict[str, str]:
    """Return environment variables without those that redirect or disable installation."""
    names = {*map(_variable, PIP_SETTINGS), CONFIGURATION}
    return {
        name: value
        for name, value in variables.items()
        if name.upper() in names
        or UV_VARIABLES.fullmatch(name.upper())
        or not name.upper().startswith(("PIP_", "UV_", "VIRTUAL_ENV"))
    }


def prepare(site: Site) -> None:
    """Get uv, and translate the user's settings into its variables and arguments.

    Raises:
        PluginError: If uv cannot be had.
        OSError: If a file cannot be written.
    """
    plan = site.plan
    site.tools.mkdir(parents=True, exist_ok=True)
    pip = None if plan.wheels is not None else next(_pips(site), None)
    if pip is not None:
        site.variables = inline_file_settings(site, pip)
    pem = plan.certificates
    site.variables.update(
        processes.certificate_variables(pem, site.work, site.variables, "SSL_CERT_FILE")
    )
    _obtain(site, pip)
    site.flags = index_flags(site)
    site.variables = uv_variables(site)


def inline_file_settings(site: Site, pip: Path) -> dict[str, str]:
    """Return the build's environment variables plus pip's file settings, with the files disabled.

    A setting in a file cannot be undone by another file or by an empty variable. If pip cannot read
    its files, they stay: pip itself reports what is wrong with them.
    """
    result = processes.run(
        pip,
        ["-I", processes.helper("run_pip.py"), "settings", json.dumps(list(PIP_SETTINGS))],
        site.variables,
        is_cancelled=site.is_cancelled,
        limit_s=ASK_LIMIT_S,
        max_line=MAX_LINE,
    )
    # Not logged: addresses of indexes and proxies contain passwords.
    reading = records.parse((result.output.splitlines() or [""])[-1], dict[str, str])
    if result.code != 0 or reading.damage:
        return site.variables
    variables = {_variable(name): value for name, value in reading.values.items()}
    return {**variables, **site.variables, CONFIGURATION: os.devnull}


def uv_variables(site: Site) -> dict[str, str]:
    """Return the variables for uv: pip's in its own names, and what the plugin controls."""
    variables = {k: v for k, v in site.variables.items() if not k.upper().startswith("PIP_")}
    for name, own in PIP_SETTINGS.items():
        value = site.variables.get(_variable(name))
        if value and own:
            variables.setdefault(own, " ".join(value.split()))
    if site.plan.wheels is not None:
        variables = {k: v for k, v in variables.items() if not k.startswith("UV_")}
        variables["UV_OFFLINE"] = "1"
        if any(site.plan.wheels.glob("*/cpython-3*")):
            variables["UV_PYTHON_INSTALL_MIRROR"] = site.plan.wheels.resolve().as_uri()
    variables.setdefault("UV_SYSTEM_CERTS", "1")
    return {**variables, **own_variables(site.tools)}


def own_variables(tools: Path) -> dict[str, str]:
    """Return uv's variables that the plugin controls, for its folder of tools."""
    return {
        "UV_NO_CONFIG": "1",
        "UV_NO_PROGRESS": "1",
        "UV_CACHE_DIR": str(tools / "cache"),
        "UV_PYTHON_INSTALL_DIR": str(tools / "python"),
        "UV_PYTHON_INSTALL_BIN": "0",
        "UV_PYTHON_INSTALL_REGISTRY": "0",
        "NO_COLOR": "1",
    }


def index_flags(site: Site) -> list[str]:
    """Return uv's arguments for a wheel folder, or for what the user has set for pip."""
    if site.plan.wheels is not None:
        return ["--offline", "--no-index", "--find-links", str(site.plan.wheels)]
    flags = []
    if site.variables.get("PIP_NO_INDEX", "").lower() in ("1", "true", "yes", "on"):
        flags = ["--no-index"]
    for link in site.variables.get("PIP_FIND_LINKS", "").split():
        flags += ["--find-links", link]
    return flags


def _variable(name: str) -> str:
    return f"PIP_{name.upper().replace('-', '_')}"


def _obtain(site: Site, pip: Path | None) -> None:
    """Find the pinned uv in the tools, on the PATH, or fetch it."""
    pinned = read(site.plan.requirements / UV_FILE)[0]
    path = shutil.which("uv", path=site.variables.get("PATH"))
    for program in (site.uv, *([Path(path)] if path else [])):
        if program.is_file() and _version(site, program) == pinned.version:
            site.uv = program
            return
    folder = site.plan.wheels
    if folder is None:
        if pip is None:
            raise PluginError(
                tr("The installer uv could not be fetched: no Python with pip was found."),
                tr("Install pip (on Debian and Ubuntu: sudo apt install python3-pip), or uv {} so "
                   "that it is on the PATH; then go on.").format(pinned.version),
                problem="pip-missing",
            )  # fmt: skip
        folder = _fetch(site, pip)
    for wheel in sorted(folder.glob("uv-*.whl")):
        if _unpack(wheel, pinned, site.uv) and _version(site, site.uv) == pinned.version:
            return
    command = f"pip download --no-deps -r {site.plan.requirements / UV_FILE} --dest FOLDER"
    raise PluginError(
        tr("{} holds no uv {} for this system.").format(folder, pinned.version),
        tr("Put its wheel there: {}").format(command),
        problem="uv-not-in-folder",
    )


def _version(site: Site, program: Path) -> str:
    result = processes.run(program, ["--version"], site.variables, limit_s=ASK_LIMIT_S)
    match = re.match(r"uv (\S+)", result.output)
    return match[1] if match else ""


def _fetch(site: Site, pip: Path) -> Path:
    """Return a folder with uv's wheel for this system, downloaded by pip."""
    folder = site.work / "uv"
    arguments = [
        *("download", "--no-deps", "--only-binary", ":all:", "--require-hashes"),
        *("--disable-pip-version-check", "--no-input", "--no-color", "--progress-bar", "off"),
        *("--no-cache-dir", "--dest", str(folder)),
        *("--requirement", str(site.plan.requirements / UV_FILE)),
    ]
    if "SSL_CERT_FILE" in site.variables:
        site.variables.setdefault("PIP_CERT", site.variables["SSL_CERT_FILE"])
    words = processes.session("file", processes.helper("run_pip.py"), *arguments)
    result = site.run(pip, words, limit_s=FETCH_LIMIT_S)
    if result.code != 0:
        raise explain(tr("The installer uv could not be fetched."), result)
    return folder


def _unpack(wheel: Path, pinned: Requirement, target: Path) -> bool:
    """Unpack uv's program from a wheel with a pinned hash; True if there is one for this system.

    Whether it is for this processor is seen when it is run.
    """
    if hashlib.sha256(wheel.read_bytes()).hexdigest() not in pinned.hashes:
        return False
    system = {"win32": "win", "darwin": "macosx"}.get(sys.platform, "linux")
    if system not in wheel.name:
        return False
    with zipfile.ZipFile(wheel) as file:
        names = [name for name in file.namelist() if name.endswith(f"/scripts/{target.name}")]
        if not names:
            return False
        part = target.with_name(f"{target.name}.part")
        part.write_bytes(file.read(names[0]))
    part.chmod(0o755)
    rename.replace_path(part, target)
    return True


def _pips(site: Site) -> Iterator[Path]:
    """Yield Pythons that can run pip."""
    for python in _candidates():
        words = ["-I", processes.helper("run_pip.py"), "--version"]
        result = processes.run(python, words, site.variables, limit_s=ASK_LIMIT_S)
        if result.code == 0:
            yield python


def _candidates() -> list[Path]:
    """Return programs that may be a Python, QGIS's own first, each real one once."""
    base = Path(sys.base_prefix)
    ending = ".exe" if sys.platform == "win32" else ""
    names = [f"python3.{sys.version_info.minor}", "python3", "python"]
    # QGIS's program is QGIS itself, so its Python is searched beside the library.
    folders = [base, base / "bin", Path(sys.executable).parent / "bin"]
    folders += [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    folders += map(Path, ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"))
    programs: dict[Path, Path] = {}
    for path in (folder / f"{name}{ending}" for folder in folders for name in names):
        # pyenv's shims are not Pythons.
        if path.is_file() and "shims" not in path.parts:
            programs.setdefault(path.resolve(), path)
    return list(programs.values())
