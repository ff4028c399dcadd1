"""`repartee`: the command line. Parses arguments, runs a command, and turns errors into one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from app.cli.arguments import parse
from engines.errors import ReparteeError


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0, 1 after an error that was said in a sentence, 2 for a wrong command line."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return int(options.run(options) or 0)
    except ReparteeError as error:
        print(f"repartee: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has gone
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1


if __name__ == "__main__":
    sys.exit(main())
