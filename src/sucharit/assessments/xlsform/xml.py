"""XML parts read as a stream, without DOCTYPE, entities or anything fetched."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from sucharit.assessments.xlsform.problems import FormError

Start = Callable[[str, dict[str, str]], object]


def local(name: str) -> str:
    """A tag's own name, without its namespace: transitional and strict files differ only there."""
    return name.rsplit(" ", 1)[-1]


def parse(
    content: bytes,
    *,
    start: Start | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Call back for each tag (local name, attributes by local name) and each piece of text.

    FormError: ``unsafe_xml`` on a DOCTYPE (no entity is ever expanded), ``broken`` when not XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_anything: object) -> None:
        raise FormError("unsafe_xml")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if start is not None:
        parser.StartElementHandler = lambda tag, given: start(
            local(tag), {local(name): value for name, value in given.items()}
        )
    if end is not None:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise FormError("broken") from None
    except (ValueError, LookupError):  # an encoding expat has never heard of
        raise FormError("broken") from None
