"""A file is what its content says; what could harm or deceive is refused with a reason."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.errors import Refusal
from sucharit.core.evidence.filenames import MAX_LENGTH, clean_filename
from sucharit.core.evidence.sniffing import ACCEPTED, sniff
from tests.core import files


def judged(name: str, content: bytes) -> str:
    return sniff(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", files.pdf()),
        ("a.PDF", files.pdf()),
        ("a.png", files.png()),
        ("a.jpg", files.jpeg()),
        ("a.jpeg", files.jpeg()),
        ("a.webp", files.webp()),
        ("a.docx", files.office()),
        ("drawing.docx", files.office(extra={"word/media/image1.svg": b"<svg/>"})),
        ("a.xlsx", files.office(files.SHEET)),
        ("a.odt", files.odt()),
        ("a.ods", files.odt("spreadsheet")),
        ("a.csv", "หน่วยงาน,คะแนน\nพิจิตร,84.16\n".encode()),
        ("a.csv", "\ufeffหน่วยงาน\n".encode()),
        ("a.txt", "น้ำ".encode()),
        ("a.txt", b"1 < 2"),
    ],
)
def test_honest_files_are_taken(name, content):
    assert judged(name, content) == ACCEPTED["." + name.split(".")[-1].lower()]


EXE = b"MZ\x90\x00" + b"\0" * 200
REFUSED = {
    "empty": ("a.pdf", b""),
    "renamed exe": ("a.pdf", EXE),
    "exe as text": ("a.txt", EXE),
    "elf": ("a.docx", b"\x7fELF" + b"\0" * 100),
    "html": ("a.html", b"<!doctype html><p>x"),
    "html as text": ("a.txt", b"  \n<!DOCTYPE html><script>alert(1)</script>"),
    "html as csv": ("a.csv", b"\xef\xbb\xbf<html>"),
    "html later in text": ("a.txt", b"hello <script>alert(1)</script>"),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "svg as png": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "shell script": ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    "plain zip": ("a.zip", b"PK\x03\x04"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
    "old word renamed": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
    "pdf named png": ("a.png", files.pdf()),
    "docx named xlsx": ("a.xlsx", files.office(files.WORD)),
    "pdf cut off": ("a.pdf", files.pdf()[:40]),
    "pdf with zip behind": ("a.pdf", files.pdf() + files.office()),
    "pdf with zip inside its tail": ("a.pdf", files.pdf(files.office())),
    "png with html": ("a.png", files.png()[:33] + b"<script>alert(1)</script>" + files.png()[33:]),
    "jpeg with pdf": ("a.jpg", files.jpeg()[:30] + b"%PDF-1.4" + files.jpeg()[30:]),
    "gif": ("a.gif", b"GIF89a" + b"\0" * 40),
    "thai windows-874": ("a.csv", "หน่วยงาน".encode("cp874")),
    "utf-16": ("a.csv", "หน่วยงาน".encode("utf-16")),
    "binary in text": ("a.txt", b"abc\x00def"),
    "cut character": ("a.txt", "น".encode()[:2]),
    "macro part": ("a.docx", files.office(extra={"word/vbaProject.bin": b"x"})),
    "macro type": (
        "a.docx",
        files.office(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
    ),
    "macro extension": ("a.docm", files.office()),
    "odf macros": ("a.odt", files.odt(extra={"Basic/Standard/Module1.xml": b"x"})),
    "program inside": ("a.docx", files.office(extra={"word/embeddings/run.exe": b"MZ"})),
    "climbing member": ("a.docx", files.office(extra={"../../etc/cron.d/x": b"x"})),
    "zip that is no document": ("a.docx", files.office(content_type="text/plain")),
    "data before zip": ("a.docx", b"GIF89a" + files.office()),
    "pk data before zip": ("a.docx", b"PK\x03\x04" + b"\0" * 60 + files.office()),
    "data after zip": ("a.docx", files.office() + b"<html>"),
    "broken zip": ("a.docx", files.office()[:-30]),
    "no office zip": ("a.docx", b"PK\x03\x04" + b"\0" * 100),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_harms_or_deceives_is_refused(case):
    with pytest.raises(Refusal) as refused:
        judged(*REFUSED[case])
    assert refused.value.where == "upload"
    assert len(str(refused.value)) > 15


def test_a_document_that_swells_is_refused_by_its_directory():
    bomb = files.office(extra={"word/media.xml": b"\0" * (40 * 1024**2)})
    assert len(bomb) < 100_000
    with pytest.raises(Refusal):
        judged("a.docx", bomb)


def test_a_directory_of_many_entries_is_refused_before_it_is_read(monkeypatch):
    content = files.office()
    monkeypatch.setattr("sucharit.core.evidence.packages.MAX_ENTRIES", 1)
    monkeypatch.setattr("sucharit.core.evidence.packages.zipfile.ZipFile", None)
    with pytest.raises(Refusal):
        judged("a.docx", content)


def test_a_document_with_a_password_is_refused():
    content = bytearray(files.office())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1  # "encrypted" in the central directory
    with pytest.raises(Refusal):
        judged("a.docx", bytes(content))


def test_two_members_of_one_name_are_refused():
    out = io.BytesIO(files.office())
    with zipfile.ZipFile(out, "a") as z:
        z.writestr("WORD/document.xml", b"other")
    with pytest.raises(Refusal):
        judged("a.docx", out.getvalue())


@given(st.binary(max_size=300), st.sampled_from(sorted(ACCEPTED)))
def test_no_bytes_make_it_fail_in_another_way(content, suffix):
    with contextlib.suppress(Refusal):
        assert judged("a" + suffix, content) == ACCEPTED[suffix]


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_damaged_document_is_taken_or_refused_never_an_error(place, noise):
    content = bytearray(files.office())
    place = min(place, len(content) - 1)
    content[place : place + len(noise)] = noise
    with contextlib.suppress(Refusal):
        judged("a.docx", bytes(content))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\งาน\\รายงาน.pdf", "รายงาน.pdf"),
        ("/abs/x.pdf", "x.pdf"),
        (" น้ำ.pdf ", "น้ำ.pdf"),
    ],
)
def test_only_the_last_part_of_a_name_is_kept(sent, kept):
    assert clean_filename(sent) == kept


@pytest.mark.parametrize(
    "sent", ["", "..", ".", "a", "a\x00.pdf", "a\n.pdf", "a\u202efdp.exe", "x/", ".pdf/.."]
)
def test_names_that_deceive_are_refused(sent):
    with pytest.raises(Refusal):
        clean_filename(sent)


def test_a_long_name_keeps_its_ending():
    kept = clean_filename("ก" * 500 + ".pdf")
    assert len(kept) == MAX_LENGTH
    assert kept.endswith("ก.pdf")
