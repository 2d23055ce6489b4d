"""Entry point of the command line."""

from typing import NoReturn


def start() -> NoReturn:
    """Run the command line and end the process."""
    from gac_core.process import leave

    try:
        from gac_core.cli.commands import main

        status = main()
    except KeyboardInterrupt:
        status = 130
    leave(status)


if __name__ == "__main__":
    start()
