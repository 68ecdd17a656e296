"""Results as official memos. A memo is a Thai document: its words are Thai whatever the page's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sucharit.assessments.engine import TOTAL, Edition, leverage
from sucharit.assessments.models import ScoreRun
from sucharit.assessments.planner.margins import margin_words
from sucharit.assessments.planner.queries import margin_of
from sucharit.assessments.queries.groups import Standing
from sucharit.assessments.queries.results import Figure, UnitYear
from sucharit.assessments.reports.group import GroupReport, Part, why_hidden
from sucharit.core.memo import Memo, MemoTable
from sucharit.core.rounding import hundredths, hundredths_text
from sucharit.core.templatetags.thai import thaidatetime
from sucharit.orgs.models import Unit

WEAKEST = 3
FULL = 10_000


@dataclass(frozen=True)
class Unfilled:
    """A disclosure item under full marks and what the total gains when it gets there (hundredths)."""

    figure: Figure
    gain: int | None  # None: the unit's own shares are not known


def unfilled(found: UnitYear) -> list[Unfilled]:
    """Marked items under full marks, the largest gain first.

    The gain uses the shares the unit's score really had (its explanation), else the edition's.
    """
    if found.edition is None:
        return []
    shares = dict(_shares(found.result.explanation, Fraction(1)))
    rows = []
    for item in found.edition.items:
        figure = found.figures.get(item.code)
        if item.surveyed or figure is None or figure.hundredths is None:
            continue
        full = hundredths(max(item.allowed_points))
        if figure.hundredths < full:
            share = shares.get(item.code) if shares else _nominal(found.edition, item.code)
            gain = None if share is None else hundredths(share * (full - figure.hundredths) / 100)
            rows.append(Unfilled(figure, gain))
    return sorted(rows, key=lambda row: -(row.gain or 0))


def _nominal(edition: Edition, item: str) -> Fraction:
    return leverage(edition, item) / 100


def _shares(node: dict[str, Any] | None, above: Fraction) -> Iterable[tuple[str, Fraction]]:
    """What one point of each node adds to the total, by the weights of an explanation."""
    if not node:
        return
    share = above if node["code"] == TOTAL else above * Fraction(node["weight"])
    yield node["code"], share
    for child in node["children"]:
        yield from _shares(child, share)


def weakest(found: UnitYear) -> list[Figure]:
    """The indicators with the lowest figures."""
    if found.edition is None:
        return []
    figures = [found.figures.get(g.code) for g in found.edition.indicators]
    known = [f for f in figures if f is not None and f.hundredths is not None]
    return sorted(known, key=lambda f: f.hundredths or 0)[:WEAKEST]


def shown(value: int | None, status: str = "") -> str:
    """A figure, or a dash with the reason: unknown is not zero."""
    if value is not None:
        return hundredths_text(value)
    return f"– ({why_hidden(status)})" if status else "–"


def signed(value: int | None) -> str:
    """A change with its sign."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "") + hundredths_text(value)


def sources(runs: Sequence[ScoreRun]) -> list[str]:
    """One sentence a run: source, number, version of the method, verified or not, invented or not."""
    found = []
    for run in runs:
        words = [_("Source: %(source)s") % {"source": run.source or "–"}]
        words.append(_("run %(run)s of %(at)s") % {"run": run.pk, "at": thaidatetime(run.at)})
        if run.framework:
            words.append(f"{run.framework.code} v{run.framework.version}")
        words.append(_("method verified") if run.verified else _("method not verified yet"))
        if run.synthetic:
            words.append(_("synthetic data for demonstration, no real result"))
        found.append(" · ".join(words))
    return found


def unit_memo(found: UnitYear, unit: Unit, day: dt.date) -> Memo:
    """A unit's result, to be put before its executives (เสนอผู้บริหาร)."""
    with translation.override("th"):
        tables = [_instruments(found)]
        if weak := weakest(found):
            rows = [(f.node, f.title_th, shown(f.hundredths), signed(f.change)) for f in weak]
            head = (_("Code"), _("Indicator"), _("Score"), _("Change since last year"))
            tables.append(MemoTable(_("Weakest indicators"), head, rows))
        if lacking := unfilled(found):
            rows = [
                (u.figure.node, u.figure.title_th, shown(u.figure.hundredths), signed(u.gain))
                for u in lacking
            ]
            head = (_("Item"), _("What is disclosed"), _("Score"), _("Total gains when full"))
            tables.append(MemoTable(_("Disclosure items under full marks"), head, rows))
        year = found.result.fiscal_year
        return Memo(
            office=unit.name_th,
            subject=_(
                "Result of the integrity and transparency assessment (ITA), fiscal year %(year)s"
            )
            % {"year": year},
            to=_("Head of %(unit)s") % {"unit": unit.name_th},
            day=day,
            paragraphs=_unit_paragraphs(found, unit),
            tables=tables,
            closing=[
                *sources([found.result.run]),
                _("For your information and further instruction."),
            ],
        )


