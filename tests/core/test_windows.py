"""Windows' own traps, as far as they can be sprung on another system."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from gac_core.bundles.bundle import is_inside, is_portable
from gac_core.bundles.library import engine_root
from gac_core.cli import commands
from gac_core.contract import removal, rename
from gac_core.contract.errors import OutputError
from gac_core.contract.message import shell_word
from gac_core.engine.batch_inputs import find_scenes
from gac_core.io import atomic_write
from gac_core.scene import paths
from gac_core.store import install
from gac_core.store.integrity import put_in_place
from tests.problems import raises


class Holder:
    """Another program that has a file open: renaming over it fails, so many times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int, number: int = 32) -> None:
        replace, self.paused = Path.replace, []
        self._left = times

        def held(part: Path, path: Path) -> Path:
            if self._left:
                self._left -= 1
                error = PermissionError(13, "The process cannot access the file")
                error.winerror = number  # type: ignore[attr-defined]
                raise error
            return replace(part, path)

        monkeypatch.setattr(Path, "replace", held)
        # Of this module alone: threads of other tests may sleep meanwhile.
        clock = SimpleNamespace(sleep=self.paused.append)
        monkeypatch.setattr(rename, "time", clock)


@pytest.mark.parametrize("number", [5, 32])
def test_a_file_that_a_scanner_holds_for_moments_is_waited_for(tmp_path, monkeypatch, number):
    path = tmp_path / "last.ckpt"
    path.write_text("before")
    holder = Holder(monkeypatch, 3, number)
    with atomic_write(path) as part:
        part.write_text("after")
    assert path.read_text() == "after" and len(holder.paused) == 3
    assert sum(holder.paused) < 1


@pytest.mark.parametrize(("number", "waits"), [(32, 5), (19, 0)])
def test_one_that_stays_held_or_is_protected_is_an_error_in_words(
    tmp_path, monkeypatch, number, waits
):
    path = tmp_path / "last.ckpt"
    path.write_text("before")
    holder = Holder(monkeypatch, 100, number)
    with raises(OutputError, "file-not-written", "last.ckpt"), atomic_write(path) as part:
        part.write_text("after")
    assert path.read_text() == "before" and len(holder.paused) == waits
    assert [file.name for file in tmp_path.iterdir()] == ["last.ckpt"]


@pytest.mark.parametrize(
    "path",
    [
        "C:\\Users\\Jörg Müller\\Sentinel 1\\S1A_VV.tif",
        "c:/Users/ann/S1A.tif",
        "\\\\server\\share\\Übersicht\\S1A.tif",
        "\\\\?\\C:\\data\\" + "a" * 240 + "\\S1A.tif",
        "\\\\?\\UNC\\server\\share\\S1A.tif",
        "D:S1A.tif",
        "S1A_CON_VV.tif",
    ],
)
def test_local_paths_are_neither_remote_nor_devices(path):
    """With a drive, on a share, longer than 259 characters."""
    assert not paths.is_remote(path)
    assert not paths._is_windows_device(path)
    assert path in set(paths.local_paths(path))


@pytest.mark.parametrize(
    "path",
    ["CON", "C:\\data\\nul.tif", "com1", "\\\\.\\PhysicalDrive0", "//./pipe/x", "\\\\?\\pipe\\x"],
)
def test_devices_are_seen_behind_names_of_files(path):
    assert paths._is_windows_device(path)


@pytest.mark.parametrize(
    "name",
    ["C:weights.pt", "C:\\weights.pt", "\\\\server\\share\\w.pt", "\\\\?\\C:\\w.pt", "..\\w.pt"],
)
def test_a_card_cannot_name_files_outside_its_folder_on_windows(name):
    assert not is_inside(name) and not is_portable(name)


@pytest.mark.parametrize("name", ["nul.safetensors", "COM1.pt", "weights.", "a:b.pt", "w?.pt"])
def test_names_that_windows_cannot_hold(name):
    assert not is_portable(name)


@pytest.mark.parametrize("name", ["bundle.json", "Bundle.JSON"])
def test_names_that_differ_by_case_are_one_there(name):
    """Weights must not overwrite the card."""
    assert not is_portable(name)


