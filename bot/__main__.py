"""The command `cityvoice`."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from bot.cli.command import run


def main() -> None:
    """Run a subcommand: exit 0, 1 on a failure told in one line, 2 on wrong usage."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Whatever the machine's locale, and even where what is piped in is broken.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read has read enough; the interpreter would complain when it flushes again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


if __name__ == "__main__":
    main()
