"""Pythons of this machine, and why some will not do; what they are to install."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gac_qgis_plugin.environment import packages, plan
from gac_qgis_plugin.environment.machine import candidates, find, probe
from gac_qgis_plugin.environment.plan import Requirement
from tests.plugin.environment.small import SYSTEM_PYTHON, entry, wheel

GOOD = {
    "version": [3, 11, 2],
    "implementation": "CPython",
    "bits": 64,
    "machine": "x86_64",
    "has_venv": True,
    "free_threaded": False,
}


def fake(folder: Path, **told: object) -> Path:
    """A program that answers the probe as it is told to."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\necho noise\necho '{json.dumps({**GOOD, **told})}'\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, ""),
        ({"version": [3, 9, 1]}, "known to work with Python 3.11, 3.12"),
        ({"version": [2, 7, 18]}, "known to work with Python"),
        ({"implementation": "PyPy"}, "ordinary CPython"),
        ({"free_threaded": True}, "ordinary CPython"),
        ({"bits": 32}, "64-bit"),
        ({"machine": "riscv64"}, "64-bit system; this is riscv64"),
        ({"has_venv": False}, "apt install python3.11-venv"),
    ],
)
def test_why_a_python_will_not_do(told, words, tmp_path, qgis) -> None:
    found = probe(fake(tmp_path, **told), dict(os.environ), [11, 12])
    assert words in found.unfit
    assert bool(found.unfit) == bool(words)


def test_a_program_that_is_no_python(tmp_path, qgis) -> None:
    assert "does not work" in probe(Path("/bin/true"), dict(os.environ), [11]).unfit
    assert "does not work" in probe(tmp_path / "none", dict(os.environ), [11]).unfit


def test_this_machine_s_pythons_are_found_once_each_the_fit_ones_first(qgis) -> None:
    paths = [path.resolve() for path in candidates([11, 12, 13])]
    assert len(set(paths)) == len(paths)
    assert SYSTEM_PYTHON.resolve() in paths
    fitness = [bool(python.unfit) for python in find(dict(os.environ), [11, 12, 13])]
    assert fitness == sorted(fitness)


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_the_resolved_files_can_be_read_and_every_entry_has_hashes(minor) -> None:
    path = plan.file_for(minor)
    entries = plan.read(path)
    lines = [line for line in path.read_text().splitlines() if line[:1].isalnum()]
    assert len(entries) == len(lines)
    assert all(each.hashes for each in entries)
    names = {each.name for each in plan.likely(entries, minor)}
    assert {"torch", "terratorch", "rasterio", "bitsandbytes", "setuptools"} <= names


def test_sizes_are_known_for_what_is_large() -> None:
    known = plan.Sizes.load()
    fetched, installed = known.total(["torch"])
    assert 100e6 < fetched < installed
    assert known.total(["nobody-knows"]) == plan.UNKNOWN


def test_only_one_fork_of_a_package_is_likely() -> None:
    entries = [
        Requirement("a", "1", "python_full_version < '3.11'", frozenset(), ""),
        Requirement("a", "2", "python_full_version >= '3.11'", frozenset(), ""),
        Requirement("b", "1", "sys_platform == 'win32'", frozenset(), ""),
        Requirement("c", "1", "sys_platform == 'linux'", frozenset(), ""),
    ]
    assert [(e.name, e.version) for e in plan.likely(entries, 10)] == [("a", "1"), ("c", "1")]
    assert [(e.name, e.version) for e in plan.likely(entries, 12)] == [("a", "2"), ("c", "1")]


def test_large_packages_are_fetched_alone(tmp_path) -> None:
    path = tmp_path / "worker-py311.txt"
    names = [f"p{number:02}" for number in range(30)]
    path.write_text("\n".join(entry(wheel(tmp_path, name, "1")) for name in names))
    size = {"p03": packages.GROUP_BYTES}
    groups = list(packages.groups(plan.read(path), lambda name: size.get(name, 1)))
    assert [len(group) for group in groups] == [3, 1, 12, 12, 2]
