"""The user's pip settings that apply: sources of packages and access to them.

Settings for targets, selections or Pythons are controlled by the plugin: with `PIP_TARGET` or
`dry-run` in a `pip.conf` an environment would stay empty.
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
"""Maximum number of characters of all settings in the files."""


def kept(variables: dict[str, str]) -> dict[str, str]:
    """Return environment variables without those that redirect or disable installation."""
    names = {*map(_variable, NAMES), CONFIGURATION}
    return {
        name: value
        for name, value in variables.items()
        if name.upper() in names or not name.upper().startswith(("PIP_", "UV_"))
    }


def without_files(site: Site) -> dict[str, str]:
    """Return the build's environment variables plus pip's file settings, with the files disabled.

    A setting in a file cannot be undone by another file or by an empty variable. If pip cannot read
    its files, they stay: pip itself reports what is wrong with them.
    """
    ended = processes.run(
        python_in(site.plan.home),
        ["-I", processes.helper("pip_settings.py"), json.dumps(NAMES)],
        site.variables,
        is_cancelled=site.is_cancelled,
        limit_s=LIMIT_S,
        max_line=LONGEST,
    )
    # Not logged: addresses of indexes and proxies contain passwords.
    reading = records.parse((ended.output.splitlines() or [""])[-1], dict[str, str])
    if ended.code != 0 or reading.damage:
        return site.variables
    variables = {_variable(name): value for name, value in reading.values.items()}
    return {**variables, **site.variables, CONFIGURATION: os.devnull}


def _variable(name: str) -> str:
    return f"PIP_{name.upper().replace('-', '_')}"
