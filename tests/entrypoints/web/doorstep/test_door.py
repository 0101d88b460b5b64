"""At the door: who is it, what binds him, what has he done, and one press to log it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.entrypoints.web.doorstep.conftest import CANARIES, LAT, LON, World, words
from tests.entrypoints.web.people import record
from tests.support.orders import made, officer, person, protected_person, served
from vigil.access import actions as access
from vigil.access.models import Agency
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at
from vigil.ledger.models import Entry
from vigil.monitoring.models import Breach, SecuredEvidence

LOG = re.compile(r'name="answer" value="([^"]+)"')
AT_HOME, FAR = f"{LAT}, {LON}", "55.2, -1.2"


def door(world: World) -> str:
    return f"/doorstep/{world.him}/"


def ask(client: Client, world: World, act: str, **told: Any) -> Any:
    given = {"act": act, "towards": f"{world.order}/1"} | told
    return client.post(door(world), given)


def text(answer: Any) -> str:
    """What the page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", words(answer))).split())


def rows(answer: Any) -> list[str]:
    """The labels of the verdict's rows, in order."""
    page = words(answer)
    first = page[page.index('<dl class="v-facts">') :]
    return re.findall(r"<dt>([^<]+)</dt>", first[: first.index("</dl>")])


class TestWho:
    def test_the_day_of_a_response_officer_begins_at_the_door(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        assert desk().get("/").headers["Location"] == "/doorstep/"
        assert "Who is it?" in words(desk(Role.CONTROL_ROOM).get("/doorstep/"))

    @pytest.mark.parametrize(
        "role", [Role.ANALYST, Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR]
    )
    def test_a_role_that_may_not_read_orders_stays_outside(
        self, world: World, desk: Callable[..., Client], role: Role
    ) -> None:
        client = desk(role)
        for address in ("/doorstep/", door(world)):
            assert client.get(address).status_code == 403

    def test_without_a_reason_the_door_asks_for_one(
        self, world: World, browser: Callable[..., Client]
    ) -> None:
        client = browser(Role.RESPONSE_OFFICER)
        assert client.get(door(world)).headers["Location"].startswith("/reason/")

    def test_too_little_is_refused_with_what_would_do(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        answer = desk().post("/doorstep/", {"who": "li"})
        assert answer.status_code == 400
        assert "Enter 3 letters of a name" in words(answer)

    def test_nobody_who_fits_is_no_proof_and_says_whom_to_ask_still(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        page = text(desk().post("/doorstep/", {"who": "wyversedge 030394"}))
        assert "No match in this register as of 12:00." in page
        assert "This is not proof there is no order." in page
        assert "Still ask" in page


def test_who_fits_leads_to_the_door(
    own_home: Any, db: None, at: datetime, desk: Callable[..., Client]
) -> None:
    record.fill(own_home, at)
    page = words(desk().post("/doorstep/", {"who": record.HE["suspect_phone"]}))
    assert f'href="/doorstep/{record.him(at)}/"' in page
    assert "QUILLFEATHER, Tarn" in page


class TestTheDoor:
    def test_what_binds_him_comes_first_and_every_clause_stands_word_for_word(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        page = text(desk().get(door(world)))
        assert page.index("ORDER IN FORCE") < page.index("What has he done?")
        assert page.index("What has he done?") < page.index("word for word")
        assert "Not to contact protected person 1 by any means." in page
        assert "1 order. Served on him." in page
        for button in ("Spoke to her", "Out in curfew", "Missed appointment", "New address"):
            assert button in page
        assert "Tag taken off" not in page

    def test_nothing_held_is_never_said_shorter(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        page = text(desk().get(f"/doorstep/{world.other}/"))
        assert "No order held in this register as of 12:00." in page
        assert "This is not proof there is no order." in page
        assert "What has he done?" not in page

    def test_nobody_and_who_is_sealed_are_one_page(
        self,
        world: World,
        desk: Callable[..., Client],
        account: Callable[[Role], str],
        at: datetime,
    ) -> None:
        account(Role.AUTHORISING_OFFICER)
        aubrey = officer(Role.AUTHORISING_OFFICER, username="test-authorising-officer")
        access.seal_record(by=aubrey, at=at, reference=world.him, named=[])
        client = desk()
        sealed, nobody = client.get(door(world)), client.get("/doorstep/P-0000ZZ/")
        assert sealed.status_code == nobody.status_code == 404
        assert words(sealed) == words(nobody)
        asked = [client.post(a, {"act": "spoke"}) for a in (door(world), "/doorstep/P-0000ZZ/")]
        assert [a.status_code for a in asked] == [404, 404]

    def test_who_became_another_is_shown_as_that_one(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        from vigil.identity.models import Person

        now = Person.objects.get(reference=world.other)
        Person.objects.filter(reference=world.him).update(points_to=now)
        client = desk()
        assert client.get(door(world)).headers["Location"] == f"/doorstep/{world.other}/"
        assert "BREACH" in text(ask(client, world, "spoke"))

    def test_every_look_names_him_and_his_order(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        desk().get(door(world))
        looked = json.loads(Entry.objects.filter(did="access.look").latest("pk").leaf)
        assert {world.him, world.order} <= set(looked["targets"])
        assert looked["because"] == "incident 0212"


class TestVerdicts:
    def test_a_breach_says_what_may_be_done_and_by_which_clause(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        answer = ask(desk(), world, "spoke")
        page = text(answer)
        assert answer.status_code == 200
        assert "At 12:00 he spoke to Protected person 1" in page
        assert "BREACH Clause 1 of the stalking protection order forbids it." in page
        assert rows(answer) == ["Arrest", "Offence", "Served", "In force", "Invited?"]
        assert "You may arrest without a warrant" in page
        assert "ST19001 Breach of a stalking protection order" in page
        assert "Yes, on him in person" in page
        assert "Decides it: it forbids contact in person with protected person 1" in page
        assert "4 clauses that this does not touch" in page
        assert "To arrest or not is your decision." in page
        assert "Log the breach" in page

    def test_no_breach_never_says_that_she_is_safe(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        answer = ask(desk(), world, "damage")
        page = text(answer)
        assert "NOT A BREACH" in page
        assert "It does not mean that she is safe." in page
        assert rows(answer) == ["Arrest", "Offence", "Served", "In force"]
        assert "Other powers stand as they are." in page
        assert not LOG.search(words(answer))

    @pytest.mark.parametrize(
        ("position", "accuracy", "word"),
        [
            (AT_HOME, "5", "BREACH"),
            (FAR, "5", "NOT A BREACH"),
            (f"{LAT + 0.0009}, {LON}", "", "CANNOT TELL"),
        ],
        ids=["inside", "outside", "too near the line"],
    )
    def test_a_place_is_inside_outside_or_too_near_and_nothing_more(
        self, world: World, desk: Callable[..., Client], position: str, accuracy: str, word: str
    ) -> None:
        page = text(ask(desk(), world, "place", position=position, accuracy=accuracy))
        assert f"{word} " in page
        assert not re.search(r"\d+ ?(?:m|metres)\b(?! of protected)", page)

    def test_without_a_position_it_is_asked_for_and_the_answer_follows(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        answer = ask(client, world, "place")
        assert "CANNOT TELL" in text(answer)
        assert rows(answer)[:2] == ["Missing", "Arrest"]
        kept = dict(
            re.findall(r'type="hidden" name="(act|towards|asked)" value="([^"]*)"', words(answer))
        )
        settled = client.post(door(world), {**kept, "position": AT_HOME, "accuracy": "5"})
        assert "BREACH Clause 2" in text(settled)

    def test_how_he_did_it_is_asked_for_where_a_way_is_allowed(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        assert "How did he do it?" in text(ask(client, world, "wrote"))
        assert "he phoned Protected person 1" in text(ask(client, world, "wrote", means="phone"))
        lawful = ask(client, world, "wrote", means="legal_representative")
        assert "NOT A BREACH" in text(lawful)

    def test_towards_whom_is_asked_for_where_it_is_not_known(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        answer = ask(client, world, "spoke", towards="")
        assert "Towards whom was it?" in text(answer)
        assert "he spoke to her" in text(answer)

    def test_curfew_appointment_and_address_are_asked_about(
        self, world: World, desk: Callable[..., Client], at: datetime
    ) -> None:
        client = desk()
        assert "NOT A BREACH" in text(ask(client, world, "curfew"))
        night = {"happened-day": "22", "happened-month": "11", "happened-year": "2026"}
        late = ask(client, world, "curfew", **night, **{"happened-time": "23:10"})
        assert "At 23:10 on 22 November 2026 he was out" in text(late)
        assert "BREACH Clause 3" in text(late)
        missed = ask(client, world, "missed", appointment=(at - timedelta(days=2)).isoformat())
        assert "BREACH Clause 5" in text(missed)
        changed = {"changed-day": "10", "changed-month": "11", "changed-year": "2026"}
        assert "BREACH Clause 4" in text(ask(client, world, "moved", **changed))

    @pytest.mark.parametrize(
        ("act", "told", "fault"),
        [
            ("", {}, "Choose what he has done"),
            ("moved", {}, "Enter the day on which it changed"),
            ("missed", {}, "Choose which appointment"),
            ("place", {"position": "north of the church"}, "latitude and longitude"),
            ("place", {"position": "154.9, -1.6"}, "latitude and longitude"),
            ("spoke", {"towards": "SPO-1/9"}, "Choose from the list"),
            (
                "spoke",
                {
                    "happened-day": "1",
                    "happened-month": "1",
                    "happened-year": "2030",
                    "happened-time": "10:00",
                },
                "must not be in the future",
            ),
        ],
        ids=["nothing", "no day", "no appointment", "words", "off the globe", "whom", "future"],
    )
    def test_what_cannot_be_asked_is_said_in_the_users_words(
        self, world: World, desk: Callable[..., Client], act: str, told: dict[str, str], fault: str
    ) -> None:
        answer = ask(desk(), world, act, **told)
        assert answer.status_code == 400
        assert fault in text(answer)
        assert not Entry.objects.filter(did="monitoring.ask_doorstep").exists()

    def test_an_invitation_is_named_and_excuses_nothing(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        page = text(ask(desk(), world, "near", invited="on"))
        assert "BREACH" in page
        assert "The order binds him, not her." in page
        assert "invited it does not excuse him" in page

    def test_an_order_without_proof_of_service_is_told_on_the_spot_and_then_binds(
        self, world: World, desk: Callable[..., Client], at: datetime
    ) -> None:
        her = protected_person(at)
        order = made(
            at,
            instrument="NMO",
            respondent=world.other,
            protected=[her],
            without_notice=True,
            made_on=(at - timedelta(days=2)).date(),
            last_day=(at + timedelta(days=200)).date(),
            court="Exmere Family Court",
        )
        client, address = desk(), f"/doorstep/{world.other}/"
        assert "NOT PROVED TO BIND HIM" in text(client.get(address))
        spoke = {"act": "spoke", "towards": f"{order}/1"}
        page = text(client.post(address, spoke))
        assert "CANNOT TELL" in page
        assert "Proof that he was served, or was told" in page
        assert "Told him, on my video" in page
        told = client.post(f"{address}told/", {"order": order, "proof": "video"})
        assert told.headers["Location"] == address
        assert "BREACH" in text(client.post(address, spoke))
        assert (
            client.post(f"{address}told/", {"order": order, "proof": "hearsay"}).status_code == 404
        )
        again = client.post(f"{address}told/", {"order": order, "proof": "video"})
        assert again.status_code in {302, 400}

    def test_a_notice_that_was_not_served_binds_by_service_and_not_by_telling(
        self, world: World, desk: Callable[..., Client], at: datetime
    ) -> None:
        order = made(at, instrument="DVPN", respondent=world.other)
        page = text(
            desk().post(f"/doorstep/{world.other}/", {"act": "spoke", "towards": f"{order}/1"})
        )
        assert "CANNOT TELL" in page
        assert "Told him" not in page

    def test_two_orders_are_told_apart_and_ended_ones_are_counted(
        self, world: World, desk: Callable[..., Client], at: datetime
    ) -> None:
        second = made(at, respondent=world.him, made_on=(at - timedelta(days=9)).date())
        served(second, at - timedelta(days=8), at=at)
        client = desk()
        page = text(client.get(door(world)))
        assert "ORDERS IN FORCE 2 orders. Both served on him." in page
        assert "Towards whom?" in page
        both = text(ask(client, world, "spoke"))
        assert "Clause 1, stalking protection order" in both

    def test_what_is_proposed_says_so_and_gives_no_power(
        self, world: World, desk: Callable[..., Client], at: datetime
    ) -> None:
        Agency.objects.filter(code="10").update(regime="paladin")
        client = desk()
        page = text(ask(client, world, "spoke"))
        assert "You may arrest without a warrant" in page
        order = made(
            at,
            instrument="DVPO",
            respondent=world.other,
            made_on=(at - timedelta(days=2)).date(),
            last_day=(at + timedelta(days=20)).date(),
        )
        page = text(
            client.post(f"/doorstep/{world.other}/", {"act": "spoke", "towards": f"{order}/1"})
        )
        assert "PROPOSED: Recommendation 1" in page
        assert "contempt of court, not a crime" in page

    def test_no_page_at_the_door_holds_what_is_sealed(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        pages = [client.get(door(world)), client.get("/doorstep/")]
        pages += [ask(client, world, act) for act in ("spoke", "near", "place", "wrote", "damage")]
        pages += [ask(client, world, "place", position="54.9785, -1.6179", accuracy="5")]
        held = " ".join(words(page) for page in pages)
        found = [canary for canary in (*CANARIES, world.her, world.place) if canary in held]
        assert found == []
        leaves = " ".join(Entry.objects.values_list("leaf", flat=True))
        assert "54.97" not in leaves

    def test_the_seventh_place_in_an_hour_is_refused_and_the_auditor_is_told(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        for n in range(6):
            assert ask(client, world, "place", position=f"54.{900 + n}, -1.6").status_code == 200
        refused = ask(client, world, "place", position=AT_HOME)
        assert refused.status_code == 429
        assert "Too many questions about one place" in text(refused)
        assert ask(client, world, "spoke").status_code == 200
        auditor = desk(Role.AUDITOR)
        page = auditor.get("/doorstep/alerts/")
        assert "new alerts of questions at doors" in text(page)
        alert = re.findall(r'name="alert" value="(\d+)"', words(page))[0]
        assert auditor.post("/doorstep/alerts/", {"alert": alert}).status_code == 302
        assert "by test-auditor" in text(auditor.get("/doorstep/alerts/"))
        assert auditor.post("/doorstep/alerts/", {"alert": "x"}).status_code == 404
        assert client.get("/doorstep/alerts/").status_code == 403


class TestLogging:
    def test_one_press_logs_it_with_its_clauses_its_reason_and_what_to_secure(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        answer = html.unescape(LOG.findall(words(ask(client, world, "spoke")))[0])
        logged = client.post(f"{door(world)}log/", {"answer": answer})
        assert logged.status_code == 302
        again = client.post(f"{door(world)}log/", {"answer": answer})
        assert again.headers["Location"] == logged.headers["Location"]
        row = Breach.objects.get()
        assert (row.act, row.verdict, row.because) == ("contact", "breach", "incident 0212")
        page = text(client.get(logged.headers["Location"]))
        assert f"Breach logged {row.reference}" in page
        assert "He spoke to the protected person" in page
        assert f"1 of {world.order}" in page
        assert "What to secure, soonest gone first" in page
        assert "Body-worn video" in page

    def test_what_is_secured_is_ticked_until_nothing_is_open(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        answer = html.unescape(LOG.findall(words(ask(client, world, "spoke")))[0])
        address = client.post(f"{door(world)}log/", {"answer": answer}).headers["Location"]
        assert client.post(address, {"what": ["tag"]}).status_code == 400
        assert client.post(address, {}).status_code == 302
        assert client.post(address, {"what": ["video", "arrest"]}).status_code == 302
        page = text(client.get(address))
        assert "by test-response-officer" in page
        client.post(address, {"what": list(Breach.objects.get().to_secure)[1:]})
        left = set(Breach.objects.get().to_secure) - set(
            SecuredEvidence.objects.values_list("what", flat=True)
        )
        client.post(address, {"what": list(left)})
        assert "Everything on the list is secured." in text(client.get(address))

    def test_what_could_not_be_told_is_logged_as_suspected(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client = desk()
        page = words(ask(client, world, "place"))
        assert "Log it as suspected" in page
        answer = html.unescape(LOG.findall(page)[0])
        address = client.post(f"{door(world)}log/", {"answer": answer}).headers["Location"]
        assert "Could not tell: suspected" in text(client.get(address))

    @pytest.mark.parametrize("answer", ["", "eyJ:forged:x"], ids=["nothing", "not ours"])
    def test_an_answer_that_is_not_ours_is_not_logged(
        self, world: World, desk: Callable[..., Client], answer: str
    ) -> None:
        refused = desk().post(f"{door(world)}log/", {"answer": answer})
        assert refused.status_code == 400
        assert "Ask again" in text(refused)
        assert not Breach.objects.exists()

    def test_an_answer_of_another_officer_or_of_another_person_is_not_logged(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        client, other = desk(), desk(Role.CONTROL_ROOM)
        answer = html.unescape(LOG.findall(words(ask(client, world, "spoke")))[0])
        assert other.post(f"{door(world)}log/", {"answer": answer}).status_code == 400
        assert client.post(f"/doorstep/{world.other}/log/", {"answer": answer}).status_code == 400
        assert not Breach.objects.exists()

    def test_there_is_no_breach_of_a_reference_that_none_has(
        self, world: World, desk: Callable[..., Client]
    ) -> None:
        assert desk().get("/breaches/B-00000000/").status_code == 404


class TestBudget:
    def test_the_answer_is_10_kilobytes_of_html_at_most(
        self, world: World, desk: Callable[..., Client], at: datetime
    ) -> None:
        second = made(at, respondent=world.him, made_on=(at - timedelta(days=9)).date())
        served(second, at - timedelta(days=8), at=at)
        client = desk()
        for act in ("spoke", "near", "place", "wrote", "damage"):
            assert len(ask(client, world, act).content) <= 10_000, act


def test_the_clock_of_the_act_stays_while_the_answer_is_refined(
    world: World, desk: Callable[..., Client], at: datetime
) -> None:
    client = desk()
    page = words(ask(client, world, "place"))
    kept = dict(re.findall(r'type="hidden" name="(act|towards|asked)" value="([^"]*)"', page))
    with standing_at(at + timedelta(minutes=4)):
        later = client.post(door(world), {**kept, "position": AT_HOME, "accuracy": "5"})
    assert "At 12:00 he was at the place that you gave" in text(later)
    assert "Answered at 12:04" in text(later)


def test_a_man_without_reports_is_shown_by_no_name(
    world: World, desk: Callable[..., Client], at: datetime
) -> None:
    made(at, respondent=person("P-2026-0001"))
    assert "Name not known" in text(desk().get("/doorstep/P-2026-0001/"))
