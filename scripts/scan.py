"""Scan of the plugin's zip by the QGIS plugin repository's rules; fails on anything it rejects.

On upload the repository refuses a zip with invalid form or metadata, and blocks one with findings
of bandit or detect-secrets by an enabled rule (qgis/QGIS-Plugins-Website: validator.py,
security_scanner.py, management/commands/data/*_rules.json). Its warnings, flake8 and file types,
fail here as well. The public addresses in metadata.txt are checked only by scripts/release.py.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

MAX_BYTES = 25_000_000
REQUIRED = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about")
ADDRESSES = ("tracker", "repository", "homepage")
"""Required too, but unknown until the project has a public place."""

SUSPICIOUS = (".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd", ".pyc", ".pyo")
FORBIDDEN_FOLDERS = {"__MACOSX", ".git", "__pycache__"}

DISABLED_BANDIT = ("B404", "B411")
"""Rules that the repository does not apply; all others block, regardless of severity."""

DISABLED_SECRETS = ("IPPublicDetector",)
CHECKSUM_RULE = "Hex High Entropy String"
CHECKSUM = re.compile(r'"([a-z0-9_]*sha256|commit|revision)": "[0-9a-f]{40,64}"')
"""Public checksums of weight files look like secrets. The uploader has to skip the rule
HexHighEntropyString, which the repository allows; no other rule has to be skipped."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the environment's tools in a folder."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=folder, text=True, encoding="utf-8", capture_output=True, check=False
    )


def check_form(path: Path) -> list[str]:
    """Return errors of the zip itself: size, names, permissions."""
    errors = []
    if path.stat().st_size > MAX_BYTES:
        errors.append(f"the zip has {path.stat().st_size:,} bytes; {MAX_BYTES:,} are accepted")
    with zipfile.ZipFile(path) as file:
        bad = file.testzip()
        entries = file.infolist()
    if bad:
        errors.append(f"{bad}: damaged")
    tops = {PurePosixPath(entry.filename).parts[0] for entry in entries}
    if len(tops) != 1 or not next(iter(tops)).isidentifier():
        errors.append(f"one folder is wanted, named as a Python package: {', '.join(sorted(tops))}")
    names = {entry.filename.partition("/")[2] for entry in entries}
    errors += [
        f"{name}: missing"
        for name in ("__init__.py", "metadata.txt", "LICENSE")
        if name not in names
    ]
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        if ".." in entry.filename or entry.filename.startswith("/"):
            errors.append(f"{entry.filename}: not a plain path")
        if FORBIDDEN_FOLDERS & set(parts) or parts[-1].startswith("."):
            errors.append(f"{entry.filename}: hidden, or of no use")
        if entry.filename.lower().endswith(SUSPICIOUS):
            errors.append(f"{entry.filename}: a program")
        if entry.external_attr >> 16 & 0o111:
            errors.append(f"{entry.filename}: executable")
    return errors


def check_metadata(path: Path) -> list[str]:
    """Return errors of metadata.txt, parsed as the repository does: a bare % is an error there."""
    parser = configparser.ConfigParser()
    # The repository's parser distinguishes upper and lower case.
    setattr(parser, "optionxform", str)  # noqa: B010  (mypy: a method cannot be assigned to)
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
        values = dict(parser.items("general"))
    except (configparser.Error, UnicodeDecodeError) as error:
        return [f"metadata.txt: {error}"]
    errors = [f"metadata.txt: no {name}" for name in REQUIRED if not values.get(name, "").strip()]
    if "/" in values.get("author", ""):
        errors.append("metadata.txt: the author's name holds a slash")
    for name in ("qgisMinimumVersion", "qgisMaximumVersion"):
        if not re.fullmatch(r"\d+\.\d+(\.\d+)?", values.get(name, "")):
            errors.append(f"metadata.txt: {name} is no version")
    for name in ("experimental", "deprecated", "hasProcessingProvider"):
        if values.get(name, "False").lower() not in ("true", "false", "yes", "no"):
            errors.append(f"metadata.txt: {name} is neither true nor false")
    icon = values.get("icon", "")
    if not (path.parent / icon).is_file():
        errors.append(f"metadata.txt: the icon {icon} is not in the zip")
    if "SYNTHETIC" not in values.get("about", "") or "Dependencies" not in values.get("about", ""):
        errors.append("metadata.txt: about must tell of SYNTHETIC pixels and of dependencies")
    return errors


def scan_security(folder: Path) -> list[str]:
    """Return bandit's findings by every rule that the repository applies."""
    form = ("--format", "custom", "--msg-template", "{relpath}:{line}: {test_id} {msg}")
    process = run(
        folder, "bandit", "--quiet", "--recursive", ".", "--skip", ",".join(DISABLED_BANDIT), *form
    )
    return (process.stdout + process.stderr).splitlines() if process.returncode else []


def scan_secrets(folder: Path) -> list[str]:
    """Return detect-secrets' findings as the repository calls it, except weights' checksums."""
    rules = [word for name in DISABLED_SECRETS for word in ("--disable-plugin", name)]
    process = run(
        folder,
        "detect_secrets",
        "scan",
        "--all-files",
        "--exclude-files",
        r"metadata\.txt",
        *rules,
        ".",
    )
    if process.returncode:
        return (process.stdout + process.stderr).splitlines()
    findings = []
    for name, items in json.loads(process.stdout)["results"].items():
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        for item in items:
            line = lines[item["line_number"] - 1]
            if item["type"] != CHECKSUM_RULE or not CHECKSUM.search(line):
                findings.append(f"{name}:{item['line_number']}: {item['type']}")
    return findings


def scan_style(folder: Path) -> list[str]:
    """Return flake8's findings by all rules except those of formatting."""
    process = run(
        folder, "flake8", "--max-line-length=120", "--extend-ignore", "E203,E501,E701,W503", "."
    )
    return (process.stdout + process.stderr).splitlines() if process.returncode else []


def scan(path: Path) -> dict[str, list[str]]:
    """Return all errors of a zip, by check."""
    with tempfile.TemporaryDirectory(prefix="gac-scan-") as name:
        with zipfile.ZipFile(path) as file:
            file.extractall(name)
        folder = Path(name)
        tops = [each for each in folder.iterdir() if each.is_dir()]
        return {
            "the zip": check_form(path),
            "metadata": [line for top in tops for line in check_metadata(top / "metadata.txt")],
            "bandit": scan_security(folder),
            "detect-secrets": scan_secrets(folder),
            "flake8": scan_style(folder),
        }


def main() -> int:
    """Scan the given zips, or the newest in dist.

    Returns:
        The exit status: 0 if the plugin repository would accept them.
    """
    built = sorted((ROOT / "dist").glob("*.zip"), key=lambda each: each.stat().st_mtime)
    chosen = [Path(each) for each in sys.argv[1:]] or built[-1:]
    if not chosen:
        print("there is no zip: call `make package` first", file=sys.stderr)
        return 1
    failed = False
    for path in chosen:
        for check, lines in scan(path).items():
            print("\n".join([f"{check}: {'clean' if not lines else len(lines)}", *lines]))
            failed = failed or bool(lines)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
