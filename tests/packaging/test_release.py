"""Obstacles to a release, and the notes of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import release

ROOT = Path(__file__).parents[2]
METADATA = """[general]
version=1.2.3
email=someone@gac.eu
changelog=1.2.3: better.
homepage=https://gac.eu
tracker=https://gac.eu/issues
repository=https://gac.eu/code
"""
CHANGES = """# Changelog

## [1.2.3] - 2027-01-31

### Added

- Something.

## [1.2.2] - 2026-12-01

- Older.
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that can be released."""
    (tmp_path / "gac_core" / "contract").mkdir(parents=True)
    (tmp_path / "gac_core" / "contract" / "protocol.py").write_text('VERSION: Final = "1.2.3"\n')
    (tmp_path / "metadata.txt").write_text(METADATA)
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    return tmp_path


def test_nothing_is_in_the_way_of_a_good_one(checkout: Path) -> None:
    assert release.obstacles(checkout) == release.obstacles(checkout, "v1.2.3") == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("tracker=https://gac.eu/issues\n", "", "no tracker"),
        ("https://gac.eu/code", "gac", "no repository"),
        ("homepage=https://gac.eu", "homepage=https://gac.example.org", "leads nowhere"),
        ("someone@gac.eu", "maintainers@example.org", "nobody reads"),
        ("changelog=1.2.3:", "changelog=1.2.2:", "does not begin with 1.2.3"),
        ("version=1.2.3", "version=1.2.4", "1.2.4"),
    ],
)
def test_metadata_that_must_be_mended_first(
    checkout: Path, before: str, after: str, words: str
) -> None:
    (checkout / "metadata.txt").write_text(METADATA.replace(before, after))
    (found,) = release.obstacles(checkout)
    assert words in found


def test_the_change_log_must_tell_of_the_version_with_a_date(checkout: Path) -> None:
    (checkout / "CHANGELOG.md").write_text(CHANGES.replace("2027-01-31", "unreleased"))
    assert "no date" in release.obstacles(checkout)[0]
    (checkout / "CHANGELOG.md").write_text(CHANGES.replace("[1.2.3]", "[1.2.4]"))
    assert "nothing about version 1.2.3" in release.obstacles(checkout)[0]


def test_another_tag_is_refused(checkout: Path) -> None:
    (found,) = release.obstacles(checkout, "v1.2.4")
    assert "v1.2.3" in found


def test_notes_are_the_versions_section_alone(checkout: Path) -> None:
    date, text = release.section(CHANGES, "1.2.3")
    assert date == "2027-01-31"
    assert text == "### Added\n\n- Something."
    assert release.section(CHANGES, "9.9.9") == ("", "")


def test_the_version_has_one_place_and_the_change_log_knows_it() -> None:
    """Of this very checkout; addresses and a date may still be missing in everyday work."""
    found = release.obstacles(ROOT)
    assert [line for line in found if "nothing about" in line or "otherwise" in line] == []
    assert "version" not in (ROOT / "pyproject.toml").read_text().split("[tool.")[0]
