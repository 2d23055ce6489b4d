"""Evaluation of markers for this Python: a JSON list as an argument in, one of booleans out.

Runs in a new environment, which holds only pip; pip brings the very implementation of markers that
it will use itself.
"""

import json
import sys

from pip._vendor.packaging.markers import Marker

print(json.dumps([not text or Marker(text).evaluate() for text in json.loads(sys.argv[1])]))
