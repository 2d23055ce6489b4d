"""Optical reference: a Sentinel-2 image beside the radar, and which of its pixels are clear."""

from gac_core.optical.batch_reference import with_paired_reference
from gac_core.optical.reference import OpticalReference, Reading, open_optical, open_reference
from gac_core.optical.use import ReferenceUse, inspect_inputs, open_use

__all__ = [
    "OpticalReference",
    "Reading",
    "ReferenceUse",
    "inspect_inputs",
    "open_optical",
    "open_reference",
    "open_use",
    "with_paired_reference",
]
