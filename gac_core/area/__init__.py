"""An area of any size, tile by tile: cut, fed to a stage, decoded in blocks, blended, written."""
