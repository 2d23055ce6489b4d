"""The contract of engine and plugin: what both must know of runs, stated once.

Standard library only, for Python 3.9 and later, and without effects when it is imported: QGIS's own
Python reads it inside the plugin, the engine's in its environment. Modules here import each other
relatively, for the plugin has them under a name of its own (`gac_qgis_plugin.contract`).
"""