def _unit_paragraphs(found: UnitYear, unit: Unit) -> list[str]:
    result, total = found.result, found.figures.get(TOTAL)
    words = {
        "unit": unit.name_th,
        "year": result.fiscal_year,
        "total": shown(result.total_hundredths, total.status if total else "missing"),
        "level": result.level_th or "–",
    }
    said = [
        _("%(unit)s: total %(total)s of 100 in fiscal year %(year)s, level “%(level)s”.") % words
    ]
    if total is not None and total.change is not None:
        said.append(
            _("Change of the total since last year: %(change)s points.")
            % {"change": signed(total.change)}
        )
        if not found.comparable:
            said.append(
                _("The items of this year differ from last year's: read the change with care.")
            )
    margin = margin_of(result, found.edition) if found.edition else None
    if margin is not None and margin.margin is not None and found.edition is not None:
        told = margin_words(margin, found.edition.pass_mark)
        said.append(
            _(
                "Margin of the surveys ± %(half)s points (95 %%), a lower bound: respondents chose themselves."
            )
            % {"half": hundredths_text(told["half"])}
        )
        if margin.verdict == "not_apart":
            said.append(f"{told['not_apart']}.")
    return said


def _instruments(found: UnitYear) -> MemoTable:
    figures = [
        found.figures[c]
        for c in (found.edition.children(TOTAL) if found.edition else ())
        if c in found.figures
    ]
    rows = [
        (
            f.node,
            f.title_th,
            shown(f.hundredths, f.status),
            "–" if f.n is None else str(f.n),
            signed(f.change),
        )
        for f in figures
    ]
    head = (_("Code"), _("Instrument"), _("Score"), _("Respondents"), _("Change since last year"))
    return MemoTable(_("Score by instrument"), head, rows)


def group_memo(report: GroupReport, office: str, to: str, day: dt.date) -> Memo:
    """The ministry's or a province's report as a memo."""
    with translation.override("th"):
        group = report.group
        words = {
            "year": report.fiscal_year, "units": len(group.standings), "scored": group.scored,
            "passed": group.passed, "mean": shown(report.mean),
            "share": shown(group.pass_share_hundredths),
        }  # fmt: skip
        said = [
            _(
                "Fiscal year %(year)s: %(units)s units, %(scored)s of them with a total; mean %(mean)s."
            )
            % words,
            _("%(passed)s of %(scored)s units passed (%(share)s %%).") % words,
        ]
        if report.mean_change is not None:
            said.append(
                _("Change of the mean since last year: %(change)s points.")
                % {"change": signed(report.mean_change)}
            )
        said += [
            _("Not shown, %(node)s: %(n)s units (%(why)s).") % {"node": node, "n": n, "why": why}
            for node, why, n in report.hidden
        ]
        return Memo(
            office=office,
            subject=_(
                "Report of the integrity and transparency assessment (ITA), fiscal year %(year)s"
            )
            % {"year": report.fiscal_year},
            to=to,
            day=day,
            paragraphs=said,
            tables=[t for t in _group_tables(report) if t.rows],
            closing=[*sources(report.runs), _("For your information and further instruction.")],
        )


def _group_tables(report: GroupReport) -> list[MemoTable]:
    level = (_("Level"), _("Units"))
    below = (_("Code"), _("Indicator"), _("Mean"), _("Units below the pass mark"))
    return [
        MemoTable(_("Units by level"), level, [(th, str(n)) for _c, th, _e, n in report.group.levels]),
        _part_table(_("By kind of unit"), report.kinds),
        _part_table(_("By province"), report.provinces),
        _standing_table(_("Weakest units"), report.weakest),
        _standing_table(_("Risen most"), report.risers),
        _standing_table(_("Fallen most"), report.fallers),
        MemoTable(
            _("Indicators with a mean below the pass mark"),
            below,
            [(i.code, i.title_th, shown(i.mean), f"{i.below} / {i.known}") for i in report.indicators],
        ),
    ]  # fmt: skip


def _part_table(title: str, parts: Sequence[Part]) -> MemoTable:
    head = (_("Name"), _("Units"), _("Mean"), _("Passed of scored"))
    rows = [(p.name, str(p.units), shown(p.mean), f"{p.passed} / {p.scored}") for p in parts]
    return MemoTable(title, head, rows)


def _standing_table(title: str, standings: Sequence[Standing]) -> MemoTable:
    head = (_("Unit"), _("Total"), _("Change since last year"), _("Level"))
    rows = [
        (
            s.unit.name_th,
            shown(s.result.total_hundredths),
            signed(s.change),
            s.result.level_th or "–",
        )
        for s in standings
    ]
    return MemoTable(title, head, rows)
