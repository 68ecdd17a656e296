"""The verifier names the first row that was touched, whatever was done to it."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.actors import System
from sucharit.core.ledger import export, heads, record
from sucharit.core.ledger.chain import COLUMNS, GENESIS, Line, line_hash
from sucharit.core.ledger.reading import as_json, read
from sucharit.core.ledger.verify import verify, verify_with_heads
from tests.ledger_triggers import without_triggers


def chain(count: int) -> list[Line]:
    """A good ledger of ``count`` rows, without a database."""
    lines, last = [], GENESIS
    for seq in range(1, count + 1):
        line = Line(
            seq=seq,
            at=f"2024-03-18T00:00:{seq % 60:02d}.000000Z",
            actor="system:test",
            action="test.done",
            target=f"test.thing:{seq}",
            unit="moi",
            fiscal_year=2567,
            data=f'{{"n":{seq}}}',
            prev_hash=last,
            hash="",
        )
        line = dataclasses.replace(line, hash=line_hash(line))
        lines.append(line)
        last = line.hash
    return lines


def rehashed(line: Line, **changes) -> Line:
    """The row changed, and given a new hash of its own by somebody who knows the rule."""
    line = dataclasses.replace(line, **changes)
    return dataclasses.replace(line, hash=line_hash(line))


def head_of(line: Line) -> dict:
    return {"seq": line.seq, "hash": line.hash}


def test_an_untouched_chain_is_good():
    verdict = verify(chain(10))
    assert (verdict.rows, verdict.finding) == (10, None)
    assert verify([]).finding is None


@given(st.integers(3, 20), st.data())
def test_deleting_any_row_but_the_last_names_it(count, data):
    lines = chain(count)
    k = data.draw(st.integers(1, count - 1))
    found = verify(lines[: k - 1] + lines[k:]).finding
    assert (found.seq, found.kind) == (k, "missing")
    renumbered = [dataclasses.replace(x, seq=x.seq - 1) for x in lines[k:]]
    found = verify(lines[: k - 1] + renumbered).finding
    assert (found.seq, found.kind) == (k, "missing")


@given(st.integers(3, 20), st.data())
def test_inserting_a_row_anywhere_names_it(count, data):
    lines = chain(count)
    k = data.draw(st.integers(2, count))
    pushed = [dataclasses.replace(x, seq=x.seq + 1) for x in lines[k - 1 :]]
    false = rehashed(lines[k - 1], action="test.false", prev_hash=lines[k - 2].hash)
    found = verify([*lines[: k - 1], false, *pushed]).finding
    assert (found.seq, found.kind) == (k, "inserted")
    assert verify([*lines[: k - 1], lines[k - 2], *lines[k - 1 :]]).finding.kind == "inserted"


@given(st.integers(3, 20), st.data())
def test_swapping_rows_names_the_first(count, data):
    lines = chain(count)
    a = data.draw(st.integers(1, count - 1))
    b = data.draw(st.integers(a + 1, count))
    lines[a - 1], lines[b - 1] = lines[b - 1], lines[a - 1]
    found = verify(lines).finding
    assert (found.seq, found.kind) == (a, "reordered")


@given(st.integers(3, 20), st.data())
def test_a_row_rewritten_with_a_right_hash_is_given_away_by_the_next(count, data):
    lines = chain(count)
    k = data.draw(st.integers(1, count - 1))
    lines[k - 1] = rehashed(lines[k - 1], actor="user:666")
    found = verify(lines).finding
    assert (found.seq, found.kind) == (k, "rewritten")


def test_only_a_head_kept_outside_shows_a_chain_computed_anew_or_cut_off():
    good = chain(10)
    kept = [head_of(good[3]), head_of(good[7])]
    forged = good[:5]
    forged.append(rehashed(good[5], actor="user:666"))
    for line in good[6:]:
        forged.append(rehashed(line, prev_hash=forged[-1].hash))
    assert verify(forged).finding is None
    found = verify(forged, kept).finding
    assert (found.seq, found.kind) == (5, "head")  # row 4 was still as signed, row 8 no more
    assert verify(good[:6]).finding is None
    found = verify(good[:6], kept).finding
    assert (found.seq, found.kind) == (7, "missing")


@pytest.fixture
def ledger(transactional_db, settings, tmp_path):
    """Nine real rows, a signing key in a folder of its own."""
    settings.DATA_DIR = tmp_path
    for n in range(1, 10):
        record(
            actor=System("test"),
            action="test.done",
            target=f"test.thing:{n}",
            unit="moi",
            fiscal_year=2567,
            n=n,
            word="ก้าว",
        )
    return settings


def touched(sql: str, parameters=()) -> None:
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def finding():
    return verify(export.lines()).finding


CHANGES = {
    "at": "2020-01-01 00:00:00+00:00",
    "actor": "user:666",
    "action": "test.undone",
    "target": "test.thing:99",
    "unit": "moi-cdd",
    "fiscal_year": 2568,
    "data": "{}",
    "prev_hash": "f" * 64,
    "hash": "e" * 64,
}


def test_every_column_has_its_change():
    assert {*CHANGES, "seq"} == set(COLUMNS)


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_in_any_column_of_a_middle_row_names_that_row(ledger, column):
    assert finding() is None
    touched(f"UPDATE core_ledgerentry SET {column} = %s WHERE seq = 5", [CHANGES[column]])
    assert (finding().seq, finding().kind) == (5, "changed")


def test_a_changed_number_names_the_row_that_is_gone(ledger):
    touched("UPDATE core_ledgerentry SET seq = 500 WHERE seq = 5")
    assert (finding().seq, finding().kind) == (5, "missing")


def test_null_where_a_year_was_is_a_change(ledger):
    touched("UPDATE core_ledgerentry SET fiscal_year = NULL WHERE seq = 5")
    assert (finding().seq, finding().kind) == (5, "changed")


def test_a_tail_cut_off_is_shown_by_the_signed_head(ledger):
    kept = heads.sign_head()
    document = heads.as_document()
    assert kept.seq == 9
    touched("DELETE FROM core_ledgerentry WHERE seq > 7")
    assert finding() is None
    found = verify_with_heads(export.lines(), document).finding
    assert (found.seq, found.kind) == (8, "missing")
    touched("DELETE FROM core_ledgerhead")
    assert verify_with_heads(export.lines(), document).finding.seq == 8


def test_a_head_signed_by_another_key_does_not_count(ledger):
    heads.sign_head()
    document = heads.as_document()
    other = dict(document, heads=[dict(document["heads"][0], hash="0" * 64)])
    assert verify_with_heads(export.lines(), other).finding.kind == "signature"
    assert verify_with_heads(export.lines(), document, pinned="ab" * 32).finding.kind == "signature"
    assert verify_with_heads(export.lines(), document).finding is None
    assert verify_with_heads(export.lines(), dict(document, heads=[])).finding.kind == "signature"


def test_the_command_names_the_row_and_exits_with_one(ledger, tmp_path, capsys):
    call_command("verify_ledger", export=str(tmp_path / "good.jsonl"))
    assert "OK: 9 rows" in capsys.readouterr().out
    touched("UPDATE core_ledgerentry SET actor = 'user:666' WHERE seq = 4")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger")
    assert stopped.value.code == 1
    assert "TOUCHED at row 4" in capsys.readouterr().out


def test_the_command_uses_heads_kept_outside(ledger, tmp_path, capsys):
    heads.sign_head()
    kept = tmp_path / "heads.json"
    kept.write_text(json.dumps(heads.as_document()), encoding="utf-8")
    touched("DELETE FROM core_ledgerentry WHERE seq > 6")
    touched("DELETE FROM core_ledgerhead")
    call_command("verify_ledger")
    with pytest.raises(SystemExit):
        call_command("verify_ledger", heads=str(kept))
    assert "TOUCHED at row 7" in capsys.readouterr().out


def alone(*arguments) -> subprocess.CompletedProcess[str]:
    """The stand-alone verifier in a process where Django cannot be imported."""
    program = (
        "import sys; sys.modules['django'] = None; "
        "from sucharit.core.ledger.verify import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_verifier_stands_alone_on_an_export(tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_text("".join(as_json(line) + "\n" for line in chain(30)), encoding="utf-8")
    done = alone(good)
    assert (done.returncode, done.stdout[:11]) == (0, "OK: 30 rows")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(good.read_text().replace("test.thing:17", "test.thing:71"), encoding="utf-8")
    done = alone(bad)
    assert done.returncode == 1
    assert done.stdout.startswith("TOUCHED at row 17")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("text", ["not json", '{"seq": 1}', '{"seq": "1"}'])
def test_what_is_no_ledger_is_said_so(tmp_path, text):
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    done = alone(path)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def test_the_verifier_reads_the_database_itself(ledger):
    if connection.vendor == "sqlite":
        source = str(connection.settings_dict["NAME"])
    else:
        values = connection.settings_dict
        source = f"postgres://{values['USER']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
        source = (
            source if not values["PASSWORD"] else source.replace("@", f":{values['PASSWORD']}@")
        )
    done = alone(source)
    assert (done.returncode, done.stdout[:10]) == (0, "OK: 9 rows"), done.stderr
    touched("DELETE FROM core_ledgerentry WHERE seq = 2")
    assert alone(source).stdout.startswith("TOUCHED at row 2")


def test_an_export_reads_back_as_the_same_rows(ledger, tmp_path):
    path = tmp_path / "ledger.jsonl"
    assert export.write_export(path) == 9
    assert list(read(str(path))) == list(export.lines())
    with pytest.raises(FileExistsError):
        export.write_export(path)
