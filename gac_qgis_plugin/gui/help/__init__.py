"""The user guide, shown without a network."""