def test_scenes_of_a_batch_get_folders_that_differ_by_more_than_case(tmp_path):
    for folder, name in (("a", "Scene"), ("b", "scene"), ("c", "SCENE")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.tif").write_bytes(b"")
    files = [str(path) for path in sorted(tmp_path.rglob("*.tif"))]
    names = [scene.name for scene in find_scenes(files)]
    assert len({name.lower() for name in names}) == 3


@pytest.mark.parametrize("number", [5, 32])
def test_a_bundle_is_put_into_place_while_a_scanner_looks_at_it(tmp_path, monkeypatch, number):
    for name, word in (("mine", "before"), (".incoming", "after")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bundle.json").write_text(word)
    holder = Holder(monkeypatch, 2, number)
    put_in_place(tmp_path / ".incoming", tmp_path / "mine")
    assert (tmp_path / "mine" / "bundle.json").read_text() == "after"
    assert len(holder.paused) == 2 and [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_weights_are_copied_where_there_are_no_links(tmp_path, monkeypatch):
    """FAT has none, and Windows asks for a right that users do not have (1314)."""

    def refuse(*_: object, **__: object) -> None:
        error = OSError("A required privilege is not held by the client")
        error.winerror = 1314  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "symlink", refuse)
    part, target = tmp_path / "part", tmp_path / "weights" / "w.pt"
    part.write_bytes(b"weights")
    install._put(part, target)
    assert target.read_bytes() == b"weights" and part.exists()


def test_programs_end_without_signals_of_unix(monkeypatch):
    """SIGKILL and SIGHUP do not exist there; Ctrl+Break is a signal of its own."""
    for name in ("SIGKILL", "SIGHUP"):
        monkeypatch.delattr(signal, name)
    monkeypatch.setattr(signal, "SIGBREAK", signal.SIGUSR1, raising=False)
    numbers = (signal.SIGTERM, signal.SIGBREAK)
    before = [signal.getsignal(number) for number in numbers]
    with commands._stopped_by_signals():
        assert not {signal.getsignal(number) for number in numbers} & {*before}
    assert [signal.getsignal(number) for number in numbers] == before


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("C:\\Users\\Jörg Müller\\out", '"C:\\Users\\Jörg Müller\\out"'),
        ("D:\\gac\\run-1", "D:\\gac\\run-1"),
        ("D:\\R&D\\it's", '"D:\\R&D\\it\'s"'),
        ("\\\\server\\share\\x", "\\\\server\\share\\x"),
    ],
)
def test_paths_in_commands_are_quoted_as_shells_there_read_them(monkeypatch, path, word):
    monkeypatch.setattr(sys, "platform", "win32")
    assert shell_word(path) == word


def test_paths_in_commands_are_quoted_for_shells_of_unix():
    assert shell_word("/data/it's mine") == "'/data/it'\"'\"'s mine'"


