"""`vigil law show, list, freshness, compare` as a process: words, JSON, refusals, no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vigil.entrypoints.cli import law_pages
from vigil.entrypoints.clock import standing_at, today
from vigil.law.compare import compare
from vigil.law.facts import Regime
from vigil.law.freshness import freshness
from vigil.law.plain.account import account, codes

TODAY = date(2026, 11, 23)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def asked(*words: str) -> Any:
    done = run(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_order_is_shown_in_plain_words_with_its_provisions() -> None:
    done = run("show", "DVPO", "--on", "2026-11-23")

    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert "Domestic violence protection order (DVPO), the law in force" in said
    assert "Breaking it is not a crime. It is contempt of court." in said
    assert "[Crime and Security Act 2010 s. 28(9). Read at source, checked 2026-11-23]" in said
    assert "Legal information, not legal advice." in said
    assert max(map(len, done.stdout.splitlines())) <= law_pages.WIDEST


def test_what_an_officer_asks_first_is_one_screen_and_the_rest_is_said_to_be_there() -> None:
    first, whole = run("show", "DVPO").stdout, run("show", "DVPO", "--all").stdout
    assert len(first.splitlines()) <= 60
    assert "11 more questions with --all." in first
    assert "more questions with --all" not in whole
    assert "Can it be renewed?" in whole
    assert "Can it be renewed?" not in first
    for asked_first in ("Who can ask for it?", "Which court, by when?", "How long does it last?"):
        assert asked_first in first


def test_a_pilot_is_shown_with_the_area_that_was_asked_for() -> None:
    for area, could in (("Croydon", "could be made in Croydon"), ("Leeds", "could not be made in")):
        done = run("show", "DAPO", "--on", "2024-12-02", "--area", area)
        assert could in " ".join(done.stdout.split())


def test_a_proposed_order_is_shown_under_the_proposals_only_and_marked() -> None:
    assert run("show", "SERIAL_PO").returncode == 2
    done = run("show", "SERIAL_PO", "--regime", "paladin")

    assert "PROPOSED: not law on any day" in done.stdout
    assert "PROPOSED: Recommendation 4." in done.stdout


def test_the_account_as_json_is_the_accounts_own() -> None:
    told = asked("show", "STALK_PO", "--on", "2026-11-23", "--jurisdiction", "S")

    assert told == account("STALK_PO", TODAY, jurisdiction="S").answer()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "NOPE"), "see `vigil law list`"),
        (("show", "DVPO", "--on", "2026-02-30"), "expected --on to be a day that exists"),
        (("show", "DVPO", "--on", "tomorrow"), "expected --on as YYYY-MM-DD"),
        (("show", "DVPO", "--jurisdiction", "X"), "expected jurisdiction to be one of EW, S, NI"),
        (("freshness", "--on", "23/11/2026"), "expected --on as YYYY-MM-DD"),
        (("compare", "in_force", "paladin", "--instrument", "NOPE"), "see `vigil law list`"),
        (("compare", "in_force", "nonsense"), "paladin"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_status_2(
    words: tuple[str, ...], sentence: str
) -> None:
    done = run(*words)

    assert done.returncode == 2
    assert done.stdout == ""
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_the_list_names_every_code() -> None:
    done = run("list")
    told = set(done.stdout.replace("(", " ").split())

    assert done.returncode == 0
    assert set(codes(Regime.PALADIN)) <= told
    assert done.stdout.index("SERIAL_PO") > done.stdout.index("PROPOSED, not law on any day")


def test_freshness_is_strict_only_when_asked() -> None:
    assert run("freshness", "--on", "2026-11-23", "--strict").returncode == 0
    assert run("freshness", "--on", "2028-11-23").returncode == 0
    late = run("freshness", "--on", "2028-11-23", "--strict")
    assert late.returncode == 1
    assert "Stalking Protection Act 2019" in late.stdout


def test_freshness_as_json_counts_by_act() -> None:
    told = asked("freshness", "--on", "2028-11-23")

    assert told["due"] == sum(source["due"] for source in told["sources"]) == told["values"]
    assert told["calendars_end_on"]["Bank holidays in England and Wales"] == "2027-12-31"


def test_the_differences_are_a_table_and_json() -> None:
    done = run("compare", "in_force", "paladin", "--instrument", "DVPO")
    told = asked("compare", "in_force", "paladin", "--on", "2026-11-23")

    assert "PROPOSED: Recommendation 1. Asked for by Paladin." in " ".join(done.stdout.split())
    assert (told["first"], told["second"], told["on"]) == ("in_force", "paladin", "2026-11-23")
    assert all(each["proposed"] for each in told["differences"])


def test_it_needs_no_django_and_no_database() -> None:
    program = (
        "import sys; from vigil.entrypoints.cli import law; law.show('DVPO'); "
        "sys.exit(any(name.split('.')[0] in ('django', 'duckdb') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("code", codes(Regime.PALADIN))
def test_every_code_has_a_page_no_line_of_which_is_too_wide(code: str) -> None:
    for on in (date(1990, 1, 1), TODAY, date(2031, 1, 1)):
        told = law_pages.account_page(account(code, on, Regime.PALADIN))
        assert max(map(len, told.splitlines())) <= law_pages.WIDEST


def test_what_the_data_does_not_say_and_what_it_warns_of_are_on_the_page() -> None:
    page = " ".join(law_pages.account_page(account("RO_ACQ", date(2031, 1, 1))).split())

    assert "NOTE: Last checked on" in page
    missing = account("DVPO", TODAY).missing
    told = " ".join(law_pages.account_page(account("DVPO", TODAY)).split())
    assert ("The data does not say" in told) is bool(missing)


def test_a_page_of_freshness_says_when_the_first_will_be_due() -> None:
    page = law_pages.freshness_page(freshness(TODAY))

    assert "Nothing is due. The first will be on 23 November 2027." in page
    assert "Nothing is due" not in law_pages.freshness_page(freshness(date(2030, 1, 1)))


def test_a_comparison_without_a_difference_says_so() -> None:
    same = compare(Regime.IN_FORCE, Regime.IN_FORCE, TODAY)

    assert law_pages.comparison_page(same).endswith("No difference.")


def test_a_day_that_is_not_given_is_today() -> None:
    with standing_at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        assert today() == date(2026, 7, 2)
