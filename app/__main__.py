"""`repartee`: the command line. Parses arguments, runs a command, and turns errors into one sentence."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence

from app.cli.arguments import parse
from app.cli.printing import discard_output
from app.window_port import WindowPort
from engines.errors import ReparteeError

log = logging.getLogger("repartee")


def main(arguments: Sequence[str] | None = None, window: WindowPort | None = None) -> int:
    """Returns the exit code: 0, 1 after an error that was said in a sentence, 2 for a wrong command line.

    `window` is what opens without a command; `python -m app` has none.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe on Windows, or an odd locale, can't say everything
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parse(sys.argv[1:] if arguments is None else arguments)
    options.window = window
    try:
        return int(options.run(options) or 0)
    except ReparteeError as error:
        message = str(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        discard_output()
        return 1
    except OSError as error:
        message = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}."
    except Exception:
        log.exception("a fault of ours")
        message = "Something went wrong in Repartee itself. The log says what (its place: `repartee doctor`)."
    print(f"repartee: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
