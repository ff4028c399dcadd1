"""`repartee`: the command line. Parses arguments, runs a command, and turns errors into one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from app.cli.arguments import parse
from app.window_port import WindowPort
from engines.errors import ReparteeError


def main(arguments: Sequence[str] | None = None, window: WindowPort | None = None) -> int:
    """Returns the exit code: 0, 1 after an error that was said in a sentence, 2 for a wrong command line.

    `window` is what opens without a command; `python -m app` has none.
    """
    options = parse(sys.argv[1:] if arguments is None else arguments)
    options.window = window
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
