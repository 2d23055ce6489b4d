"""The user guide, available offline."""
