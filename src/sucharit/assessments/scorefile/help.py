"""Options and help page of `sucharit score`."""

import argparse
from typing import Any

from .output import FORMATS

DESCRIPTION = """\
Score an assessment from files. No server and no database are needed or touched.

FRAMEWORK is the id of a bundled framework (ita-2567) or the path of a framework file (.yaml).
Give at least one of --responses, --marks, --values, each as .csv, .jsonl or .parquet:

  --responses   one row per respondent: unit, instrument, part, then one column per question
                (i1, i4.1, e1 ...). Cells hold option codes of the scale, blank = skipped.
                part is blank or 1 where an instrument has no parts; EIT has the parts 1 and 2.
  --marks       unit, item, points: assessor's points of disclosure items (O1 ...). An item without
                a row was not submitted and counts 0; NA = does not apply (where that is allowed).
                Without --marks the items are unknown, and so are OIT and the total.
  --values      unit, node, value: published figures (0-100) known only at a higher node. They stand
                in for everything below that node.
  --population  unit, instrument, n: people who may answer, to check the least number of answers.
"""

EPILOG = """\
output
  One row for each unit and node, nodes from the total down: total, IIT, EIT, OIT, 1 ... 10,
  9.1 ... 10.2, i1 ..., e1 ..., O1 ...
    unit, node
    value     unrounded, 12 decimals; blank = no value (unknown is not 0)
    display   rounded half-up to 2 decimals, exact also at ties
    n         respondents with an answer under the node; blank where nobody is asked
    level     on the total only: the Thai label as published, taken from the displayed values
  JSON and Parquet also hold status (ok, missing, not_applicable, not_scored, published) and
  level_code; --status adds both to CSV.

examples
  sucharit score ita-2567 --responses answers.csv --marks marks.csv > scores.csv
  sucharit score ita-2567 --responses answers.parquet --marks marks.csv -o scores.parquet
  sucharit score ita-2564 --values published.csv --format json -o scores.json
  sucharit score my-framework.yaml --responses answers.jsonl --explain moi-cdd

exit code
  0  scored
  2  something is wrong with the options or a file: one message on stderr with file, line and
     column (at most 20 problems), and nothing is written

File formats in full: docs/file-formats-scoring.md. How scores come about: docs/scoring.md.
"""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of description and examples."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["width"] = 100
        super().__init__(*args, **kwargs)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to a parser."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.add_argument("framework", metavar="FRAMEWORK", help="framework id or path of its file")
    files = parser.add_argument_group("input files (.csv, .jsonl or .parquet)")
    for name in ("responses", "marks", "values", "population"):
        files.add_argument(f"--{name}", metavar="FILE", help=f"{name} file (see above)")
    result = parser.add_argument_group("result")
    result.add_argument(
        "--format", choices=FORMATS, help="default: by the ending of OUT, otherwise csv"
    )
    result.add_argument("-o", "--output", metavar="OUT", help="file to write (default: stdout)")
    result.add_argument(
        "--status", action="store_true", help="add the columns status and level_code to CSV"
    )
    result.add_argument(
        "--explain",
        metavar="UNIT",
        help="print how the score of one unit came about (text, or JSON with --format json); "
        "scores are then written only with -o",
    )
    rules = parser.add_argument_group("rules (default: those of the framework)")
    rules.add_argument(
        "--eit-merge",
        choices=("pooled", "halves", "weights"),
        help="how the parts of EIT become one score",
    )
    rules.add_argument(
        "--shortfall",
        choices=("warn", "not_scored", "zero"),
        help="what happens to an instrument with too few answers (needs --population)",
    )
