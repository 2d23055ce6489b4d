"""Part of the screenshots about an environment that leaves an NVIDIA GPU unused.

GAC_SHOTS_ONLY=environment takes these pictures alone. It is a Windows computer's case, so that two
things are made up: the answer of nvidia-smi, and that the system is Windows. The environment is a
real one, as GAC's older versions have marked theirs; its packages are links to the checkout's,
which must be on the same disk as the temporary files.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

GPU = "NVIDIA GeForce RTX 4050 Laptop GPU, 581.42, 6141, 8.9"
LIMIT_S = 120.0
_PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def make_environment(root: Path, profiles: Path) -> dict[str, str]:
    """Write the environment into QGIS's profile, and the driver's program.

    Returns:
        Environment variables for QGIS.
    """
    programs = profiles / "bin"
    programs.mkdir()
    driver = programs / "nvidia-smi"
    driver.write_text(f"#!/bin/sh\necho '{GPU}'\n")
    driver.chmod(0o755)
    home = profiles / "profiles" / "default" / "gac" / "env"
    home.parent.mkdir(parents=True)
    subprocess.run(["cp", "-al", str(root / ".venv"), str(home)], check=True)
    (site,) = home.glob("lib/python3.*/site-packages")
    (site / "gac_checkout.pth").unlink()
    version = site.parent.name.replace("python", "")
    lock = root / "requirements" / f"worker-py{version.replace('.', '')}.txt"
    marker = {
        "format": 1,
        "fingerprint": hashlib.sha256(lock.read_bytes()).hexdigest(),
        "requirements": lock.name,
        "python": str((home / "bin" / "python").resolve()),
        "version": version,
        # Those of other systems are pinned too, and are not there.
        "packages": {
            name: number
            for name, number in _PINNED.findall(lock.read_text())
            if (site / f"{name.replace('-', '_')}-{number}.dist-info").is_dir()
        },
    }
    (home / "gac-environment.json").write_text(json.dumps(marker))
    return {"PATH": f"{programs}:/usr/bin:/bin", "GAC_PYTHON": ""}


def environment_steps(dock: Any, shoot: Callable[[str], None], words: list[str]) -> Iterator[float]:
    """Photograph the panel's line, and the window behind its button."""
    from gac_qgis_plugin.environment import choices

    choices.unused_gpu.__defaults__ = ("win32",)
    choices.choose.__defaults__ = ("win32",)
    care = dock.environment
    end = time.monotonic() + LIMIT_S

    def until(holds: Callable[[], bool]) -> Iterator[float]:
        while not holds() and time.monotonic() < end:
            yield 0.3

    yield from until(lambda: care.manager._check is None)
    care.refresh()
    yield from until(lambda: not care.line.isHidden() and bool(care.manager.unused_gpu))
    yield 2
    shoot("environment-unused-gpu")
    care.line.button.click()
    yield from until(lambda: care.dialog is not None and care.dialog.main_button.isEnabled())
    yield 2
    shoot("environment-window")
    is_told = "RTX 4050" in care.line.label.text() and care.dialog.choices.torch.build == "cuda13"
    words.append("DONE" if is_told else f"FAILED: {care.line.label.text()!r}")
    care.dialog.close()
