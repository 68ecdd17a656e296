"""Large tables as files with flat memory: CSV sent while it is read, Parquet made on disk by DuckDB."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.http import FileResponse, StreamingHttpResponse

from sucharit.core.exports import disposition

PARQUET = "application/vnd.apache.parquet"
MEMORY_MB = 32  # what DuckDB may hold while it writes
WIDE = 100  # columns; each beyond gives it one MB more
ROW_GROUP = 8_192  # rows of a Parquet row group: what it must hold at a time
_BLOCK = 1 << 16
LINE = 1 << 17  # bytes of the longest line DuckDB takes; it holds four of them at a time


@dataclass(frozen=True)
class Column:
    """A column and its DuckDB type (VARCHAR, INTEGER, BOOLEAN, DECIMAL(7,2), TIMESTAMPTZ)."""

    name: str
    type: str = "VARCHAR"


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows of texts as lines of CSV."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def blocks(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines put together to pieces of about 64 kB, as they are sent; a byte-order mark first."""
    held, size = ["\ufeff"], 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def csv_answer(
    filename: str, columns: Sequence[Column], lines: Iterable[str]
) -> StreamingHttpResponse:
    """A CSV download of ready lines."""
    head = csv_lines([[c.name for c in columns]])

    def everything() -> Iterator[str]:
        yield from head
        yield from lines

    response = StreamingHttpResponse(blocks(everything()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = disposition(filename)
    return response


def parquet_file(columns: Sequence[Column], lines: Iterable[str]) -> IO[bytes]:
    """Lines of CSV as an open Parquet file that is gone when it is closed; an empty cell is NULL.

    The way over CSV on disk keeps memory flat: DuckDB reads and writes in pieces.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="sucharit-") as folder:
        plain, made = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with plain.open("w", encoding="utf-8", newline="") as out:
            out.writelines(lines)
        memory = MEMORY_MB + max(0, len(columns) - WIDE)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": f"{memory}MB",
            "temp_directory": str(Path(folder) / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(config=settings) as base:
            base.execute("SET TimeZone = 'UTC'")
            base.execute(_reading(plain, columns))
            base.execute(
                f"COPY cells TO '{made}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )
        plain.unlink()
        found = made.open("rb")
        os.unlink(made)  # noqa: PTH108 (beside open: the file lives as long as somebody reads it)
    return found


def _reading(plain: Path, columns: Sequence[Column]) -> str:
    """The statement that reads the lines; by default the reader would hold 32 MB at a time."""
    if not plain.stat().st_size:
        cells = ", ".join('"' + c.name.replace('"', '""') + f'" {c.type}' for c in columns)
        return f"CREATE TABLE cells ({cells})"
    types = ", ".join("'" + c.name.replace("'", "''") + f"': '{c.type}'" for c in columns)
    return (
        f"CREATE VIEW cells AS FROM read_csv('{plain}', header = false, auto_detect = false, "
        f"columns = {{{types}}}, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
        f"new_line = '\\r\\n', parallel = false, max_line_size = {LINE}, buffer_size = {4 * LINE})"
    )


def parquet_answer(filename: str, columns: Sequence[Column], lines: Iterable[str]) -> FileResponse:
    """A Parquet download; the file waits on disk, not in memory, and goes when it was sent."""
    response = FileResponse(parquet_file(columns, lines), content_type=PARQUET)
    response["Content-Disposition"] = disposition(filename)
    return response
