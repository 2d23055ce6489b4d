"""PyTorch's folder for what it compiles: nobody else can put a file into it."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys

import pytest

from gac_core.bundles.library import engine_root

NAME = "TORCHINDUCTOR_CACHE_DIR"
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are Unix's")


def run(code: str, home, temporary) -> str:
    variables = {k: v for k, v in os.environ.items() if k != NAME}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**variables, "HOME": str(home), "TMPDIR": str(temporary)},
        cwd=engine_root(),
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()


@pytest.fixture
def temporary(tmp_path):
    """A folder for temporary files in which another user made PyTorch's folder first."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    (folder / f"torchinductor_{getpass.getuser()}").write_text("no folder")
    return folder


@UNIX
def test_pytorch_takes_no_folder_of_a_name_that_others_know(tmp_path, temporary) -> None:
    code = (
        "import gac_core.networks\n"
        "from torch._inductor.runtime.cache_dir_utils import cache_dir\n"
        "print(cache_dir())"
    )
    home = tmp_path / "home"
    home.mkdir()
    assert run(code, home, temporary) == str(home / ".cache" / "gac" / "torch")
    assert (home / ".cache" / "gac" / "torch").stat().st_mode & 0o077 == 0
    assert len(list(temporary.iterdir())) == 1


@UNIX
@pytest.mark.parametrize("obstacle", ["no folder", "open to others", "link"])
def test_where_home_offers_none_it_is_a_new_one_that_goes_at_the_end(
    tmp_path, temporary, obstacle
) -> None:
    home = tmp_path / "home"
    place = home / ".cache" / "gac" / "torch"
    place.parent.mkdir(parents=True)
    if obstacle == "no folder":
        place.write_text("a file")
    elif obstacle == "open to others":
        place.mkdir()
        place.chmod(0o777)
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    code = (
        f"import gac_core.networks, os; p = os.environ[{NAME!r}]; print(p, oct(os.stat(p).st_mode))"
    )
    path, mode = run(code, home, temporary).split()
    assert path.startswith(str(temporary / "gac-torch-")) and mode == "0o40700"
    assert len(list(temporary.iterdir())) == 1


def test_a_folder_that_the_user_named_stays(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(NAME, str(tmp_path))
    code = f"import gac_core.networks, os; print(os.environ[{NAME!r}])"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=engine_root(), capture_output=True, check=True, text=True
    )
    assert told.stdout.strip() == str(tmp_path)
