"""The pages of a feed: sent, loaded by the worker, mended; a bad file is said in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from vigil.access.queries import viewer_named
from vigil.access.viewer import Role
from vigil.incidents import queries
from vigil.incidents.actions import load_received
from vigil.incidents.errors import FeedError

pytestmark = pytest.mark.django_db
HEADER = "report_id,force,reported_on,suspect_surname\n"
GOOD = HEADER + "A1,10,2026-03-02,Quillfeather\nA2,10,2026-03-03,Brackenmoor\n"
FAULTY = HEADER + "A1,10,2026-03-02,Quillfeather\nA2,10,02/03/2026,Brackenmoor\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> Path:
    settings.VIGIL_HOME = tmp_path
    return tmp_path


def send(client: Client, content: bytes | str, name: str = "march.csv") -> str:
    """Send a feed by the page; where it went."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post("/feeds/", {"feed": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def work(at: datetime) -> None:
    """What the worker does with a waiting feed."""
    waiting = queries.next_waiting_load()
    assert waiting is not None
    load_received(by=viewer_named("test-analyst", "what fell due"), at=at, load=waiting[0])


def test_a_feed_that_was_sent_waits_and_is_stored_by_the_worker(
    browser: Callable[..., Client], at: datetime
) -> None:
    client = browser(Role.ANALYST)
    where = send(client, GOOD)
    assert "Waiting for the worker" in client.get(where).content.decode()
    work(at)
    page = client.get(where).content.decode()
    assert "Finished: march.csv" in page
    assert "All 2 rows are stored. Nothing was dropped." in page
    assert queries.counts().reports == 2


def test_a_faulty_row_is_named_by_row_and_column_and_never_by_person(
    browser: Callable[..., Client], at: datetime
) -> None:
    client = browser(Role.ANALYST)
    where = send(client, FAULTY)
    work(at)
    page = client.get(where).content.decode()
    assert "reported_on: expected" in page
    assert "Brackenmoor" not in page


def test_a_faulty_row_is_mended_and_released(browser: Callable[..., Client], at: datetime) -> None:
    client = browser(Role.ANALYST)
    client.post("/reason/", {"kind": "duty", "reference": "March feed"})
    where = send(client, FAULTY)
    work(at)
    again = client.post(f"{where}1/", {"reported_on": "31 February"})
    assert again.status_code == 400
    assert "There is a problem" in again.content.decode()
    done = client.post(f"{where}1/", {"reported_on": "2026-03-02"})
    assert (done.status_code, done["Location"]) == (302, where)
    assert queries.counts().reports == 2
    assert queries.counts().in_quarantine == 0


def test_a_row_in_quarantine_asks_for_a_reason_first(
    browser: Callable[..., Client], at: datetime
) -> None:
    client = browser(Role.ANALYST)
    where = send(client, FAULTY)
    work(at)
    answer = client.get(f"{where}1/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/reason/")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"report_id,force,reported_on\nA1,10,2026-03-02\n", "suspect_surname"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "expected"),
    ],
    ids=["an empty file", "a column is missing", "a picture"],
)
def test_a_file_that_is_no_feed_is_refused_in_one_sentence(
    browser: Callable[..., Client], content: bytes, sentence: str, own_home: Path
) -> None:
    client = browser(Role.ANALYST)
    answer = client.post("/feeds/", {"feed": SimpleUploadedFile("march.csv", content)})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in page
    assert sentence in page
    assert queries.next_waiting_load() is None
    assert list((own_home / "feeds").glob("*")) == []


def test_a_mapping_that_is_no_mapping_is_refused_beside_its_box(
    browser: Callable[..., Client],
) -> None:
    files = {
        "feed": SimpleUploadedFile("march.csv", GOOD.encode()),
        "mapping": SimpleUploadedFile("m.toml", b"\xff\xfe"),
    }
    answer = browser(Role.ANALYST).post("/feeds/", files)
    assert answer.status_code == 400
    assert "UTF-8" in answer.content.decode()


def test_a_load_of_another_agency_is_the_same_as_none(
    browser: Callable[..., Client], at: datetime
) -> None:
    client = browser(Role.ANALYST)
    send(client, GOOD)
    none = client.get("/feeds/L-nothing/")
    assert none.status_code == 404
    assert "There is nothing here, or nothing that you may see." in none.content.decode()


def test_an_auditor_sees_the_loads_and_may_send_none(browser: Callable[..., Client]) -> None:
    client = browser(Role.AUDITOR)
    assert "Send the feed" not in client.get("/feeds/").content.decode()
    answer = client.post("/feeds/", {"feed": SimpleUploadedFile("m.csv", GOOD.encode())})
    assert answer.status_code == 403
    assert queries.next_waiting_load() is None


def test_a_feed_that_breaks_off_says_what_stays_and_its_file_is_not_kept(
    browser: Callable[..., Client], at: datetime, own_home: Path
) -> None:
    client = browser(Role.ANALYST)
    where = send(client, GOOD)
    (uploaded,) = (own_home / "feeds").iterdir()
    uploaded.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(FeedError):
        work(at)
    page = client.get(where).content.decode()
    assert "Refused: march.csv" in page
    assert "Nothing of this feed was stored." in page
    assert list((own_home / "feeds").iterdir()) == []
