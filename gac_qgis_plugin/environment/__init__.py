"""The worker's environment, outside of QGIS's own Python: building, checking, repairing, removing.

Import order, top to bottom: place, requirements, survey, state; processes, network, causes;
pythons, hardware, wheels, plan; building, task. Scripts for other Pythons are in `helper`.
"""
