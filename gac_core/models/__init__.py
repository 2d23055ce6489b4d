"""Building, quantising, adapting and loading the networks of a model bundle."""

import logging

from gac_core.process import prepare_process

prepare_process()

# What bitsandbytes says is nothing to users: on import, where a processor has bf16, that it could
# fetch other code for 4-bit weights; once a layer and tile, that it rounds activations, which is
# what it is here for.
for _name in ("backends.cpu.ops", "autograd._functions"):
    logging.getLogger(f"bitsandbytes.{_name}").setLevel(logging.ERROR)
