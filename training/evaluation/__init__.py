"""How good a bundle's images are, and whether each of its stages earns its place."""
