"""Coming in: pages by session, programs by token, one answer for "none" and "not for you"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, override_settings

from vigil.access import actions
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.web.doors.frame import PLACES, places_for
from vigil.entrypoints.web.doors.routes import UnclassifiedRouteError, check_all_classified

Browser = Callable[..., Client]
OTHER = override_settings(ROOT_URLCONF="tests.entrypoints.web.doors.other_site")
BARE = "tests.entrypoints.web.doors.bare_site"


@pytest.fixture
def other_site() -> object:
    with OTHER:
        yield


@pytest.fixture
def token(administrator: Viewer, account: Callable[[Role], str], at: datetime) -> str:
    return actions.make_token(by=administrator, at=at, username=account(Role.ANALYST))


def bearer(token: str, because: str = "") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Vigil-Because": because}


def test_a_site_with_a_route_that_nobody_classed_does_not_start(client: Client) -> None:
    with override_settings(ROOT_URLCONF=BARE):
        with pytest.raises(UnclassifiedRouteError) as refused:
            client.get("/page/")
        assert "GET /page/" in str(refused.value)
        assert "POST /api/v1/half" in str(refused.value)
        assert "GET /api/v1/half" not in str(refused.value)


def test_the_check_names_the_routes(db: None) -> None:
    with pytest.raises(UnclassifiedRouteError, match="page/"):
        check_all_classified(BARE)


@pytest.mark.usefixtures("other_site")
def test_a_page_that_shows_people_asks_for_the_reason_and_comes_back(browser: Browser) -> None:
    client = browser(Role.ANALYST)
    asked = client.get("/page/")
    assert asked["Location"] == "/reason/?next=%2Fpage%2F"
    form = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/page/"' in form
    given = {"kind": "duty", "reference": "D-17", "next": "/page/"}
    assert client.post("/reason/", given)["Location"] == "/page/"
    assert client.get("/page/").content.decode() == "duty D-17"


@pytest.mark.usefixtures("other_site")
def test_a_reason_can_be_changed_and_is_shown_in_the_form(browser: Browser) -> None:
    client = browser(Role.ANALYST)
    client.post("/reason/", {"kind": "duty", "reference": "D-17"})
    assert 'value="D-17"' in client.get("/reason/").content.decode()
    client.post("/reason/", {"kind": "incident", "reference": "0212"})
    assert client.get("/page/").content.decode() == "incident 0212"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"kind": "incident", "reference": ""},
        {"kind": "incident", "reference": "  "},
        {"kind": "curiosity", "reference": "0212"},
        {"kind": "incident", "reference": "x" * 61},
    ],
)
@pytest.mark.usefixtures("other_site")
def test_half_a_reason_is_none(browser: Browser, given: dict[str, str]) -> None:
    client = browser(Role.ANALYST)
    answer = client.post("/reason/", given)
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert client.get("/page/").status_code == 302


@pytest.mark.usefixtures("other_site")
def test_the_reason_goes_with_the_session(browser: Browser) -> None:
    client = browser(Role.ANALYST)
    client.post("/reason/", {"kind": "duty", "reference": "D-17"})
    client.post("/sign-out/")
    data = {"login": "test-analyst", "password": "a long invented password"}
    client.post("/sign-in/", data)
    assert client.get("/page/")["Location"].startswith("/reason/")


@pytest.mark.usefixtures("other_site")
def test_what_is_not_for_you_is_the_same_bytes_as_nothing(browser: Browser) -> None:
    client = browser()
    missing, nowhere = client.get("/raises/missing/"), client.get("/no/such/page/")
    assert missing.status_code == nowhere.status_code == 404
    assert missing.content == nowhere.content
    drop = {"Content-Security-Policy"}
    headers = [{k: v for k, v in a.items() if k not in drop} for a in (missing, nowhere)]
    assert headers[0] == headers[1]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("not-yours", 403, "Your role does not allow this"),
        ("wrong", 400, "Something that vigil was asked to do could not be done"),
        ("fault", 500, "Nothing was shown and nothing was changed"),
        ("full", 503, "try again in a minute"),
    ],
)
@pytest.mark.usefixtures("other_site")
def test_an_error_is_one_sentence_with_its_status(
    browser: Browser, kind: str, status: int, words: str
) -> None:
    client = browser()
    client.raise_request_exception = False
    answer = client.get(f"/raises/{kind}/")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.usefixtures("other_site")
def test_a_look_that_found_no_reason_asks_for_one(browser: Browser) -> None:
    assert browser().get("/raises/no-reason/")["Location"].startswith("/reason/?next=")


@pytest.mark.usefixtures("other_site")
def test_anybody_may_see_what_is_open(client: Client, db: None) -> None:
    assert client.get("/public/").content == b"for anybody"


@pytest.mark.usefixtures("other_site")
def test_a_program_without_a_token_gets_problem_details(client: Client, db: None) -> None:
    answer = client.get("/api/v1/looks")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == 'Bearer realm="vigil"'
    assert answer.json()["status"] == 401


@pytest.mark.usefixtures("other_site")
def test_a_session_opens_no_door_of_the_api(browser: Browser) -> None:
    client = browser(Role.ANALYST)
    client.post("/reason/", {"kind": "duty", "reference": "D-17"})
    assert client.get("/api/v1/looks").status_code == 401
    assert client.post("/api/v1/looks").status_code == 401


@pytest.mark.usefixtures("other_site")
def test_a_token_comes_in_with_its_reason(client: Client, token: str) -> None:
    answer = client.get("/api/v1/looks", headers=bearer(token, " incident 0212 "))
    assert answer.json() == {"because": "incident 0212"}


@pytest.mark.usefixtures("other_site")
def test_a_token_opens_no_page(client: Client, token: str) -> None:
    assert client.get("/page/", headers=bearer(token, "duty D-17")).status_code == 302


@pytest.mark.usefixtures("other_site")
def test_a_program_without_a_reason_is_told_where_to_put_it(client: Client, token: str) -> None:
    answer = client.get("/api/v1/looks", headers=bearer(token))
    assert answer.status_code == 400
    assert "Vigil-Because" in answer.json()["detail"]


@pytest.mark.usefixtures("other_site")
def test_a_reason_without_end_is_none(client: Client, token: str) -> None:
    assert client.get("/api/v1/looks", headers=bearer(token, "x" * 200)).status_code == 200
    assert client.get("/api/v1/looks", headers=bearer(token, "x" * 201)).status_code == 400


@pytest.mark.usefixtures("other_site")
def test_a_program_is_told_of_a_full_disk_as_a_problem(client: Client, token: str) -> None:
    answer = client.get("/api/v1/raises/full", headers=bearer(token, "duty D-17"))
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")


@pytest.mark.usefixtures("other_site")
def test_a_program_of_the_wrong_role_is_refused(client: Client, token: str) -> None:
    answer = client.post("/api/v1/looks", headers=bearer(token, "duty D-17"))
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


@pytest.mark.usefixtures("other_site")
def test_a_revoked_token_is_refused_with_the_next_request(
    client: Client, token: str, administrator: Viewer, at: datetime
) -> None:
    assert client.get("/api/v1/looks", headers=bearer(token, "duty D-17")).status_code == 200
    actions.revoke_token(by=administrator, at=at, username="test-analyst")
    assert client.get("/api/v1/looks", headers=bearer(token, "duty D-17")).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "bearer x", "Bearer vigil_x"]
)
@pytest.mark.usefixtures("other_site")
def test_what_is_no_token_opens_nothing(client: Client, db: None, header: str) -> None:
    assert client.get("/api/v1/looks", headers={"Authorization": header}).status_code == 401


@pytest.mark.usefixtures("other_site")
def test_nothing_and_not_for_you_are_the_same_bytes_for_a_program(
    client: Client, token: str
) -> None:
    answers = [
        client.get(f"/api/v1/{end}", headers=bearer(token, "duty D-17"))
        for end in ("raises/missing", "no-such-thing")
    ]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert answers[0]["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("other_site")
def test_a_method_that_nobody_classed_is_refused(client: Client, token: str) -> None:
    answer = client.delete("/api/v1/looks", headers=bearer(token, "duty D-17"))
    assert answer.status_code == 405
    assert client.delete("/api/v1/looks").status_code == 401


@pytest.mark.parametrize("role", Role)
def test_everybody_is_sent_to_a_page_that_lets_him_in(browser: Browser, role: Role) -> None:
    client = browser(role)
    client.post("/reason/", {"kind": "duty", "reference": "D-17"})
    answer = client.get("/")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_the_header_offers_what_the_role_may_open_and_nothing_else(browser: Browser) -> None:
    client = browser(Role.ADVOCATE)
    text = client.get("/reason/").content.decode()
    for place in PLACES:
        offered = f">{place[1]}</a>" in text
        assert offered is any(p.key == place[0] for p in places_for(Role.ADVOCATE))


def test_a_host_that_is_not_ours_is_told_so_in_a_sentence(client: Client, db: None) -> None:
    answer = client.get("/sign-in/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "found another" in answer.content.decode()


@pytest.mark.usefixtures("other_site")
def test_a_refusal_of_djangos_own_is_in_our_words(browser: Browser) -> None:
    answer = browser().get("/raises/denied/")
    assert answer.status_code == 403
    assert "Ask an administrator of your agency" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/accounts/signup/", "/sign-up/", "/password/reset/", "/admin/"]
)
def test_there_is_no_door_for_signing_oneself_up(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404
    assert not get_adapter().is_open_for_signup(None)
