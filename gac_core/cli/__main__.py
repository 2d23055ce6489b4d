"""Starts the command line."""

import sys

from gac_core.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
