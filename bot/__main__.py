"""The command `cityvoice`."""

from __future__ import annotations

import sys

from bot.cli.command import run


def main() -> None:
    """Run a subcommand: exit 0, 1 on a failure told in one line, 2 on wrong usage."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
