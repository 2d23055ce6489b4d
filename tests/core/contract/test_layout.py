"""Folders of the user's data, by system."""

from __future__ import annotations

from pathlib import Path

import pytest

from gac_core.contract import layout


@pytest.mark.parametrize(
    ("system", "variables", "data", "compiled"),
    [
        ("linux", {}, "home/.local/share/gac", "home/.cache/gac/torch"),
        (
            "linux",
            {"XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache"},
            "data/gac",
            "cache/gac/torch",
        ),
        ("darwin", {}, "home/Library/Application Support/gac", "home/Library/Caches/gac/torch"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/gac", "local/gac/Cache/torch"),
        ("win32", {}, "home/AppData/Local/gac", "home/AppData/Local/gac/Cache/torch"),
    ],
)
def test_the_system_s_own_folders(
    system, variables, data, compiled, tmp_path: Path, monkeypatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    with monkeypatch.context() as patch:
        patch.setattr(layout.sys, "platform", system)
        folders = layout.data_dir(), layout.compiled_folder()
    assert folders == (tmp_path / data, tmp_path / compiled)
    # The folders of older versions stay in use.
    old = tmp_path / "home" / ".local" / "share" / "gac"
    old_cache = tmp_path / "home" / ".cache" / "gac" / "torch"
    for folder in (old, old_cache):
        folder.mkdir(parents=True)
    with monkeypatch.context() as patch:
        patch.setattr(layout.sys, "platform", system)
        assert (layout.data_dir(), layout.compiled_folder()) == (old, old_cache)


def test_a_relative_path_is_ignored(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(layout.sys, "platform", "linux")
    assert layout.data_dir() == tmp_path / ".local" / "share" / "gac"
