"""GAC's engine: Sentinel-1 radar in, three stages of generated Sentinel-2 out.

The package imports neither QGIS nor Qt, so that it runs wherever its wheels do: in the plugin's
worker process, on the command line, on a cluster node.
"""

import os

from gac_core.heap import tidy_heap

__version__ = "0.1.0"

# Read when PyTorch loads OpenMP, so it must be set before. By default threads that wait for each
# other burn their core; on a machine that has other work too (QGIS draws, say) a small network then
# takes ten times as long. Asleep they cost next to nothing.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

tidy_heap()
