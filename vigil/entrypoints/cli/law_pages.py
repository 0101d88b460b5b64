"""The law as text on a terminal: an account, the list, what is due a re-check, the differences.

Lays out what the law room says; it adds no word of law. Lines are wrapped to the terminal.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

from vigil.law.compare import Comparison, Difference
from vigil.law.facts import Fact, Regime
from vigil.law.freshness import Freshness
from vigil.law.loading import law
from vigil.law.plain import words
from vigil.law.plain.account import Account, codes, states
from vigil.law.plain.frameworks import FRAMEWORKS
from vigil.law.plain.lines import Sentence
from vigil.law.plain.sections import is_first
from vigil.law.plain.state import STATE_WORDS, State, home
from vigil.law.vocabulary import TERMS

LABEL, WIDEST = 24, 110
NOT_ADVICE = "Legal information, not legal advice."


def account_page(found: Account, *, is_whole: bool = False) -> str:
    """An account: the answer first, then each question with its ground.

    One screen of what an officer asks first; the whole of it where `is_whole`.
    """
    law_of = "the law in force" if found.regime is Regime.IN_FORCE else "with the proposals"
    lines = [f"{found.name} ({found.code}), {law_of}", *_wrapped(" ".join(found.lead)), ""]
    lines += [line for each in found.warnings for line in [*_wrapped(f"NOTE: {each}"), ""]]
    lines += _block("In force?", found.in_force) if found.in_force else []
    shown = [each for each in found.sections if is_whole or is_first(each.key)]
    for section in shown:
        lines += _block(section.question, section.sentences)
    behind = len(found.sections) - len(shown)
    if behind:
        lines += _wrapped(f"{words.count(behind, 'more question')} with --all.")
    if found.missing and is_whole:
        lines += _wrapped(f"The data does not say: {words.listed(found.missing)}.")
    lines.append(NOT_ADVICE)
    return "\n".join(lines)


def _block(question: str, sentences: tuple[Sentence, ...]) -> Iterator[str]:
    """A question with its sentences; a source that several share stands once, under the last."""
    told = []
    for place, sentence in enumerate(sentences):
        told += _wrapped(sentence.text, _width() - LABEL)
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        if following is None or source(following) != source(sentence):
            told += _wrapped(f"[{source(sentence)}]", _width() - LABEL)
    asked = textwrap.wrap(question, LABEL - 2)
    for place in range(max(len(asked), len(told))):
        left = asked[place] if place < len(asked) else ""
        right = told[place] if place < len(told) else ""
        yield f"{left:<{LABEL}}{right}".rstrip()


def source(sentence: Sentence) -> str:
    """Where it is written, how sure, and when it was last checked."""
    acts: dict[str, list[str]] = {}
    for provision in sentence.ground.authority:
        acts.setdefault(provision.act, []).append(provision.cite)
    cited = "; ".join(f"{act} {'; '.join(own)}" for act, own in acts.items())
    if sentence.proposal is not None:
        return f"{words.proposed(sentence.proposal)} {cited}"
    sure = words.SURE[sentence.ground.confidence].upper()
    sure = sure if sentence.ground.confidence == "unsettled" else sure.capitalize()
    return f"{cited}. {sure}, checked {sentence.checked_on.isoformat()}"


def list_page(on: date) -> str:
    """Every code by its state on a day in the nation that makes it; the proposals apart."""
    facts, in_force = law(), codes(Regime.IN_FORCE)
    homes = {code: home(facts, code) for code in in_force if code not in FRAMEWORKS}
    found = {code: states(facts, code, on) for code in homes}
    lines = [f"On {words.day(on)}"]
    for state in State:
        own = [code for code in homes if found[code][homes[code]] is state]
        lines += ["", f"{STATE_WORDS[state]}:"] if own else []
        for code in own:
            lines.append(f"  {code:<16}{in_force[code]}{_where(found[code], homes[code])}")
    lines += ["", "Frameworks:"]
    lines += [f"  {code:<16}{name}" for code, name in in_force.items() if code in FRAMEWORKS]
    lines += ["", "PROPOSED, not law on any day (--regime paladin):"]
    proposed = codes(Regime.PALADIN)
    lines += [f"  {code:<16}{name}" for code, name in proposed.items() if code not in in_force]
    return "\n".join(lines)


def _where(found: Mapping[str, State], made_in: str) -> str:
    binds = [nation for nation in found if nation != made_in and found[nation].is_law]
    return f" ({made_in}; binds in {words.listed(binds)} too)" if binds else f" ({made_in})"


def freshness_page(found: Freshness) -> str:
    """What is due, by source, oldest first; or that nothing is, and when the first will be."""
    lines = [
        f"{found.due:,} of {found.values:,} values are due a re-check on {words.day(found.on)}"
    ]
    shown = [each for each in found.sources if each.due] or list(found.sources)
    if found.is_fresh:
        lines.append(f"Nothing is due. The first will be on {words.day(shown[0].due_from)}.")
    lines += ["", f"{'Source':<66}{'values':>8}{'due':>6}{'unsettled':>11}  oldest check"]
    for each in shown:
        act = textwrap.shorten(each.act, 64, placeholder="...")
        oldest = each.oldest_checked_on.isoformat()
        lines.append(f"{act:<66}{each.values:>8,}{each.due:>6,}{each.unsettled:>11,}  {oldest}")
    ends = (f"{title} end on {words.day(last)}." for title, last in found.horizons.items())
    return "\n".join([*lines, "", *ends])


def comparison_page(found: Comparison) -> str:
    """The differences, a block for each instrument, the proposed side marked on each line."""
    lines = [f"{found.one.value} and {found.other.value} on {words.day(found.on)}"]
    if not found.differences:
        return "\n".join([*lines, "No difference."])
    subject = ""
    for each in found.differences:
        if each.of != subject:
            subject = each.of
            lines += ["", f"{words.name_of(subject)} ({subject})"]
        lines += _difference(found, each)
    return "\n".join(lines)


def _difference(found: Comparison, each: Difference) -> Iterator[str]:
    only_in = found.only_in(each)
    where = ", ".join(each.jurisdictions)
    yield f"  {TERMS[each.what].says} ({where})" + (f": only in {only_in}" if only_in else "")
    for regime, fact in ((found.one, each.first), (found.other, each.second)):
        if fact is not None:
            yield from _wrapped(f"{regime.value}: {_told(fact)}", indent="    ")


def _told(fact: Fact) -> str:
    told = words.sentence(words.value(fact))
    return told if fact.proposal is None else f"{told} {words.proposed(fact.proposal)}"


def _wrapped(text: str, width: int = 0, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width or _width(), initial_indent=indent, subsequent_indent=indent)


def _width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
