"""An area of any size, tile by tile: cut, fed to a stage, decoded in blocks, blended, written."""

from gac_core.process import prepare_process

prepare_process()