@pytest.mark.parametrize("page", ["cp437", "cp1251", "ascii"])
@pytest.mark.parametrize(
    "words", [["models", "list"], ["bundle", "check", "demo", "--quick"], ["run", "--help"]]
)
def test_a_pipe_of_an_old_code_page_gets_escapes(tmp_path, page, words):
    """Windows encodes pipes and redirected files by its code page, which may lack dashes."""
    environment = {**os.environ, "PYTHONIOENCODING": page, "GAC_MODELS": str(tmp_path / "Ærø → 地")}
    done = subprocess.run(
        [sys.executable, "-m", "gac_core.cli", *words],
        cwd=engine_root(),
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(page)


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_text_is_checked_out_with_the_same_bytes_everywhere():
    """Cards are hashed, bash reads no CRLF; git for Windows converts unless told."""
    names = ["resources/bundles/demo/bundle.json", "scripts/common.sh", "tests/core/tiny.py"]
    done = subprocess.run(
        ["git", "check-attr", "eol", "--", *names],
        cwd=engine_root(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no checkout of git")
    assert [line.rpartition(" ")[2] for line in done.stdout.splitlines()] == ["lf"] * len(names)


def locale_texts(source: str) -> list[int]:
    """Lines whose text is read, written or decoded by the system's code page."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or any(one.arg == "encoding" for one in node.keywords):
            continue
        name = ast.unparse(node.func)
        method = name.rpartition(".")[2]
        # The encoding may stand first, or after the text.
        has_encoding = len(node.args) > (method == "write_text")
        reads = method in ("read_text", "write_text") and not has_encoding
        modes = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "mode")]
        opens = name == "open" and not any("b" in ast.unparse(mode) for mode in modes)
        decodes = any(one.arg in ("text", "universal_newlines") for one in node.keywords)
        if reads or opens or (decodes and name.startswith("subprocess.")):
            lines.append(node.lineno)
    return lines


def test_text_of_a_code_page_is_recognised():
    source = (
        "a.read_text()\na.write_text(b)\nopen(a)\nsubprocess.run(a, text=True)\n"
        "a.read_text('utf-8')\na.write_text(b, encoding='utf-8')\nopen(a, 'rb')\n"
        "subprocess.run(a)\nsubprocess.run(a, text=True, encoding='utf-8')"
    )
    assert locale_texts(source) == [1, 2, 3, 4]


@pytest.mark.parametrize("part", ["gac_core", "gac_qgis_plugin", "training", "scripts"])
def test_no_text_depends_on_the_code_page(part):
    """Ruff sees only those whose paths it can tell (PLW1514)."""
    others = {
        f"{path.relative_to(engine_root())}:{line}"
        for path in (engine_root() / part).rglob("*.py")
        for line in locale_texts(path.read_text(encoding="utf-8"))
    }
    # Git's own output is a hash.
    assert {one for one in others if not one.startswith("training/demo/train.py")} == set()


UNIX_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"}
UNIX_NAMES = {
    *("os.fork", "os.geteuid", "os.getpgid", "os.getpgrp", "os.getuid", "os.killpg", "os.mkfifo"),
    *("os.mknod", "os.setpgid", "os.setsid", "signal.SIGKILL", "signal.SIGHUP", "signal.SIGSTOP"),
    *("signal.SIGCONT", "signal.SIGUSR1", "signal.SIGUSR2", "signal.SIGALRM", "signal.setitimer"),
}


def unix_at_import(source: str) -> list[int]:
    """Lines that need Unix as soon as a module is imported; `sys.platform` may be asked first."""
    lines: list[int] = []
    asks = re.compile(r"sys\.platform|os\.name|hasattr\(")

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "sys.platform" in ast.unparse(node.test):
            return
        # As in `not hasattr(os, "getuid") or os.getuid()`.
        if isinstance(node, ast.BoolOp) and asks.search(ast.unparse(node.values[0])):
            return
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
                if part is not None:
                    look(part)
            return
        if isinstance(node, ast.Lambda):
            return
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        is_name = isinstance(node, ast.Attribute) and ast.unparse(node) in UNIX_NAMES
        if is_name or UNIX_MODULES & {*names}:
            lines.append(getattr(node, "lineno", 0))
        for child in ast.iter_child_nodes(node):
            look(child)

    look(ast.parse(source))
    return lines


def test_what_needs_unix_at_import_is_recognised():
    source = (
        "import fcntl\nA = [signal.SIGKILL]\n@skip(os.getuid() == 0)\ndef f(x=os.fork): ...\n"
        "def g():\n    import resource\n    os.fork()\nif sys.platform != 'win32':\n    import pwd"
    )
    assert unix_at_import(source) == [1, 2, 3, 4]


@pytest.mark.parametrize("part", ["gac_core", "gac_qgis_plugin", "training", "scripts", "tests"])
def test_every_module_can_be_imported_there(part):
    """A test file that cannot is an error of the whole suite.

    What functions need, mypy tells: `make lint` asks it as on Windows.
    """
    others = {
        f"{path.relative_to(engine_root())}:{line}"
        for path in (engine_root() / part).rglob("*.py")
        for line in unix_at_import(path.read_text(encoding="utf-8"))
    }
    assert not others


def path_renames(source: str) -> list[int]:
    """Lines that rename a path by themselves; `str.replace` and the like have other arguments."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, name = ast.unparse(node.func.value), node.func.attr
        is_system = (owner, name) in {("os", "replace"), ("shutil", "move")}
        is_method = name == "replace" and len(node.args) == 1 and not node.keywords
        if is_system or is_method or name in ("rename", "renames"):
            lines.append(node.lineno)
    return lines


def places(part: str, lines: Callable[[str], list[int]], home: Path) -> set[str]:
    """Lines of a package's modules but one, by a search in a module's source."""
    return {
        f"{path.relative_to(engine_root())}:{line}"
        for path in (engine_root() / part).rglob("*.py")
        if path != home
        for line in lines(path.read_text(encoding="utf-8"))
    }


def test_renames_of_paths_are_recognised():
    source = 'os.replace(a, b)\na.rename(b)\na.replace(b)\nshutil.move(a, b)\n"a".replace("a", "b")'
    assert path_renames(source) == [1, 2, 3, 4]


@pytest.mark.parametrize("part", ["gac_core", "gac_qgis_plugin", "training"])
def test_every_rename_waits_for_files_that_are_held(part):
    assert not places(part, path_renames, Path(rename.__file__))


def removals(source: str) -> list[int]:
    """Lines that remove a file or a tree by themselves; empty folders may stay."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in ("unlink", "rmtree")
            or (ast.unparse(node.func.value), node.func.attr) == ("os", "remove")
        )
    ]


def test_removals_are_recognised():
    source = "a.unlink()\nshutil.rmtree(a)\nos.remove(a)\n[].remove(a)\nremove_file(a)\na.rmdir()"
    assert removals(source) == [1, 2, 3]


@pytest.mark.parametrize("part", ["gac_core", "gac_qgis_plugin"])
def test_every_removal_waits_for_files_that_are_held(part):
    assert not places(part, removals, Path(removal.__file__))
