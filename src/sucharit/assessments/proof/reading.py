"""The words of a stored page, for showing it inside ours: nothing of it is ever run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST = 20_000  # characters shown
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|"
    "ol|option|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE)
_THAI = {"tis-620": "cp874", "tis620": "cp874", "windows-874": "cp874", "iso-8859-11": "cp874"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif _BLOCKS.fullmatch(tag):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif _BLOCKS.fullmatch(tag):
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(re.sub(r"\s+", " ", data))


def decoded(raw: bytes, content_type: str) -> str:
    """The text in the charset the server or the page names, else UTF-8; what is unreadable is replaced."""
    named = _CHARSET.search(content_type.encode("ascii", "ignore")) or _CHARSET.search(raw[:2048])
    charset = named.group(1).decode("ascii").lower() if named else "utf-8"
    try:
        return raw.decode(_THAI.get(charset, charset), "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def visible_text(raw: bytes, content_type: str) -> str:
    """What a reader of the page sees, line by line, at most MOST characters; "" for other than text."""
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if not (kind.startswith("text/") or "html" in kind or not kind) or b"\0" in raw[:1024]:
        return ""
    text = decoded(raw, content_type)
    if "html" in kind or text.lstrip()[:1] == "<":
        words = _Words()
        words.feed(text)
        words.close()
        text = "".join(words.found)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:MOST]
