"""Addresses of the evidence library and of what stands on it."""

from __future__ import annotations

from django.urls import path

from sucharit.assessments.proof.views import copies, library, picking, sampling, working

UNIT = "assessments/rounds/<int:round_id>/units/<slug:code>/"

urlpatterns = [
    path("assessments/evidence/", library.library, name="proofs"),
    path("assessments/evidence/<int:proof_id>/", library.proof, name="proof"),
    path("assessments/evidence/units/<slug:code>/new/", library.new, name="proof_new"),
    path(
        "assessments/evidence/campaigns/<int:campaign_id>/<slug:code>/<str:item>/",
        picking.pick_campaign,
        name="proof_pick_campaign",
    ),
    path(f"{UNIT}oit/<slug:item>/evidence/", picking.pick, name="proof_pick"),
    path(f"{UNIT}oit/<slug:item>/confirm/", working.confirm, name="proof_confirm"),
    path(f"{UNIT}oit/<slug:item>/hand/", working.hand, name="proof_hand"),
    path(f"{UNIT}copy-last-year/", working.copy, name="proof_copy"),
    path(f"{UNIT}assignments/", working.assign, name="proof_assign"),
    path(f"{UNIT}link-check/", copies.links, name="proof_links"),
    path(f"{UNIT}copies/<int:visit_id>/", copies.stored, name="proof_stored"),
    path(
        "assessments/rounds/<int:round_id>/second-reading/",
        sampling.samples,
        name="proof_samples",
    ),
    path("assessments/second-reading/<int:sample_id>/", sampling.sample, name="proof_sample"),
    path(
        "assessments/second-reading/items/<int:reading_id>/",
        sampling.reading,
        name="proof_reading",
    ),
]
