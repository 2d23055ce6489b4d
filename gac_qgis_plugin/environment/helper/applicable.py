"""Tells which markers hold for this Python: a JSON list in as an argument, one of booleans out.

Runs in a new environment, which holds pip and nothing else; pip brings the one implementation of
markers that it will itself go by.
"""

import json
import sys

from pip._vendor.packaging.markers import Marker

print(json.dumps([not text or Marker(text).evaluate() for text in json.loads(sys.argv[1])]))
