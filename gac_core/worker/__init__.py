"""The engine as a process, `python -m gac_core.worker`, spoken to in JSON lines."""
