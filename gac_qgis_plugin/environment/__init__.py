"""The worker's environment: made, checked, repaired, removed; outside of QGIS's own Python.

Import order, top to bottom: place, requirements, survey, state; processes, network, causes;
pythons, hardware, wheels, plan; building, task. What runs under another Python is in `helper`.
"""
