"""``sucharit demo``: the real tree, a synthetic year that says so, sign-ins that work; twice is once."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from sucharit.assessments.models import Round, ScoreRun, UnitResult
from sucharit.orgs.models import Unit, User
from sucharit.portal.demo import build, people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def console():
    return Console(file=io.StringIO())


def counts():
    models = (Unit, User, Round, ScoreRun, UnitResult)
    return {m.__name__: m.objects.count() for m in models}


def test_the_demo_ministry(console, client):
    build.build(console)
    first = counts()
    kinds = Unit.objects.values_list("kind", flat=True)
    assert (list(kinds).count("province"), list(kinds).count("district")) == (76, 878)
    run = ScoreRun.objects.get(kind="computed", fiscal_year=2567)
    assert (run.public, run.synthetic) == (True, True)
    results = UnitResult.objects.filter(run=run)
    assert (
        results.count() == 76 + Unit.objects.filter(kind__in=["department", "enterprise"]).count()
    )
    # Every level of the scheme is to be seen.
    assert set(results.values_list("level", flat=True)) == {
        "excellent",
        "good",
        "pass",
        "improve",
        "urgent",
    }
    build.build(console)
    assert counts() == first
    for sign_in in people.SIGN_INS:
        assert client.login(username=sign_in.username, password=people.PASSWORD), sign_in.username
    page = client.get("/results/2567/th-38/").content.decode()
    assert "ข้อมูลสังเคราะห์" in page


def test_the_demo_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo")
    assert not User.objects.exists()
