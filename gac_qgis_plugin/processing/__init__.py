"""Provider and algorithms for the Processing toolbox, models and `qgis_process`."""
