"""Words to the person at the terminal; standard output stays free for what commands answer."""

import sys
from typing import NoReturn


def say(line: str) -> None:
    """One line on standard error, at once."""
    print(line, file=sys.stderr, flush=True)


def stop(line: str) -> NoReturn:
    """Say why nothing further can be done, and end with code 1."""
    say(line)
    raise SystemExit(1)
