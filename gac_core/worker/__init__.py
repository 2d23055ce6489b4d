"""Engine as a process, `python -m gac_core.worker`, controlled by JSON lines."""
