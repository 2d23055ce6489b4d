"""Runner of pip under any Python that has it, installed or in the library's `ensurepip`.

    python -I run_pip.py settings '["index-url", …]'
    python -I run_pip.py download …

The first prints the named settings of pip's configuration files as one line of JSON. Variables are
left out: they take precedence over files, and the caller has them.
"""

import json
import runpy
import sys
from contextlib import suppress
from pathlib import Path

try:
    import pip  # noqa: F401
except ImportError:
    import ensurepip

    folders = (Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels"))
    sys.path[:0] = [str(path) for folder in folders for path in sorted(folder.glob("pip-*.whl"))]


def print_settings(names: str) -> None:
    """Print the settings that pip's files hold."""
    from pip._internal.configuration import Configuration
    from pip._internal.exceptions import ConfigurationError

    configuration = Configuration(isolated=False)
    configuration.load()
    values = {}
    for section in ("global", "download"):
        for name in json.loads(names):
            with suppress(ConfigurationError):
                values[name] = configuration.get_value(f"{section}.{name}")
    print(json.dumps(values))


if sys.argv[1] == "settings":
    print_settings(sys.argv[2])
else:
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
