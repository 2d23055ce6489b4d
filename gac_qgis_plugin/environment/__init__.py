"""The worker's environment, outside of QGIS's own Python: building, checking, repairing, removing.

Import order, top to bottom: requirements; plan; state, installer, machine; pythons; build, choices;
manager. Scripts for other Pythons are in `helper`. The installer is uv.
"""
