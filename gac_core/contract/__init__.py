"""Contract between engine and plugin: the definitions that both share.

Standard library only, Python 3.9 and later, no side effects on import: QGIS's own Python imports it
inside the plugin, and the engine in its own environment. Modules here import each other relatively,
since the plugin has them under its own package name (`gac_qgis_plugin.contract`).
"""
