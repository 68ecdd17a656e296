"""Scoring files without a server or a database: the command `sucharit score`.

Reads answers, marks, published values and head counts from CSV, JSON lines or Parquet, refuses what
is unclear with file, line and column, and writes one row for each unit and node. Formats are in
docs/file-formats-scoring.md. Start reading at `run`.
"""

from .problems import ScoreFileError
from .responses import Spec, read_responses
from .run import Request, load_edition, run

__all__ = ["Request", "ScoreFileError", "Spec", "load_edition", "read_responses", "run"]
