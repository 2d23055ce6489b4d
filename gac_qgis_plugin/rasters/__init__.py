"""Rasters that are made of results without copying them: virtual rasters, which GDAL computes."""
