"""The models on this machine, listed, downloaded and deleted by the engine.

`manager` runs the engine's `gac models` and keeps its results.
"""
