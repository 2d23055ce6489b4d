"""Identifiers of errors: each names its own, and docs/errors.md has them all."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from scripts import error_table

SEVERAL_WORDINGS = {
    "bundle-folder-not-ours",
    "bundle-name-wrong",
    "card-too-large",
    "certificate-not-trusted",
    "cuda-missing",
    "disk-full",
    "gpu-lost",
    "memory-exhausted",
    "modality-unknown",
    "nodata-not-a-number",
    "package-folder-incomplete",
    "proxy-refused",
    "radar-file-count",
    "reuse-not-fitting-stage",
    "socks-proxy",
    "unexpected-failure",
    "vrt-circular",
    "weights-not-finite",
}
"""Problems that more than one part meets and words in its own way."""


@pytest.fixture(scope="module")
def sites() -> list[error_table.ErrorSite]:
    return [site for package in error_table.PACKAGES for site in error_table.sites(package)]


def test_every_error_has_an_identifier(sites) -> None:
    assert len(sites) > 500
    assert [f"{site.path}:{site.line}" for site in sites if site.problems is None] == []


def test_an_error_without_an_identifier_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "scene.py"
    path.write_text('raise SceneError(Message("{} is a mask.", name), "Give the image.")\n')
    (site,) = error_table.Module(path).sites({"SceneError": "scene"}, {})
    assert site.problems is None and site.code == "scene"
    assert (site.messages, site.remedies) == (("{} is a mask.",), ("Give the image.",))


def test_identifiers_are_lower_case_words(sites) -> None:
    names = {name for site in sites for name in site.problems or ()}
    # In two places the end of an identifier is the state of a thing.
    names -= {"environment-…", "gpu-…"}
    assert [n for n in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", n)] == []


def test_an_identifier_stands_for_one_problem(sites) -> None:
    messages = defaultdict(set)
    for site in sites:
        for name in site.problems or ():
            messages[name] |= set(site.messages) - {error_table.UNKNOWN}
    assert {name for name, texts in messages.items() if len(texts) > 1} == SEVERAL_WORDINGS


def test_the_page_is_current() -> None:
    assert error_table.TABLE.read_text(encoding="utf-8") == error_table.table(), (
        "run python scripts/error_table.py"
    )
