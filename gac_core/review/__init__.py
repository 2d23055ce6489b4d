"""Looking at a finished run again: where it agrees with the radar, how far samples lie apart."""

from gac_core.process import prepare_process

prepare_process()
