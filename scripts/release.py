"""Release checks and release notes.

    python scripts/release.py check [TAG]   list all obstacles to a release; fails if there are any
    python scripts/release.py notes         print the change log's section of this version
    python scripts/release.py version       print the version, from metadata.txt

The plugin repository requires public addresses of the project and confirms the maintainer's by
e-mail. Only the maintainers know them: until metadata.txt has them, no release is possible.
"""

from __future__ import annotations

import argparse
import configparser
import re
import sys
from pathlib import Path
from urllib.parse import urlparse

# Run as a file, this sees only its own folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import package
from scripts.scan import ADDRESSES

ROOT = Path(__file__).resolve().parent.parent
HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\] - (?P<date>.+)$", re.MULTILINE)
RESERVED = re.compile(r"(^|[@.])(example\.(org|com|net)|invalid|test|localhost)$")
"""Reserved host names (RFC 2606)."""


def section(changelog: str, version: str) -> tuple[str, str]:
    """Return the date and the text of a version in the change log; both empty if missing."""
    headings = list(HEADING.finditer(changelog))
    for heading, following in zip(headings, [*headings[1:], None]):
        if heading["version"] == version:
            end = following.start() if following else len(changelog)
            return heading["date"].strip(), changelog[heading.end() : end].strip()
    return "", ""


def obstacles(root: Path, tag: str = "") -> list[str]:
    """Return the obstacles to a release, a line each.

    Args:
        root: The checkout.
        tag: Tag to release; "": not checked.
    """
    try:
        version = package.version(root)
    except package.PackageError as error:
        return [str(error)]
    lines = []
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        lines.append(f"metadata.txt: the version {version} is not of the form 1.2.3")
    if tag and tag != f"v{version}":
        lines.append(f"the tag {tag} is not v{version}, which metadata.txt says")
    date, text = section((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    if not text:
        lines.append(f"CHANGELOG.md: has nothing about version {version}")
    elif not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        lines.append(f"CHANGELOG.md: version {version} has no date, but {date!r}")
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(root / "metadata.txt", encoding="utf-8")
    values = parser["general"]
    if not values.get("changelog", "").startswith(f"{version}:"):
        lines.append(f"metadata.txt: its changelog does not begin with {version}:")
    for name in ADDRESSES:
        address = urlparse(values.get(name, ""))
        if address.scheme not in ("http", "https") or not address.hostname:
            lines.append(f"metadata.txt: no {name}; the plugin repository demands a public address")
        elif RESERVED.search(address.hostname):
            lines.append(f"metadata.txt: {name} leads nowhere: {address.geturl()}")
    email = values.get("email", "")
    if "@" not in email or RESERVED.search(email):
        lines.append(
            f"metadata.txt: nobody reads {email!r}; the repository sends a mail to confirm it"
        )
    return lines


def main(arguments: list[str]) -> int:
    """Run the command line.

    Returns:
        The exit status: 0 if there are no obstacles.
    """
    parser = argparse.ArgumentParser(description="What a release needs.")
    parser.add_argument("what", choices=["check", "notes", "version"])
    parser.add_argument("tag", nargs="?", default="")
    options = parser.parse_args(arguments)
    if options.what == "check":
        lines = obstacles(ROOT, options.tag)
        print("\n".join(lines) or f"version {package.version(ROOT)} can be released")
        return 1 if lines else 0
    version = package.version(ROOT)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    print(version if options.what == "version" else section(changelog, version)[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
