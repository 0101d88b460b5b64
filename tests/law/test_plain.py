"""One plain account of an instrument: what it says, on what it rests, and what it never does."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from vigil.law.breach import breach_consequence
from vigil.law.calendars import calendar
from vigil.law.clocks import clock
from vigil.law.errors import LawError, UnknownInstrumentError
from vigil.law.facts import Confidence, Fact, Proposal, Provision, Regime, Standing
from vigil.law.loading import Law, law
from vigil.law.notification import notification_duty
from vigil.law.plain import words
from vigil.law.plain.account import Account, account, codes, states
from vigil.law.plain.frameworks import ALSO, FRAMEWORKS
from vigil.law.plain.lines import Asked, Sentence
from vigil.law.plain.sections import (
    FIRST,
    QUESTIONS,
    TOLD_ELSEWHERE,
    is_first,
    missing,
    sections,
)
from vigil.law.plain.state import STATE_WORDS, State, home, spans, state, why_not
from vigil.law.vocabulary import EVENTS, INSTRUMENTS, JURISDICTIONS

TODAY = date(2026, 11, 23)
DAYS = (
    date(1990, 1, 1),
    date(2009, 9, 29),
    date(2012, 2, 29),
    date(2015, 3, 8),
    date(2020, 3, 8),
    date(2024, 12, 2),
    TODAY,
    date(2031, 1, 1),
)
EVERY = [(regime, code) for regime in Regime for code in codes(regime)]


def lines(found: Account) -> list[Sentence]:
    return [*found.in_force, *(line for section in found.sections for line in section.sentences)]


def said(found: Account, key: str) -> str:
    """What the account answers to one question."""
    own = [section for section in found.sections if section.key == key]
    return " ".join(line.text for section in own for line in section.sentences)


@pytest.mark.parametrize(("regime", "code"), EVERY)
def test_every_account_can_be_given_and_every_sentence_has_its_ground(
    regime: Regime, code: str
) -> None:
    for jurisdiction in (None, *JURISDICTIONS):
        for on in DAYS:
            found = account(code, on, regime, jurisdiction=jurisdiction, area="Croydon")
            assert found.lead
            for line in lines(found):
                assert line.facts, line.text
                assert line.text[0].isupper() or line.text[0].isdigit(), line.text
                assert line.text.endswith((".", "!", "?")), line.text
                assert "_" not in re.sub(r" \([A-Z_]+\)", "", line.text), line.text
                told = line.answer()
                assert told["authority"]
                assert told["confidence"]
                assert date.fromisoformat(told["checked_on"]) <= TODAY + timedelta(days=30)


@pytest.mark.parametrize("code", INSTRUMENTS)
def test_the_law_in_force_never_rests_on_a_proposal(code: str) -> None:
    for on in DAYS:
        assert [line.text for line in lines(account(code, on)) if line.proposal] == []


@pytest.mark.parametrize("code", ["SERIAL_PO", "RISK_OF_HARM_O"])
def test_a_proposed_order_is_never_said_to_be_law(code: str) -> None:
    found = account(code, TODAY, Regime.PALADIN)

    assert found.lead[0].startswith("PROPOSED: not law on any day")
    assert "would be a crime" in found.lead[1]
    assert all(line.proposal for line in lines(found))


@pytest.mark.parametrize("code", INSTRUMENTS)
@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_the_account_of_a_breach_is_what_the_law_answers(code: str, jurisdiction: str) -> None:
    for on in DAYS:
        try:
            found = breach_consequence(code, on, jurisdiction=jurisdiction)
        except LawError:
            continue
        told = account(code, on, jurisdiction=jurisdiction)
        assert said(told, "breach").startswith(words.NATURES[found.nature])
        assert said(told, "arrest") == words.ARRESTS[found.arrest]
        if found.offence is not None:
            assert f"Offence code {found.offence}." in said(told, "breach")
        for most in (found.max_custody_months_summary, found.max_custody_months_indictment):
            if most is not None:
                assert f"up to {words.months(most)} in custody" in said(told, "penalty")
        if found.court_within_hours is not None:
            hours = words.count(found.court_within_hours, "hour")
            assert f"within {hours} of the arrest" in said(told, "court")


@pytest.mark.parametrize("code", [*INSTRUMENTS, "SOA_PART_2"])
def test_the_account_of_the_duties_is_what_the_law_answers(code: str) -> None:
    for event in EVENTS:
        try:
            found = notification_duty(code, event, TODAY, jurisdiction=home(law(), code))
        except LawError:
            continue
        told = said(account(code, TODAY), "notify")
        if event == "periodic":
            assert ("Again within 12 months" in told) == (found.last_day is not None)
        else:
            assert (words.EVENTS[event] in told) == (found.last_day is not None)
        if found.offence is not None:
            assert f"offence {found.offence}." in told


def test_the_hearing_clock_is_what_the_law_counts() -> None:
    told = said(account("DVPN", TODAY), "clock")

    assert "within 48 hours of the notice" in told
    assert "Sundays" in told
    assert "bank holidays" in told


def test_an_occupation_order_does_not_leave_out_bank_holidays() -> None:
    told = said(account("OCC_O", TODAY), "court")

    assert "Christmas Day, Good Friday and Sundays do not count" in told
    assert "bank" not in told


LAST = calendar("EW").last_day


@pytest.mark.parametrize(
    ("on", "is_said"),
    [(LAST, False), (LAST + timedelta(days=1), True)],
    ids=["the last day of the calendar", "the day after it"],
)
def test_past_the_calendar_the_account_says_that_no_clock_can_be_counted(
    on: date, is_said: bool
) -> None:
    found = account("DVPN", on)

    assert ("this clock cannot be counted. Ask the court." in said(found, "clock")) is is_said
    assert ("this clock cannot be counted" in said(found, "court")) is is_said
    with pytest.raises(LawError, match="calendar"):
        clock("dvpn_hearing", datetime.fromisoformat("2028-01-01T12:00Z"))


BEGAN = date(2020, 1, 20)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (BEGAN - timedelta(days=1), State.NOT_YET),
        (BEGAN, State.IN_FORCE),
        (BEGAN + timedelta(days=1), State.IN_FORCE),
    ],
    ids=["Sunday, the day before", "Monday, the day", "Tuesday, the day after"],
)
def test_the_state_changes_on_the_day_of_commencement(on: date, expected: State) -> None:
    assert account("STALK_PO", on).state is expected


def test_before_its_day_the_account_says_since_when_and_nothing_more() -> None:
    found = account("STALK_PO", date(2019, 6, 1))

    assert found.lead == ("NOT IN FORCE in England and Wales on 1 June 2019.",)
    assert [line.text for line in found.in_force] == [
        "It could not be made on 1 June 2019: the power to make it (Stalking Protection Act 2019 "
        "ss. 1-2) began on 20 January 2020."
    ]
    assert found.missing == ()


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 3, 7), State.IN_FORCE),
        (date(2015, 3, 8), State.BINDS_ONLY),
        (date(2020, 3, 7), State.BINDS_ONLY),
    ],
)
def test_an_order_that_can_no_longer_be_made_may_still_bind(on: date, expected: State) -> None:
    found = account("ROSHO", on)

    assert found.state is expected
    assert said(found, "breach").startswith("A crime.")


def test_an_order_that_never_was_in_force_is_said_so_first() -> None:
    found = account("S_DAPO", TODAY)

    assert found.state is State.NEVER
    assert found.lead == ("NOT IN FORCE in Scotland on 23 November 2026.",)
    assert "it has never been in force" in found.in_force[0].text
    assert found.sections == () or found.warnings[0].startswith("None of what follows was law")
    assert found.missing == ()


def test_an_order_of_another_nation_that_binds_here_is_not_said_to_be_made_here() -> None:
    found = account("STALK_PO", TODAY, jurisdiction="S")

    assert found.state is State.REACHES
    assert found.in_force[0].text == (
        "It is made in England and Wales. One that was made there binds here."
    )
    assert said(found, "breach").startswith("Not a crime")


def test_an_order_that_is_nothing_to_this_nation_has_no_ground_and_says_so() -> None:
    found = account("DVPO", TODAY, jurisdiction="S")

    assert found.state is State.NOT_HERE
    assert (found.in_force, found.sections, found.missing) == ((), (), ())
    assert found.checked_on is None


@pytest.mark.parametrize(
    ("on", "area", "could"),
    [
        (date(2024, 11, 26), "Croydon", None),
        (date(2024, 11, 27), "Croydon", "could"),
        (date(2024, 11, 27), "London Borough of Croydon", "could"),
        (date(2024, 11, 27), "Leeds", "could not"),
        (date(2025, 4, 27), "Conwy", "could not"),
        (date(2025, 4, 28), "Conwy", "could"),
    ],
)
def test_a_pilot_is_told_by_its_areas_on_the_day(on: date, area: str, could: str | None) -> None:
    found = account("DAPO", on, area=area)
    told = [line.text for line in found.in_force if area in line.text and line.text[:2] == "It"]

    if could is None:
        assert found.state is State.NOT_YET
        assert told == []
    else:
        assert found.state is State.PILOT
        assert told == [f"It {could} be made in {area} on {words.day(on)}."]
        assert found.lead[1] == told[0]


def test_an_area_is_not_asked_of_an_order_that_is_no_pilot() -> None:
    assert account("DVPO", TODAY, area="Leeds").in_force == account("DVPO", TODAY).in_force


def test_the_spans_of_a_pilot_begin_and_end_where_its_areas_do() -> None:
    found = spans(law(), "DVPO", "EW")

    assert [(span.first_day, span.last_day, bool(span.areas)) for span in found] == [
        (date(2011, 6, 30), date(2014, 3, 7), True),
        (date(2014, 3, 8), None, False),
    ]
    assert spans(law(), "DVPO", "S") == ()
    assert spans(law(), "ROSHO", "EW")[-1].last_day == date(2015, 3, 7)


def test_under_the_proposals_what_differs_and_only_that_is_marked() -> None:
    found = account("DVPO", TODAY, Regime.PALADIN)
    marked = {section.key for section in found.sections if section.proposal}

    assert {"breach", "penalty"} <= marked
    assert "length" not in marked
    breach = next(section for section in found.sections if section.key == "breach")
    assert breach.proposal is not None
    assert breach.proposal.recommendation == 1
    told = breach.answer()["sentences"][0]
    assert (told["proposed"], told["recommendation"], told["standing"]) == (True, 1, "seed")


def test_todays_words_on_breach_are_not_put_beside_a_proposed_crime() -> None:
    today = said(account("DVPN", TODAY), "breach")
    proposed = account("DVPN", TODAY, Regime.PALADIN)

    assert "Not a crime" in today
    assert "No offence" not in said(proposed, "breach")


def test_an_unsettled_value_is_said_to_be_so() -> None:
    found = account("DAPO", TODAY)

    assert found.in_force[0].ground.confidence is Confidence.UNSETTLED
    assert "no end known" in found.in_force[0].text
    assert found.in_force[0].notes


def test_an_unsettled_answer_says_so_in_its_first_two_sentences() -> None:
    unsure = "That is not settled: ask before you rely on it."

    assert unsure in account("DAPO", TODAY).lead[0]
    assert unsure not in account("DAPO", date(2024, 12, 2)).lead[0]
    assert unsure in account("STALK_PO", TODAY, jurisdiction="S").lead[1]
    assert unsure not in account("STALK_PO", date(2026, 4, 28), jurisdiction="S").lead[1]
    assert unsure not in " ".join(account("STALK_PO", TODAY).lead)


def test_what_was_checked_too_long_ago_is_warned_of() -> None:
    checked = account("DVPO", TODAY).checked_on
    assert checked is not None
    due = checked.replace(year=checked.year + 1)

    assert account("DVPO", due - timedelta(days=1)).warnings == ()
    assert "is not known here" in account("DVPO", due).warnings[0]


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_a_framework_is_told_where_the_data_speaks_of_it(code: str) -> None:
    if code not in codes(Regime.PALADIN):
        pytest.skip("the data does not speak of it yet")
    found = account(code, TODAY, Regime.PALADIN)

    assert found.sections
    assert found.missing == ()


def test_a_framework_answers_to_its_short_name() -> None:
    for short, code in ALSO.items():
        assert account(short, TODAY).code == code


def test_the_register_in_force_is_a_police_record_only() -> None:
    found = account("REGISTER", TODAY)

    assert found.state is State.TOLD
    assert "A police record only" in " ".join(line.text for line in lines(found))


def test_before_its_first_day_a_framework_is_not_in_force() -> None:
    assert account("DETENTION", date(1980, 1, 1)).state is State.NOT_YET
    assert account("REGISTER", date(1980, 1, 1)).state is State.NOT_HERE


@pytest.mark.parametrize("code", ["NOPE", "SERIAL_PO", "dvpo", ""])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(UnknownInstrumentError):
        account(code, TODAY)


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        account("DVPO", TODAY, "nonsense")


def test_the_states_of_an_order_are_told_nation_by_nation() -> None:
    assert states(law(), "STALK_PO", TODAY) == {
        "EW": State.IN_FORCE,
        "S": State.REACHES,
        "NI": State.REACHES,
    }


def test_every_state_has_words() -> None:
    assert set(STATE_WORDS) == set(State)


def test_the_account_as_json_says_the_same() -> None:
    found = account("DVPO", TODAY)
    told = found.answer()

    assert (told["instrument"], told["on"], told["state"]) == ("DVPO", "2026-11-23", "in_force")
    assert [section["key"] for section in told["sections"]] == [s.key for s in found.sections]
    assert told["missing"] == list(found.missing)


# A law of one order that was never enacted, for what the data does not hold on any day.
PLACE = Provision("An invented Act", "s. 1", None)


def fact(what: str, value: object, **changed: object) -> Fact:
    given: dict[str, object] = {
        "of": "DVPO",
        "what": what,
        "value": value,
        "unit": "",
        "provision": PLACE,
        "extent": ("EW",),
        "first_day": date(2000, 1, 1),
        "last_day": None,
        "made_first_day": None,
        "made_last_day": None,
        "confidence": Confidence.VERIFIED,
        "checked_on": TODAY,
        "proposal": None,
        "note": "",
    }
    return Fact(**{**given, **changed})  # type: ignore[arg-type]


def invented(*facts: Fact) -> Asked:
    index: dict[tuple[str, str, str], tuple[Fact, ...]] = {}
    for each in facts:
        for nation in each.extent:
            key = (nation, each.of, each.what)
            index[key] = (*index.get(key, ()), each)
    held = Law(Regime.IN_FORCE, facts, index, frozenset(each.of for each in facts))
    return Asked(held, "DVPO", TODAY, "EW")


def told_of(*facts: Fact) -> dict[str, list[str]]:
    return {
        section.key: [line.text for line in section.sentences]
        for section in sections(invented(*facts))
    }


@pytest.mark.parametrize(
    ("facts", "key", "expected"),
    [
        (
            [("applicants", ("court",))],
            "who_asks",
            "Nobody asks for it. The court may make it unasked.",
        ),
        (
            [("applicants", ("police", "victim"))],
            "who_asks",
            "Only the police or the victim may ask for it.",
        ),
        (
            [("who_may_ask", "the police only"), ("applicants", ("police",))],
            "who_asks",
            "The police only.",
        ),
        (
            [("maker_rank", "chief_inspector")],
            "who_decides",
            "An officer of the rank of chief inspector or above.",
        ),
        ([("minimum_age_protected", 16)], "against", "It protects somebody aged 16 or over."),
        (
            [("minimum_days", 14), ("maximum_days", 28)],
            "length",
            "14 to 28 days, the day of making counted.",
        ),
        ([("maximum_days", 28)], "length", "28 days at most, the day of making counted."),
        ([("minimum_years", 1)], "length", "1 year or more."),
        (
            [("minimum_years_under_18", 1), ("maximum_years_under_18", 3)],
            "length",
            "Under 18: 1 to 3 years.",
        ),
        ([("until_further_order", False)], "length", "It needs a last day."),
        ([("minimum_years", 2), ("duration_text", "two years")], "length", "Two years."),
        (
            [("may_hold", ("no_contact", "curfew"))],
            "content",
            "A term of it may be: no contact or be at an address at set hours.",
        ),
        ([("must_hold", ("no_violence",))], "content", "It must hold one of: no violence."),
        (
            [("needs_supervisor", True)],
            "content",
            "A requirement to do something needs a named supervisor.",
        ),
        ([("may_monitor", True)], "content", "It may require electronic monitoring."),
        ([("may_monitor", False)], "content", "It may not require electronic monitoring."),
        (
            [("monitoring_maximum_months", 12)],
            "content",
            "Electronic monitoring: at most 12 months at a time.",
        ),
        ([("binds_from", "service")], "binds", "From the moment it is served on them."),
        (
            [("leads_to", "DAPO")],
            "interim",
            "It leads to a domestic abuse protection order (DAPO).",
        ),
        (
            [("interim_instrument", "STALK_PO_I")],
            "interim",
            "Until the court decides there may be an interim stalking protection order "
            "(STALK_PO_I).",
        ),
        (
            [("discharge_consent_months", 24)],
            "discharge",
            "No discharge in the first 2 years without consent.",
        ),
        ([("not_in_force", "s. 55 is not commenced")], "not_in_force", "S. 55 is not commenced."),
        ([("standard", "Civil standard")], "test", "Standard of proof: civil standard."),
        (
            [("nature", "civil_contempt"), ("contempt", "two months")],
            "penalty",
            "As contempt: two months.",
        ),
        ([("contempt", "contempt of the court")], "penalty", "Contempt of the court."),
        ([("court_within_hours", 1)], "court", "Before a court within 1 hour of the arrest."),
    ],
)
def test_a_fact_is_told_in_plain_words(
    facts: list[tuple[str, object]], key: str, expected: str
) -> None:
    assert told_of(*(fact(what, value) for what, value in facts))[key] == [expected]


def test_a_fact_that_no_question_asks_for_is_told_last() -> None:
    told = told_of(fact("lookback_years", 3, unit="years"))

    assert told == {"more": ["Reports of the last: 3 years."]}


def test_what_is_told_elsewhere_is_not_told_twice() -> None:
    assert told_of(*(fact(what, True) for what in ("may_be_made", "binds"))) == {}
    assert "notification" in TOLD_ELSEWHERE


def test_a_requirement_without_a_supervisor_is_not_worth_a_line() -> None:
    assert told_of(fact("needs_supervisor", False)) == {}


def test_orders_of_other_days_have_lines_of_their_own() -> None:
    told = told_of(
        fact("nature", "criminal", made_first_day=date(2020, 12, 1)),
        fact("nature", "civil_contempt", made_last_day=date(2020, 11, 30)),
        fact("arrest", "none", made_first_day=date(2001, 1, 1), made_last_day=date(2002, 1, 1)),
        fact("offence", "X2", made_first_day=date(2027, 1, 1)),
    )

    assert told["breach"] == [
        "A crime.",
        "For one made until 30 November 2020: A breach is: Not a crime. It is contempt of court, "
        "and no conviction follows.",
        "For one made from 1 January 2001 until 1 January 2002: Arrest without asking a court: No.",
        "For one made from 1 January 2027: Offence of breach: X2.",
    ]


def test_a_breach_that_is_no_crime_shows_no_offence_and_no_crown_court() -> None:
    told = told_of(fact("nature", "none"), fact("max_indictment", 60), fact("offence", "X1"))

    assert told["breach"] == ["Not a crime, and not contempt of court."]
    assert "penalty" not in told


def test_words_of_today_on_breach_give_way_to_a_proposed_crime() -> None:
    proposal = Proposal(1, Standing.SEED)
    crime = fact("nature", "criminal", proposal=proposal)
    today = fact("breach_text", "no offence")
    proposed = fact("breach_text", "a crime at last", proposal=proposal)

    assert told_of(crime, today)["breach"] == ["A crime."]
    assert told_of(crime, proposed)["breach"] == ["A crime.", "A crime at last."]


def test_a_crime_of_which_no_maximum_is_known_has_none() -> None:
    assert "penalty" not in told_of(fact("nature", "criminal"))


def test_a_duty_with_no_time_is_not_made_up() -> None:
    told = told_of(fact("notify_made", ("name",)), fact("notify_periodic", ("name",)))

    assert "notify" not in told


def test_a_yearly_duty_without_a_rule_for_no_fixed_abode() -> None:
    told = told_of(fact("notify_periodic", ("name",)), fact("periodic_months", 12, unit="months"))

    assert told["notify"] == ["Again within 12 months after each time: every name they use."]


def test_a_hearing_clock_of_which_the_days_are_not_known_is_not_told() -> None:
    told = told_of(
        fact("runs_for", "DVPO", of="dvpn_hearing"), fact("hours", 48, of="dvpn_hearing")
    )

    assert told == {}


def test_what_binds_elsewhere_is_told_with_how_it_is_enforced() -> None:
    told = told_of(
        fact("recognised_from", ("EW",), extent=("S",)),
        fact("enforceable_as", "an offence there", extent=("S",)),
        fact("recognised_from", ("S",), extent=("NI",)),
    )

    assert told["territory"] == ["It binds in Scotland too, enforced as an offence there."]


def test_everything_that_an_officer_would_ask_is_missed() -> None:
    every = [what for _, _, _, what in QUESTIONS if what]

    assert list(missing(())) == every
    answered = sections(invented(fact("nature", "none"), fact("appeal", "none")))
    assert list(missing(answered)) == [
        what for what in every if what not in ("what a breach is", "who can appeal")
    ]


def test_why_not_of_an_order_of_which_the_data_is_silent() -> None:
    asked = invented(fact("nature", "none"))

    assert state(asked.facts, "DVPO", TODAY, "EW") == (State.NOT_HERE, ())
    assert home(asked.facts, "DVPO") == "EW"
    assert why_not(asked.facts, "DVPO", TODAY, "EW") == (
        "it belongs to the law of England and Wales."
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (fact("indefinite", True), "Subject to notification for an indefinite period."),
        (fact("as_long_as_disposal", True), "Subject to notification for as long as it lasts."),
        (fact("period_months", 120, unit="months"), "Subject to notification for: 10 years."),
        (fact("term_at_least_months", 30, unit="months"), "A term of at least: 30 months."),
        (
            fact("maximum_days", 28, unit="days, with the day made"),
            "Longest duration: 28 days, with the day made.",
        ),
        (fact("until_further_order", False), "May run until further order: no."),
        (
            fact("runs_for", "DVPN", unit="instrument"),
            "Runs while this may be made or binds: Domestic violence protection notice.",
        ),
        (fact("max_summary", "NI_SUMMARY"), "Most custody in a magistrates' court: NI SUMMARY."),
        (fact("may_be_made_in", ("Conwy", "Wrexham")), "May be made in: Conwy and Wrexham."),
    ],
)
def test_any_fact_can_be_said(given: Fact, expected: str) -> None:
    assert words.says(given) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DVPO", "a domestic violence protection order"),
        ("OCC_O", "an occupation order"),
        ("NI_STALK_PO", "a stalking protection order"),
        ("S_NHO_CRIM", "a non-harassment order of a criminal court"),
        ("CBO_I", "an interim criminal behaviour order"),
    ],
)
def test_an_instrument_stands_in_a_sentence(code: str, expected: str) -> None:
    assert words.a_or_an(code) == expected


def test_small_words() -> None:
    assert words.day(date(2024, 2, 29)) == "29 February 2024"
    assert words.count(1, "day") == "1 day"
    assert [words.months(number) for number in (1, 12, 18, 24, 60)] == [
        "1 month", "12 months", "18 months", "2 years", "5 years",
    ]  # fmt: skip
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"], "or") == "a, b or c"
    assert words.sentence("is it so?") == "Is it so?"
    assert words.begin_small("CPS guidance") == "CPS guidance"
    assert words.name_of("SOMETHING_NEW") == "Something new"


def test_the_first_screen_holds_what_an_officer_opens_the_page_for_and_what_is_a_frameworks() -> (
    None
):
    behind = [key for key, *_ in QUESTIONS if not is_first(key)]

    assert all(is_first(key) for key in FIRST)
    assert {"variation", "appeal", "territory"} <= set(behind)
    assert not is_first("more")
    assert is_first("a question of a framework")
