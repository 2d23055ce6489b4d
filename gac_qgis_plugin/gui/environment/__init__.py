"""The environment's windows: its line in the panel, its dialog, diagnostics."""
