"""The user's settings of pip that hold: where packages come from, and how that is reached.

Those that say where packages go, which ones, or by which Python are the plugin's own affair: with
`PIP_TARGET` or `dry-run` in a `pip.conf` an environment would stay empty.
"""

from __future__ import annotations

import json
import os

from gac_qgis_plugin.environment import processes
from gac_qgis_plugin.environment.place import python_in
from gac_qgis_plugin.environment.plan import Site
from gac_qgis_plugin.toolbelt import records

NAMES = (
    "index-url",
    "extra-index-url",
    "no-index",
    "find-links",
    "trusted-host",
    "proxy",
    "cert",
    "client-cert",
    "timeout",
    "default-timeout",
    "retries",
    "resume-retries",
    "keyring-provider",
    "use-feature",
    "cache-dir",
)
CONFIGURATION = "PIP_CONFIG_FILE"

LIMIT_S = 60.0
LONGEST = 100_000
"""Characters of all that the files say."""


def kept(variables: dict[str, str]) -> dict[str, str]:
    """Return an environment without variables that send packages elsewhere, or nowhere."""
    wanted = {*map(_variable, NAMES), CONFIGURATION}
    return {
        name: value
        for name, value in variables.items()
        if name.upper() in wanted or not name.upper().startswith(("PIP_", "UV_"))
    }


def without_files(site: Site) -> dict[str, str]:
    """Return the place's environment with what pip's files say as variables, and no files.

    One setting in a file cannot be taken back by another file or by a variable without a value. If
    pip cannot read its files they stay: it says itself what is wrong with them.
    """
    ended = processes.run(
        python_in(site.plan.home),
        ["-I", processes.helper("pip_settings.py"), json.dumps(NAMES)],
        site.variables,
        is_cancelled=site.is_cancelled,
        limit_s=LIMIT_S,
        max_line=LONGEST,
    )
    # Not into the log: addresses of indexes and proxies hold passwords.
    reading = records.parse((ended.output.splitlines() or [""])[-1], dict[str, str])
    if ended.code != 0 or reading.damage:
        return site.variables
    named = {_variable(name): value for name, value in reading.values.items()}
    return {**named, **site.variables, CONFIGURATION: os.devnull}


def _variable(name: str) -> str:
    return f"PIP_{name.upper().replace('-', '_')}"
