"""How much memory one training step takes at full size."""
