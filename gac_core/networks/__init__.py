"""Building, quantising, adapting and loading the networks of a model bundle."""

import logging

from gac_core.process import prepare_process

prepare_process()

# Silence bitsandbytes: on import it suggests fetching other code for 4-bit weights (processors with
# bf16), and for each layer and tile it warns that it rounds activations, which is its purpose.
for _name in ("backends.cpu.ops", "autograd._functions"):
    logging.getLogger(f"bitsandbytes.{_name}").setLevel(logging.ERROR)
