"""Categories of the public protection arrangements, by date."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.mappa import Conviction, MappaPerson, OffenceKind, category

TODAY = date(2026, 11, 23)
COERCIVE = Conviction(OffenceKind.CONTROLLING_OR_COERCIVE, 12)


def of(*convictions: Conviction) -> MappaPerson:
    return MappaPerson(convictions)


@pytest.mark.parametrize(
    ("person", "categories", "levels"),
    [
        pytest.param(MappaPerson(), (), (), id="nothing is known"),
        pytest.param(MappaPerson(is_subject_to_notification=True), (1,), (1, 2, 3), id="Part 2"),
        pytest.param(of(Conviction(OffenceKind.SCHEDULE_15, 12)), (2,), (1, 2, 3), id="twelve"),
        pytest.param(of(Conviction(OffenceKind.SCHEDULE_15, 11)), (), (), id="eleven"),
        pytest.param(of(Conviction(OffenceKind.SCHEDULE_15)), (), (), id="no custody"),
        pytest.param(
            of(Conviction(OffenceKind.SCHEDULE_15, None, True)), (2,), (1, 2, 3), id="hospital"
        ),
        pytest.param(of(Conviction(OffenceKind.STALKING_4A, 12)), (2,), (1, 2, 3), id="s. 4A"),
        pytest.param(of(Conviction(OffenceKind.STALKING_2A, 12)), (), (), id="s. 2A never"),
        pytest.param(
            of(Conviction(OffenceKind.STALKING_2A, None, True)), (), (), id="s. 2A, hospital: never"
        ),
        pytest.param(of(Conviction(OffenceKind.OTHER, 60)), (), (), id="an offence of no list"),
        pytest.param(
            of(Conviction(OffenceKind.OTHER, 60), COERCIVE), (2,), (1, 2, 3), id="one that counts"
        ),
        pytest.param(
            MappaPerson([COERCIVE], is_subject_to_notification=True),
            (1, 2),
            (1, 2, 3),
            id="both",
        ),
        pytest.param(
            MappaPerson([Conviction(OffenceKind.STALKING_2A, 4)], is_judged_dangerous=True),
            (3,),
            (2, 3),
            id="dangerous, with a record",
        ),
        pytest.param(
            MappaPerson(was_cautioned=True, is_judged_dangerous=True),
            (3,),
            (2, 3),
            id="dangerous, with a caution",
        ),
        pytest.param(
            MappaPerson([COERCIVE], is_judged_dangerous=True),
            (2,),
            (1, 2, 3),
            id="the third is only for those in no other",
        ),
        pytest.param(
            MappaPerson(was_cautioned=True, is_terrorist_offender=True),
            (4,),
            (1, 2, 3),
            id="terrorist",
        ),
    ],
)
def test_a_person_is_in_the_categories_that_the_act_names(
    person: MappaPerson, categories: tuple[int, ...], levels: tuple[int, ...]
) -> None:
    found = category(person, TODAY)

    assert found.categories == categories
    assert found.levels == levels
    assert not found.is_potentially_dangerous
    assert len(found.because) == len(categories)
    assert found.ground.authority


@pytest.mark.parametrize(
    ("on", "categories"), [("2025-02-02", ()), ("2025-02-03", (2,)), ("2026-11-23", (2,))]
)
def test_controlling_or_coercive_behaviour_counts_from_its_day(
    on: str, categories: tuple[int, ...]
) -> None:
    found = category(of(COERCIVE), date.fromisoformat(on))

    assert found.categories == categories
    assert found.ground.confidence.value == "verified"


@pytest.mark.parametrize(("on", "categories"), [("2022-06-27", ()), ("2022-06-28", (4,))])
def test_the_fourth_category_is_of_terrorists_and_has_a_first_day(
    on: str, categories: tuple[int, ...]
) -> None:
    person = MappaPerson(is_terrorist_offender=True)

    assert category(person, date.fromisoformat(on)).categories == categories


def test_somebody_without_a_record_is_potentially_dangerous_and_in_no_category() -> None:
    found = category(MappaPerson(is_judged_dangerous=True), TODAY)

    assert found.is_potentially_dangerous
    assert (found.categories, found.levels) == ((), ())
    # One who is in a category is not outside them.
    notified = MappaPerson(is_judged_dangerous=True, is_subject_to_notification=True)
    assert not category(notified, TODAY).is_potentially_dangerous


@pytest.mark.parametrize(
    ("on", "jurisdiction"), [(date(2004, 4, 4), "EW"), (TODAY, "S"), (TODAY, "NI")]
)
def test_no_category_is_lent_to_another_nation_or_an_earlier_day(
    on: date, jurisdiction: str
) -> None:
    with pytest.raises(NotInForceError):
        category(MappaPerson(), on, jurisdiction=jurisdiction)


def test_custody_of_no_month_is_refused() -> None:
    with pytest.raises(BadQuestionError):
        category(of(Conviction(OffenceKind.SCHEDULE_15, 0)), TODAY)
