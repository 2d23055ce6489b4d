"""Model bundles: their cards and parts, and their location on this machine."""
