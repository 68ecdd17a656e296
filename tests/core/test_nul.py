"""A NUL in an address is bad input (PostgreSQL can't hold it), never a server error."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(make, client):
    units = make.ministry()
    made = make.round_([units["th-38"]], owner=units["moi"])
    client.force_login(make.user("ministry_centre", units["moi"]))
    return made


@pytest.mark.parametrize("address", ["/api/units?kind=%00", "/api/units/a%00b", "/units/%00/"])
def test_a_nul_in_a_path_or_asked_of_the_api_is_refused(client, centre, address):
    got = client.get(address)
    assert got.status_code == 400
    assert "Content-Security-Policy" in got.headers


@pytest.mark.parametrize(
    "address",
    [
        "/results/2567/?kind=%00",
        "/results/2567.csv?kind=%00",
        "/search/?q=a%00",
        "/units/?q=a%00&kind=%00&within=%00",
        "/units/moi/?tab=%00",
        "/context/?q=a%00",
        "/people/roles/?q=a%00",
        "/?year=%00",
        "/open/?year=%00",
        "{round}?q=a%00&kind=%00&state=%00&page=%00",
    ],
)
def test_a_page_answers_a_nul_in_its_questions(client, centre, address):
    got = client.get(address.replace("{round}", f"/assessments/rounds/{centre.pk}/"))
    assert got.status_code == 200


def test_a_nul_in_the_switch_is_no_server_error(client, centre):
    assert client.post("/context/", {"unit": "th-38\x00", "fiscal_year": "\x00"}).status_code < 500
