"""Optical reference: a Sentinel-2 image beside the radar, and which of its pixels are clear."""

from gac_core.optical.reference import (
    OpticalReference,
    Reading,
    inspect_inputs,
    open_optical,
    open_reference,
)

__all__ = ["OpticalReference", "Reading", "inspect_inputs", "open_optical", "open_reference"]
