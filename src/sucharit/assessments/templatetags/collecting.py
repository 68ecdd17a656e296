"""Words of campaigns for templates: ``{% load collecting %}``."""

from __future__ import annotations

from typing import Any

from django import template

from sucharit.assessments.collect.forms import ACCESS, MODES
from sucharit.assessments.collect.tables import state_chip

register = template.Library()


@register.simple_tag
def campaign_state(state: str) -> Any:
    """A campaign's state as a chip."""
    return state_chip(state)


@register.simple_tag
def campaign_mode(mode: str) -> Any:
    """Who answers, in words."""
    return MODES.get(mode, mode)  # type: ignore[call-overload]


@register.simple_tag
def campaign_access(access: str) -> Any:
    """How people get in, in words."""
    return ACCESS.get(access, access)  # type: ignore[call-overload]
