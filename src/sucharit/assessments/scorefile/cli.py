"""`sucharit score` by itself: no Django is set up, so nothing else of the house can break it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .help import Formatter, add_arguments
from .problems import ScoreFileError
from .run import Request, run

SUMMARY = "Score files of answers, marks and published values. Touches no database."


def request_of(options: Mapping[str, Any]) -> Request:
    """The request of parsed options: paths as paths, the rest as text."""
    files = ("responses", "marks", "values", "population", "output")
    given: dict[str, Any] = {k: v for k, v in options.items() if k in Request.__dataclass_fields__}
    return Request(**{**given, **{k: Path(given[k]) for k in files if given.get(k)}})


def main(arguments: Sequence[str]) -> int:
    """Run with command-line arguments; gives the exit code (2: the input doesn't fit)."""
    parser = argparse.ArgumentParser(
        "sucharit score", description=SUMMARY, formatter_class=Formatter
    )
    add_arguments(parser)
    try:
        run(request_of(vars(parser.parse_args(arguments))), sys.stdout, sys.stderr)
    except ScoreFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0
