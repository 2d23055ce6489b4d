"""The command line, `gac`."""
