"""The window in which what GAC keeps is removed."""
