"""Thai first: every text of code and templates has its Thai."""

from __future__ import annotations

import polib
import pytest

from sucharit.core import catalogues


@pytest.mark.parametrize("app", ["", *catalogues.CATALOGUES])
def test_every_text_has_its_thai(app):
    assert catalogues.missing(app) == [], "run `sucharit messages` and fill in the Thai"


@pytest.mark.parametrize("app", ["", *catalogues.CATALOGUES])
def test_no_catalogue_holds_fuzzy_or_empty_entries(app):
    path = catalogues.catalogue_path(app)
    if not path.exists():
        assert not catalogues.messages_of(app)
        return
    entries = polib.pofile(str(path))
    assert [e.msgid for e in entries if e.fuzzy] == []
    # A placeholder lost in translation is an empty place on a page.
    import re

    for entry in entries:
        texts = [entry.msgstr] if not entry.msgstr_plural else list(entry.msgstr_plural.values())
        wanted = set(re.findall(r"%\(\w+\)s", entry.msgid))
        for text in texts:
            found = set(re.findall(r"%\(\w+\)s", text))
            assert found <= wanted | set(re.findall(r"%\(\w+\)s", entry.msgid_plural)), entry.msgid
            assert wanted <= found or entry.msgid_plural, (
                f"{entry.msgid!r}: {wanted - found} is missing in Thai"
            )


def test_the_collector_sees_what_it_should(tmp_path):
    source = tmp_path / "x.html"
    source.write_text(
        '{% translate "One" %}{% blocktranslate trimmed %}Two {{ n }}{% plural %}Many {{ n }}{% endblocktranslate %}'
    )
    assert catalogues._template_messages(source) == {("One", ""), ("Two %(n)s", "Many %(n)s")}
