"""Script that prints some settings of pip's configuration files as one line of JSON.

Runs in a new environment, which holds only pip; takes the settings' names as a JSON list. Variables
are left out: they take precedence over files, and the caller has them.
"""

import json
import sys
from contextlib import suppress

from pip._internal.configuration import Configuration
from pip._internal.exceptions import ConfigurationError

configuration = Configuration(isolated=False)
configuration.load()
values = {}
for section in ("global", "download"):
    for name in json.loads(sys.argv[1]):
        with suppress(ConfigurationError):
            values[name] = configuration.get_value(f"{section}.{name}")
print(json.dumps(values))
