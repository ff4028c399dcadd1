"""`python -m engines.bench [ipc]…`: a table for people, then one JSON line for programs."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
from typing import Any

BENCHES = ("ipc",)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m engines.bench", description=__doc__)
    parser.add_argument(
        "benches", nargs="*", metavar="BENCH", help=f"any of {', '.join(BENCHES)}; all without"
    )
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    options = parser.parse_args()
    unknown = set(options.benches) - set(BENCHES)
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    results: dict[str, Any] = {
        "machine": {
            "cpu_count": os.cpu_count(),
            "system": platform.platform(),
            "python": platform.python_version(),
        }
    }
    for name in options.benches or BENCHES:
        results[name] = importlib.import_module(f"engines.bench.{name}").measure()
        if not options.json:
            print(f"{name}")
            for key, value in results[name].items():
                print(f"  {key:<28} {value:.4g}" if isinstance(value, float) else f"  {key:<28} {value}")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
