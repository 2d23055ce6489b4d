"""Model bundles: their cards and parts, and where they lie on this machine."""
