"""What the user sees: the panel and its parts, messages."""
