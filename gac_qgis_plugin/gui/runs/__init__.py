"""The history of runs in the panel."""
