"""Entry point of the command line."""

import sys


def _start() -> int:
    try:
        from gac_core.cli.commands import main
    except KeyboardInterrupt:
        return 130
    return main()


if __name__ == "__main__":
    sys.exit(_start())
