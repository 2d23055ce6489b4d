"""Optical reference: a Sentinel-2 image beside the radar, and which of its pixels are clear."""

from gac_core.optical.reference import OpticalReference, Reading, open_reference

__all__ = ["OpticalReference", "Reading", "open_reference"]
