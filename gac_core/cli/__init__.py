"""Command line, `gac`."""
