"""Who is the victim of each row? Two distinct victims make a man serial, so neither may one
woman be counted twice nor two be counted once.
"""

from __future__ import annotations

import pytest

from tests.identity.support import Row, identified, row, victims_of

HIS = {"forename": "Terence", "surname": "Ashgrove", "born_on": "1984-03-09", "postcode": "QX4 7AB"}


def by_him(**victim: str) -> Row:
    known = {k if k == "force" else f"victim_{k}": v for k, v in victim.items()}
    return row(**HIS, **known)


def by_another(**victim: str) -> Row:
    known = {k if k == "force" else f"victim_{k}": v for k, v in victim.items()}
    return row(forename="Gulzar", surname="Menderwick", born_on="1991-12-02", **known)


def is_one(*rows: Row) -> bool:
    found = victims_of(rows)
    return None not in found and len(set(found)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(by_him(ref="V1"), by_another(ref="V1"), id="one force's own reference"),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell", born_on="1990-04-01"),
            by_another(forename="Moira", surname="Kettlewell", born_on="1990-04-01", force="10"),
            id="name and birthday, in two forces",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell", phone="07700 900001"),
            by_another(forename="Moira", surname="Dunmarsh", phone="+447700900001"),
            id="forename and phone, the surname changed",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell", postcode="QX1 1AA"),
            by_another(forename="Moira", surname="Kettlewell", postcode="qx11aa"),
            id="name and postcode",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell"),
            by_him(forename="Moira", surname="Ketlewell"),
            id="like names by one suspect",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell", born_on="1990-04-01"),
            by_him(forename="Moira", surname="Dunmarsh", born_on="1990-04-01"),
            id="a changed surname by one suspect, the birthday the same",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell", born_on="1990-04-01"),
            by_him(forename="Kettlewell", surname="Moira", born_on="1990-04-01"),
            id="names swapped",
        ),
    ],
)
def test_one_woman_is_counted_once_by(first: Row, second: Row) -> None:
    assert is_one(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            by_him(ref="V1"),
            by_another(ref="V1", force="10"),
            id="two forces' references that are alike",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell"),
            by_another(forename="Moira", surname="Kettlewell"),
            id="a name alone, by two suspects",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell"),
            by_him(forename="Joan", surname="Kettlewell"),
            id="two sisters",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Kettlewell", born_on="1990-04-01"),
            by_him(forename="Moira", surname="Kettlewell", born_on="1961-08-12"),
            id="mother and daughter of one name",
        ),
        pytest.param(
            by_him(
                forename="Moira", surname="Kettlewell", postcode="QX1 1AA", born_on="1990-04-01"
            ),
            by_another(
                forename="Moira", surname="Kettlewell", postcode="QX1 1AA", born_on="1961-08-12"
            ),
            id="mother and daughter at one address",
        ),
        pytest.param(
            by_him(forename="Moira", surname="Ashgrove", phone="07700900001"),
            by_him(forename="Darren", surname="Ashgrove", phone="07700900001"),
            id="his wife and his brother on one phone",
        ),
    ],
)
def test_two_are_counted_as_two_who_are(first: Row, second: Row) -> None:
    assert not is_one(first, second)


def test_a_victim_of_whom_nothing_is_known_has_no_id_and_makes_nobody_serial() -> None:
    rows = [by_him(forename="Moira", surname="Kettlewell"), row(**HIS), by_him(forename="UNKNOWN")]
    assert victims_of(rows) == ["V0", None, None]
    with identified(rows) as found:
        assert found.series() == []


def test_serial_people_are_counted_with_their_days_and_categories() -> None:
    first = by_him(forename="Moira", surname="Kettlewell")
    rows = [
        first | {"reported_on": "2026-01-05", "category": "stalking"},
        first | {"reported_on": "2025-11-30", "category": "stalking"},
        by_him(forename="Joan", surname="Dunmarsh", force="10") | {"reported_on": "2026-02-28"},
    ]
    with identified(rows) as found:
        (him,) = found.series()
    assert (him.person, him.reports, him.victims, him.forces) == ("P0", 3, 2, 2)
    assert (str(him.first_on), str(him.last_on)) == ("2025-11-30", "2026-02-28")
    assert him.by_category == {"stalking": 2, "": 1}
