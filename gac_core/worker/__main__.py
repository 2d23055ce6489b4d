"""Entry point of the worker."""

from gac_core.process import leave
from gac_core.worker.server import main

if __name__ == "__main__":
    leave(main())
