"""Makes drifts: `tiny-model drifts --to DIR [NAME …]`; one JSON object a line on stdout."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tinymodel.drifts.drift import Base, Drift
from tinymodel.drifts.options import add_base_options, base_of
from tinymodel.drifts.registry import DRIFTS, named
from tinymodel.weights import ModelError

USAGE = 64


def described(drift: Drift, base: Base, folder: Path) -> dict[str, Any]:
    """Makes one drift; says what it is, how to launch it and what to declare."""
    return {
        "name": drift.name,
        "summary": drift.summary,
        "declared": {"derivation": drift.derivation.declared()},
        "layers": list(drift.layers),
        "expected": drift.visible.value,
        "launch": drift.make(base, folder / drift.name),
    }


def main(arguments: list[str]) -> int:
    """Makes the named drifts, or all."""
    parser = argparse.ArgumentParser(prog="tinymodel.drifts", description="Makes drifts of a base.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(DRIFTS)}; default: all")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="a folder for each drift is made in it")
    add_base_options(parser)
    options = parser.parse_args(arguments)
    try:
        for drift in [named(name) for name in options.names] or DRIFTS.values():
            print(json.dumps(described(drift, base_of(options), options.to.absolute())), flush=True)
    except (ModelError, OSError) as problem:
        print(f"tinymodel.drifts: {problem}", file=sys.stderr)
        return USAGE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
