"""The three stages: each turns windows of its inputs into windows of its output."""

from gac_core.process import prepare_process

prepare_process()
