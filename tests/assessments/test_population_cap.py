"""The head count caps the open survey links."""

from __future__ import annotations

import pytest

from sucharit.assessments.models import ResponseCounter
from sucharit.assessments.services import population

pytestmark = pytest.mark.django_db


def test_no_survey_takes_more_answers_than_there_are_people(make):
    units = make.ministry()
    day = make.day("2024-03-18")
    round_ = make.round_([units["th-38"]], owner=units["moi"], today=day)
    head = make.user("unit_head", units["th-38"])
    taking_part = round_.participations.get()

    def set_to(staff: int, public: int) -> dict[str, int | None]:
        population.set_population(
            actor=head,
            participation=taking_part,
            staff_count=staff,
            public_count=public,
            counted_on=day,
            on=day,
        )
        return dict(ResponseCounter.objects.values_list("instrument", "cap"))

    assert set_to(40, 300) == {"IIT": 40, "EIT": 300}
    ResponseCounter.objects.update(n=7)
    assert set_to(50, 310) == {"IIT": 50, "EIT": 310}
    assert set(ResponseCounter.objects.values_list("n", flat=True)) == {7}
