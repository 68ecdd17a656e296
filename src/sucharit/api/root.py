"""The API object: routers of the apps, Thai as it is (not escaped), our errors as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer

from sucharit import __version__
from sucharit.assessments.api import router as results
from sucharit.committees.api import router as committees
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal, SucharitError
from sucharit.desk.api import router as desk
from sucharit.desk.deadlines.api import router as deadlines
from sucharit.orgs.api import router as units
from sucharit.plans.areas.api import router as areas
from sucharit.plans.budget.api import router as budget
from sucharit.plans.indicators.api import router as indicators
from sucharit.plans.rollout.api import router as rollout

STATUS: dict[type[SucharitError], int] = {NotFoundInScope: 404, Forbidden: 403, Refusal: 409}


class ThaiJson(BaseRenderer):
    """Escaping doubles the size of Thai text."""

    media_type = "application/json; charset=utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002 (ninja's signature)
        return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)


# No auth scheme: everybody may ask, and what is answered depends on request.user (see docs/api.md).
api = NinjaAPI(
    title="Sucharit",
    version=__version__,
    description="Units and integrity results of the ministry.",
    renderer=ThaiJson(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/units", units)
api.add_router("/areas", areas)
api.add_router("/budget", budget)
api.add_router("/indicators", indicators)
api.add_router("/plan-templates", rollout)
api.add_router("/results", results)
api.add_router("/committees", committees)
api.add_router("/desk", desk)
api.add_router("/deadlines", deadlines)


def _answer(request: HttpRequest, error: Any) -> HttpResponse:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return api.create_response(request, {"detail": str(error)}, status=status)


for _kind in STATUS:
    api.add_exception_handler(_kind, _answer)
