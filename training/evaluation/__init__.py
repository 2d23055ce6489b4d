"""Evaluation of a bundle: image quality, and the contribution of each stage."""
