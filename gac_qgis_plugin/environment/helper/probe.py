"""Script that describes its Python as one line of JSON. Runs under any Python 3."""

import importlib.util
import json
import platform
import struct
import sys
import sysconfig

print(
    json.dumps(
        {
            "version": list(sys.version_info[:3]),
            "implementation": platform.python_implementation(),
            "bits": 8 * struct.calcsize("P"),
            "machine": platform.machine(),
            "has_venv": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
            "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
            "prefix": sys.base_prefix,
        }
    )
)
