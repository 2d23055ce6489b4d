"""Analysis of finished runs: agreement with the radar, doubt of the critic, spread of samples."""

from gac_core.process import prepare_process

prepare_process()
