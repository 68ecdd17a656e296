"""Demo sign-ins, one per role. Names are invented; the password is printed, so never for a real installation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from sucharit.core.actors import System
from sucharit.core.ledger import record
from sucharit.orgs.models import RoleAssignment, Unit, User

PASSWORD = "sucharit-2567"  # noqa: S105 (printed on purpose)


@dataclass(frozen=True)
class SignIn:
    username: str
    name_th: str
    name_en: str
    roles: tuple[tuple[str, str], ...]  # (role, unit code)
    about: str


SIGN_INS = (
    SignIn(
        "centre",
        "ศูนย์ ตัวอย่าง",
        "Centre Example",
        (("ministry_centre", "moi"),),
        "ministry centre (ศปท.): runs rounds",
    ),
    SignIn(
        "officer",
        "บึงกาฬ ตัวอย่าง",
        "Officer Example",
        (("unit_officer", "th-38"),),
        "unit officer, Bueng Kan province",
    ),
    SignIn(
        "head",
        "หัวหน้า ตัวอย่าง",
        "Head Example",
        (("unit_head", "th-38"),),
        "unit head, Bueng Kan province: approves",
    ),
    SignIn(
        "phichit",
        "พิจิตร ตัวอย่าง",
        "Phichit Example",
        (("unit_officer", "th-66"),),
        "unit officer, Phichit province: fails by less than one OIT item, see the planner",
    ),
    SignIn(
        "cdd",
        "พัฒนา ตัวอย่าง",
        "Department Example",
        (("unit_officer", "moi-cdd"),),
        "unit officer, Community Development Department",
    ),
    SignIn(
        "assessor",
        "ผู้ประเมิน ตัวอย่าง",
        "Assessor Example",
        (("assessor", "moi"),),
        "assessor: marks OIT",
    ),
    SignIn(
        "auditor",
        "ผู้ตรวจสอบ ตัวอย่าง",
        "Auditor Example",
        (("auditor", "moi"),),
        "auditor: reads all but sealed, and the ledger",
    ),
    SignIn(
        "admin",
        "ผู้ดูแลระบบ ตัวอย่าง",
        "Administrator Example",
        (("system_admin", "moi"),),
        "system administrator: accounts and roles, no content",
    ),
    SignIn(
        "partner",
        "ภาคี ตัวอย่าง",
        "Partner Example",
        (("partner", "th-38"),),
        "partner member, Bueng Kan",
    ),
)


def make_people(actor: System) -> list[SignIn]:
    """Make the sign-ins that are not there yet; gives them all."""
    for sign_in in SIGN_INS:
        with transaction.atomic():
            user, made = User.objects.get_or_create(
                username=sign_in.username,
                defaults={
                    "name_th": sign_in.name_th,
                    "name_en": sign_in.name_en,
                    "synthetic": True,
                },
            )
            if not made:
                continue
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            for role, code in sign_in.roles:
                RoleAssignment.objects.create(
                    user=user, role=role, unit=Unit.objects.get(code=code)
                )
            record(
                actor=actor,
                action="orgs.account.made",
                target=user,
                roles=[list(r) for r in sign_in.roles],
            )
    return list(SIGN_INS)
