"""GAC's engine: from Sentinel-1 radar to generated Sentinel-2 images in three stages.

The package imports neither QGIS nor Qt, so that it runs wherever its wheels do: in the plugin's
worker process, on the command line, on a cluster node.
"""

__version__ = "0.1.0"
