"""User interface: the panel and its parts, windows, messages."""
