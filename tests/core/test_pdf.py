"""PDF: Thai that can be copied, both faces inside, nothing fetched from anywhere."""

from __future__ import annotations

import io
import socket

import pypdf
import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core import pdf
from sucharit.core.errors import Refusal
from sucharit.core.pdf import decompose, files, recompose, render, render_pdf
from sucharit.core.pdf.thai import decompose_html
from sucharit.core.qr import qr_svg

needs_pango = pytest.mark.skipif(
    not pdf.pdf_available(), reason="needs Pango and the Sarabun fonts (npm ci)"
)
TEXT = "กระทรวงมหาดไทย น้ำ ที่ปรึกษา คำสั่ง ก้ำกึ่ง กตัญญู ฎีกา พันธุ์ Integrity 84.16 %"
PAGE = """{%% extends "core/pdf_base.html" %%}
{%% block title %%}รายงานน้ำ{%% endblock %%}{%% block foot %%}กระทรวงทดสอบ{%% endblock %%}
{%% block body %%}<h1>หัวข้อ Head</h1><p>{{ text }}</p>%s{%% endblock %%}"""


@pytest.fixture
def made(monkeypatch):
    """Render a body as PDF: (text of all pages put together again, the reader)."""

    def make(body: str = "", **context):
        template = engines["django"].from_string(PAGE % body)
        monkeypatch.setattr(render, "render_to_string", lambda _name, given: template.render(given))
        reader = pypdf.PdfReader(io.BytesIO(render_pdf("page.html", {"text": TEXT, **context})))
        return recompose("\n".join(p.extract_text() for p in reader.pages)), reader

    return make


@needs_pango
def test_thai_is_copied_as_it_was_written(made):
    text, reader = made()
    for word in TEXT.split():
        assert word in text
    assert "กระทรวงทดสอบ" in text  # the foot
    assert reader.metadata.title == "รายงานน้ำ"
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)  # A4


@needs_pango
def test_both_faces_and_no_others_are_inside(made):
    _text, reader = made()
    fonts = [f.get_object() for f in reader.pages[0]["/Resources"]["/Font"].values()]
    names = {str(f["/BaseFont"]).split("+")[1] for f in fonts}
    assert names == {"Sarabun-Thai", "Sarabun-Latin", "Sarabun-Thai-Bold", "Sarabun-Latin-Bold"}
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@needs_pango
@pytest.mark.parametrize(
    "body",
    [
        '<img src="http://127.0.0.1:{port}/x.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">',
        '<svg><image href="http://127.0.0.1:{port}/x.png" width="9" height="9"/></svg>',
        '<link rel="attachment" href="http://127.0.0.1:{port}/x">',
        '<object data="http://127.0.0.1:{port}/x.svg"></object>',
    ],
)
def test_nothing_is_fetched_from_the_network(made, body):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.05)
        text, _reader = made(body.replace("{port}", str(door.getsockname()[1])))
        with pytest.raises(TimeoutError):
            door.accept()
    assert "กระทรวงมหาดไทย" in text


@needs_pango
def test_no_file_of_the_machine_gets_in(made, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    _text, reader = made(
        f'<link rel="attachment" href="{secret.as_uri()}"><img src="{secret.as_uri()}">'
    )
    assert not reader.attachments


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.png",
        "https://static.invalid/static/core/pdf.css",
        "http://static.invalid/core/pdf.css",
        "http://static.invalid.example.org/static/core/pdf.css",
        "http://static.invalid/static/../settings.py",
        "http://static.invalid/static/%2e%2e/settings.py",
        "http://static.invalid/static//etc/passwd",
        "http://static.invalid/static/no-such-file.css",
        "file:///etc/passwd",
        "ftp://static.invalid/static/core/pdf.css",
        "relative.png",
    ],
)
@needs_pango
def test_the_fetcher_refuses_all_but_static_files(url):
    with pytest.raises(ValueError, match="may not load"):
        files.fetcher().fetch(url)


@needs_pango
def test_the_fetcher_gives_static_files_and_data():
    own = files.fetcher()
    assert b"@page" in own.fetch("http://static.invalid/static/core/pdf.css?v=1").read()
    assert own.fetch("data:text/plain;base64,YQ==").read() == b"a"


@needs_pango
def test_a_qr_code_is_drawn(made):
    plain, _ = made()
    _text, reader = made("{{ qr }}", qr=qr_svg("https://example.go.th/", title="ตรวจ"))
    drawing = reader.pages[0].get_contents().get_data()
    assert drawing.count(b" l\n") + drawing.count(b" re\n") + drawing.count(b" l ") > 100
    assert plain


def test_without_pango_the_page_says_what_to_do(monkeypatch):
    monkeypatch.setattr(render, "pdf_available", lambda: False)
    with pytest.raises(Refusal, match="Pango"):
        render_pdf("core/pdf_base.html", {})


def test_without_fonts_a_pdf_would_be_garbage_and_is_not_made(monkeypatch):
    monkeypatch.setattr(render, "fonts_available", lambda: False)
    render.pdf_available.cache_clear()
    try:
        assert not render.pdf_available()
    finally:
        render.pdf_available.cache_clear()


THAI = st.text(st.sampled_from("กนทำาแ้่ํ๋ x<>"), max_size=30).filter(lambda t: "\u0e4d" not in t)


@given(THAI)
def test_what_was_set_apart_is_put_together_again(text):
    assert recompose(decompose(text)) == text
    assert "\u0e33" not in decompose(text)


def test_only_what_is_read_is_set_apart():
    page = '<title>น้ำ</title><a href="/น้ำ" title="ทำ">น้ำ</a><!-- ทำ -->'
    assert decompose_html(page) == page.replace(">น้ำ</a>", ">นํ้า</a>")
