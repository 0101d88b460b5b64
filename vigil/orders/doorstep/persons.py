"""Rules about a protected person: no contact, no violence, no threats, no damage, stay away.

Not checked: whether she invited it. That never excuses the respondent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vigil.law import questions
from vigil.orders.doorstep.facts import Act
from vigil.orders.doorstep.held import NOT_HELD, Held, broken, doubtful, kept
from vigil.orders.doorstep.reading import Fields, texts, texts_or_none
from vigil.orders.doorstep.words import MEANS, Missing

ANY = "any"
IN_PERSON = "in_person"


def say_person(towards: str, protected: Sequence[str]) -> str:
    """Her number in the order, never her name or reference."""
    if towards not in protected:
        return "the person named"
    return f"protected person {list(protected).index(towards) + 1}"


def say_means(means: str) -> str:
    """The means in words."""
    if means == IN_PERSON:
        return "in person"
    return f"by {'a ' if means in {'third_party', 'legal_representative'} else ''}" + (
        means.replace("_", " ")
    )


@dataclass(frozen=True, slots=True)
class NoContact:
    """No contact with some persons, by some means. `means` None: by any."""

    persons: tuple[str, ...]
    means: tuple[str, ...] | None
    excepted: tuple[str, ...]

    def held(self, act: Act, protected: Sequence[str]) -> Held:
        """Contact by its means, a threat that has one, violence and approach as in person."""
        if act.kind == "contact":
            return self._by(act, act.means, protected)
        if act.kind == "threat" and act.means is not None:
            return self._by(act, act.means, protected)
        if act.kind in {"violence", "approach"}:
            return self._by(act, IN_PERSON, protected)
        return NOT_HELD

    def _by(self, act: Act, means: str | None, protected: Sequence[str]) -> Held:
        if act.towards is not None and act.towards not in self.persons:
            return kept("it does not protect the person towards whom the act was")
        if means is not None and not self._forbids(means):
            return kept(f"it does not forbid contact {say_means(means)}")
        is_means_open = means is None and (self.means is not None or bool(self.excepted))
        missing = [Missing.MEANS] if is_means_open else []
        if act.towards is None:
            missing.append(Missing.PROTECTED_PERSON)
        if act.towards is None or is_means_open:
            return doubtful(_WHAT_IS_OPEN[tuple(missing)], *missing)
        said = f"contact {say_means(means)}" if means else "contact by any means"
        return broken(f"it forbids {said} with {say_person(act.towards, protected)}")

    def _forbids(self, means: str) -> bool:
        return means not in self.excepted and (self.means is None or means in self.means)


_WHAT_IS_OPEN = {
    (Missing.MEANS,): "it forbids some means of contact, and the means is not known",
    (Missing.PROTECTED_PERSON,): "it protects a person, and it is not known towards whom the act "
    "was",
    (Missing.MEANS, Missing.PROTECTED_PERSON): "neither the means nor the person towards whom the "
    "act was is known",
}


@dataclass(frozen=True, slots=True)
class Against:
    """One kind of act against some persons: violence, threats, damage, approach."""

    act: str
    persons: tuple[str, ...]

    def held(self, act: Act, protected: Sequence[str]) -> Held:
        """Only that kind of act, towards one of the persons."""
        if act.kind != self.act:
            return NOT_HELD
        if act.towards is None:
            return doubtful(_WHAT_IS_OPEN[Missing.PROTECTED_PERSON,], Missing.PROTECTED_PERSON)
        if act.towards not in self.persons:
            return kept("it does not protect the person towards whom the act was")
        said = _SAID[self.act]
        return broken(f"it forbids {said} {say_person(act.towards, protected)}")


_SAID = {
    "violence": "violence towards",
    "threat": "threats to",
    "damage": "damage to what belongs to",
    "approach": "going near",
}


def read_no_contact(fields: Fields) -> NoContact:
    """A `no_contact` rule. Raises: BadQuestionError."""
    means = None if fields.get("means") == ANY else texts(fields, "means", MEANS)
    return NoContact(texts(fields, "persons"), means, texts_or_none(fields, "except", MEANS))


def read_against(fields: Fields) -> Against:
    """A `no_violence`, `no_threats` or `no_damage` rule. Raises: BadQuestionError."""
    acts = {"no_violence": "violence", "no_threats": "threat", "no_damage": "damage"}
    return Against(acts[questions.text(fields, "kind")], texts(fields, "persons"))


def read_going_near(fields: Fields) -> Against:
    """The part of a `stay_away` rule that names persons. Raises: BadQuestionError."""
    return Against("approach", texts(fields, "persons"))
