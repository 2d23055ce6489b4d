"""Entry point of the worker."""

import sys

from gac_core.worker.server import main

if __name__ == "__main__":
    sys.exit(main())
