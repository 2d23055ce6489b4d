"""Memory of a training step at full size."""
