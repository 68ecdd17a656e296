"""Translation catalogues without the gettext programs: collect msgids, compile .po to .mo.

English is the language of the code; Thai stands in ``<app>/locale/th/LC_MESSAGES/django.po``.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1]
APPS = tuple(sorted(p.parent.name for p in PACKAGE.glob("*/apps.py")))
# A large app's rooms keep their own catalogue: "assessments/planner" with its pages in
# assessments/templates/assessments/planner/.
ROOMS = tuple(
    sorted(f"{p.parents[1].name}/{p.parent.name}" for p in PACKAGE.glob("*/*/locale") if p.is_dir())
)
CATALOGUES = (*APPS, *ROOMS)
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURALS = {"ngettext", "ngettext_lazy"}
_TAG = re.compile(
    r"""\{%\s*(?:translate|trans)\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')(?:\s+context\s+"([^"]+)")?"""
)
_FILTERED = re.compile(r"""_\("((?:[^"\\]|\\.)*)"\)""")
_BLOCK = re.compile(
    r"\{%\s*(?:blocktranslate|blocktrans)\b(?P<args>[^%]*)%\}(?P<one>.*?)"
    r"(?:\{%\s*plural\s*%\}(?P<many>.*?))?\{%\s*(?:endblocktranslate|endblocktrans)\s*%\}",
    re.DOTALL,
)
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def catalogue_path(app: str, language: str = "th") -> Path:
    """Where an app's catalogue lies ("" = the shell's own, beside the shared templates)."""
    return PACKAGE / app / "locale" / language / "LC_MESSAGES" / "django.po"


def _python_messages(path: Path) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        if name in CALLS and texts:
            found.add((texts[0], ""))
        elif name in PLURALS and len(texts) >= 2:
            found.add((texts[0], texts[1]))
    return found


def _block_text(raw: str, *, trimmed: bool) -> str:
    text = _VARIABLE.sub(r"%(\1)s", raw.replace("%", "%%"))
    if trimmed:
        text = " ".join(line.strip() for line in text.strip().splitlines() if line.strip())
    return text


def _template_messages(path: Path) -> set[tuple[str, str]]:
    source = path.read_text(encoding="utf-8")
    found = {((a or b).replace('\\"', '"'), "") for a, b, _context in _TAG.findall(source)}
    found |= {(text.replace('\\"', '"'), "") for text in _FILTERED.findall(source)}
    for block in _BLOCK.finditer(source):
        trimmed = "trimmed" in block["args"]
        many = _block_text(block["many"], trimmed=trimmed) if block["many"] is not None else ""
        found.add((_block_text(block["one"], trimmed=trimmed), many))
    return found


def _folders(app: str) -> list[Path]:
    """Where the code and the templates of an app, a room or the shell ("") lie."""
    if not app:
        return [PACKAGE / "templates"]
    parent, _, room = app.partition("/")
    if not room:
        return [PACKAGE / app]
    return [PACKAGE / app, PACKAGE / parent / "templates" / parent / room]


def messages_of(app: str) -> set[tuple[str, str]]:
    """(msgid, plural or "") pairs an app's code and templates ask for."""
    folders = _folders(app)
    inner = [f for room in ROOMS if room.startswith(f"{app}/") for f in _folders(room)]
    files = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if not any(path.is_relative_to(other) for other in inner)
    ]
    python = [p for p in files if p.suffix == ".py" and "migrations" not in p.parts]
    if not app:
        python = [PACKAGE / "settings.py"]
    found: set[tuple[str, str]] = set()
    for path in python:
        found |= _python_messages(path)
    for path in (p for p in files if p.suffix in {".html", ".txt"}):
        if path.suffix == ".html" or "templates" in path.parts:
            found |= _template_messages(path)
    return found


def load(app: str, language: str = "th") -> polib.POFile:
    """An app's catalogue, or an empty one with the right head."""
    path = catalogue_path(app, language)
    if path.exists():
        return polib.pofile(str(path))
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Project-Id-Version": "sucharit",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def missing(app: str, language: str = "th") -> list[str]:
    """Msgids of an app that have no translation there."""
    done = {e.msgid for e in load(app, language) if e.msgstr or any(e.msgstr_plural.values())}
    return sorted(one for one, _many in messages_of(app) if one not in done)


def sync(app: str, language: str = "th") -> tuple[int, int]:
    """Append missing msgids with an empty translation, drop unused ones; gives (added, dropped)."""
    catalogue = load(app, language)
    wanted = dict(messages_of(app))
    have = {e.msgid for e in catalogue}
    unused = [e for e in catalogue if e.msgid not in wanted]
    for entry in unused:
        catalogue.remove(entry)
    for one, many in sorted(wanted.items()):
        if one in have:
            continue
        entry = polib.POEntry(msgid=one, msgid_plural=many, msgstr_plural={0: ""} if many else {})
        if "%(" in one or "%s" in one:
            entry.flags.append("python-format")
        catalogue.append(entry)
    if wanted:
        path = catalogue_path(app, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    return len(set(wanted) - have), len(unused)


def compile_all(language: str = "th") -> int:
    """Write each .mo beside its .po; gives how many were written."""
    count = 0
    for app in ("", *CATALOGUES):
        path = catalogue_path(app, language)
        target = path.with_suffix(".mo")
        if path.exists() and (
            not target.exists() or target.stat().st_mtime <= path.stat().st_mtime
        ):
            polib.pofile(str(path)).save_as_mofile(str(target))
            count += 1
    return count
