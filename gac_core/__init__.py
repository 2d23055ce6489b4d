"""GAC's engine: Sentinel-1 radar in, three stages of generated Sentinel-2 out.

The package imports neither QGIS nor Qt, so that it runs wherever its wheels do: in the plugin's
worker process, on the command line, on a cluster node.
"""

__version__ = "0.1.0"
