"""Virtual rasters over results, computed by GDAL without copying."""
