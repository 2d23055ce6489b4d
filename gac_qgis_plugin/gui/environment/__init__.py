"""User interface of the environment: its line in the panel, its dialog, diagnostics."""
