"""GAC's data on this computer: inventory and removal."""
