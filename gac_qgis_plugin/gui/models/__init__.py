"""The models' window."""
