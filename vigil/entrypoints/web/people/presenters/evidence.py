"""Why these reports are one person's: the links that hold them together, the weakest first.

Each link as a table of bits with both values. Computes which links are needed; judges none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.people.presenters.matches import FIELDS, field_words
from vigil.entrypoints.web.people.presenters.names import day_words
from vigil.entrypoints.web.people.presenters.reports import force_name
from vigil.identity.queries import JudgementShown, LinkShown
from vigil.incidents.queries import ReportShown

# Below this many bits the odds need their caution: a twin or a namesake scores as high.
FIRM_BITS: Final = 20.0
# Bars are never drawn longer than this many bits make them, or chance would look like proof.
LEAST_SCALE: Final = 12.0
VERDICTS: Final[Mapping[str, str]] = {
    "same": "the same person",
    "not_same": "not the same",
    "unsure": "not sure",
}
# The comparisons of the model, with the cells that they compare.
COMPARED: Final[Mapping[str, tuple[str, ...]]] = {
    "surname": ("suspect_surname",),
    "forename": ("suspect_forename",),
    "middle": ("suspect_middle",),
    "born": ("suspect_born_on",),
    "home": ("suspect_house", "suspect_postcode"),
    "phone": ("suspect_phone",),
    "email": ("suspect_email",),
    "handles": ("suspect_handles",),
    "vehicle": ("suspect_vehicle",),
    "pnc": ("suspect_pnc",),
    "cro": ("suspect_cro",),
    "sex": ("suspect_sex",),
}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One comparison of two reports."""

    field: str
    left: str
    fit: str
    right: str
    bits: float
    bits_words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One link in finished words."""

    pair: str
    caption: str
    left: str
    right: str
    words: str
    total: str
    rows: list[EvidenceRow]
    foot: list[tuple[str, str]]


def holding(links: Sequence[LinkShown]) -> list[LinkShown]:
    """The links without which the reports would fall apart, the weakest first.

    The strongest ones that tie them all together: a weak pair is none of them when each of
    the two is tied more firmly by another.
    """
    group: dict[str, str] = {}

    def top(report: str) -> str:
        while group.setdefault(report, report) != report:
            report = group[report]
        return report

    kept = []
    inside = [link for link in links if link.is_inside]
    for link in sorted(inside, key=lambda one: (-one.weight, one.left, one.right)):
        left, right = top(link.left), top(link.right)
        if left != right:
            group[left] = right
            kept.append(link)
    return kept[::-1]


def evidence(
    link: LinkShown,
    reports: Mapping[str, ReportShown],
    numbers: Mapping[str, int],
    forces: Mapping[str, str],
) -> Evidence:
    """One link as a table: what each report says, how it fits, and the bits."""
    left, right = reports[link.left], reports[link.right]
    first, second = numbers[link.left], numbers[link.right]
    start = link.weight - sum(link.bits.values())
    return Evidence(
        pair=pair_of(link),
        caption=f"Report {first} and report {second}, field by field",
        left=f"Report {first}, {force_name(left.force, forces)}",
        right=f"Report {second}, {force_name(right.force, forces)}",
        words=odds_words(link.weight),
        total=formats.bits(link.weight),
        rows=_rows(link, left, right),
        foot=[
            *_unstated(link, left, right),
            ("Start: any two reports of the record", formats.bits(start)),
            (f"Together: {formats.odds(link.weight)}", formats.bits(link.weight)),
        ],
    )


def most_bits(links: Sequence[Evidence]) -> float:
    """The longest bar of these links: what all of their bars are drawn against."""
    return max([LEAST_SCALE, *(abs(row.bits) for link in links for row in link.rows)])


def pair_of(link: LinkShown) -> str:
    """The two reports of a link as one value of a form: no reference, whatever it is written in."""
    return hashlib.sha256(f"{link.left}\0{link.right}".encode()).hexdigest()[:20]


def odds_words(bits: float) -> str:
    """The odds of a link in a sentence, with what they leave out."""
    said = f"{formats.odds(bits).capitalize()} that both are him."
    return said if bits >= FIRM_BITS else f"{said} Twins would score as high."


def _rows(link: LinkShown, left: ReportShown, right: ReportShown) -> list[EvidenceRow]:
    """What speaks, against before for; then what at least one report states."""
    speaks = sorted((name for name in link.bits if link.bits[name]), key=lambda n: link.bits[n])
    stated = [n for n in _silent(link) if _value(n, left.cells) or _value(n, right.cells)]
    return [_row(name, link.bits.get(name, 0.0), left, right) for name in [*speaks, *stated]]


def _silent(link: LinkShown) -> list[str]:
    return [name for name in COMPARED if not link.bits.get(name)]


def _unstated(link: LinkShown, left: ReportShown, right: ReportShown) -> list[tuple[str, str]]:
    """What neither report states, in one line of the foot."""
    names = [n for n in _silent(link) if not (_value(n, left.cells) or _value(n, right.cells))]
    words = formats.listed([field_words(name) for name in names])
    return [(f"In neither: {words}", "0")] if words else []


def _row(name: str, bits: float, left: ReportShown, right: ReportShown) -> EvidenceRow:
    one, other = _value(name, left.cells), _value(name, right.cells)
    words = FIELDS.get(name, field_words(name))
    return EvidenceRow(
        field=f"{words[:1].upper()}{words[1:]}",
        left=one or "not stated",
        fit=_fit(one, other, bits),
        right=other or "not stated",
        bits=round(bits, 1),
        bits_words=formats.bits(bits),
    )


def _value(name: str, cells: Mapping[str, str]) -> str:
    found = (cells.get(column, "").strip() for column in COMPARED.get(name, (f"suspect_{name}",)))
    return ", ".join(day_words(part) for part in found if part)


def _fit(one: str, other: str, bits: float) -> str:
    if not bits:
        return "· no evidence"
    if one.casefold() == other.casefold():
        return "= same"
    return "≈ alike" if bits > 0 else "≠ differs"


def holds_words(links: Sequence[LinkShown], reports: int) -> str:
    """How the reports hold together, in a sentence."""
    if reports < 2:
        return "There is one report, so there is nothing to join."
    if not links:
        return "No link of the last run joins these reports: a person said that they are one."
    most = "" if len(links) == 1 else " Every other link is as strong or stronger."
    return f"{odds_words(links[0].weight)}{most}"


def rest_words(rest: int) -> str:
    """The links that are not drawn, counted."""
    return f"{formats.count(rest, 'stronger link')} not drawn." if rest > 0 else ""


def near_words(links: Sequence[LinkShown]) -> str:
    """How many others came near, counted and never named: this look is not on them."""
    others = {link.other for link in links if link.other is not None}
    if not others:
        return ""
    verb = "is" if len(others) == 1 else "are"
    who = formats.count(len(others), "other person", "other people")
    return f"{who} came near and {verb} kept apart."


def judgement_words(judgement: JudgementShown, numbers: Mapping[str, int]) -> str:
    """What somebody said of two reports: "Reports 4 and 7: not the same. ..."."""
    known = [numbers.get(reference) for reference in (judgement.left, judgement.right)]
    named = [f"report {n}" if n else "a report of somebody else" for n in known]
    taken_back = " Taken back since." if judgement.withdrawn_at else ""
    said = VERDICTS.get(judgement.verdict, judgement.verdict)
    return (
        f"{formats.listed(named).capitalize()}: {said}. {judgement.by}, "
        f"{formats.day(judgement.at)}: {judgement.why}.{taken_back}"
    )


def judgement_rows(
    said: Sequence[JudgementShown], numbers: Mapping[str, int], may_judge: bool
) -> list[tuple[str, str]]:
    """What people have said, with the reference of each that the viewer may take back."""
    return [
        (judgement_words(one, numbers), one.reference if may_judge and not one.withdrawn_at else "")
        for one in said
    ]


def standing_judgements(
    said: Sequence[JudgementShown], numbers: Mapping[str, int]
) -> dict[str, str]:
    """Those that stand, in words, by their reference."""
    return {one.reference: judgement_words(one, numbers) for one in said if not one.withdrawn_at}
