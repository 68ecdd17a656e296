"""The texts of findings: what is the matter, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

# code -> (what is the matter, what to do)
TEXTS: dict[str, tuple[str, str]] = {
    "running_number": (
        _(
            "The province ids are running numbers, not official codes (%(count)s "
            "provinces; here %(example)s is %(official)s)."
        ),
        _("Nothing to do: the official code was taken from the districts of each province."),
    ),
    "not_a_district": (
        _("This row is a local body, not a district: its name says so and it has no subdistricts."),
        _("Delete the row in the source, or import it as a unit with its own kind."),
    ),
    "childless": (
        _("This district has no subdistricts in the file."),
        _("Check whether subdistricts are missing."),
    ),
    "number_jump": (
        _("The code jumps: the one before it is %(before)s."),
        _("Check the code with the province."),
    ),
    "number_gap": (
        _("%(count)s district numbers of this province are not in use."),
        _(
            "Usually right (districts that went to a new province). A district "
            "missing at the end cannot be seen this way."
        ),
    ),
    "group_apart": (
        _(
            "Without coordinates and alone with the postcode %(postcode)s in its "
            "district: %(names)s."
        ),
        _(
            "They may belong to a district that the file lacks; ask the province. The"
            " file itself cannot tell."
        ),
    ),
    "stale_twin": (
        _(
            "An old row: the same subdistrict stands as %(twin)s (row %(twin_row)s); "
            "%(count)s of %(of)s subdistricts of district %(district)s came out of "
            "this one."
        ),
        _("Delete this row in the source; the newer one is taken in."),
    ),
    "probable_twin": (
        _("Probably an old row: the same name stands as %(twin)s (row %(twin_row)s) close by."),
        _("Ask the province which one exists; delete the other in the source."),
    ),
    "possible_twin": (
        _(
            "The same name stands as %(twin)s (row %(twin_row)s) in this province, "
            "and this row has no coordinates."
        ),
        _("Usually two different places. Look only if you have a doubt."),
    ),
    "no_coordinates": (
        _("The row has no coordinates."),
        _("Add latitude and longitude; the unit is taken in without a place."),
    ),
    "bad_coordinate": (
        _("This is not a coordinate in degrees."),
        _("Write decimal degrees, for example 13.7563."),
    ),
    "regions_not_taken": (
        _("A list of regions."),
        _("Nothing to do: regions are kept as groupings that come with the system."),
    ),
    "unknown_table": (
        _("The columns do not tell what this table holds."),
        _(
            "Give it the columns code and name_th (and kind, parent_code), or the "
            "columns of the official area lists."
        ),
    ),
    "unknown_column": (
        _("This column is not used."),
        _("Rename it if it should be; docs/file-formats-units.md lists the names."),
    ),
    "no_name": (
        _("The Thai name is empty."),
        _("Fill in name_th."),
    ),
    "bad_code": (
        _("A code has letters a–z, digits, - and _ only, 64 at most."),
        _("Write a code of that form."),
    ),
    "code_unknown": (
        _("This is not an official code of %(digits)s digits, and nothing else tells it."),
        _("Fill in the official code."),
    ),
    "code_parent_mismatch": (
        _("The code %(official)s belongs under %(expected)s, but the row is filed elsewhere."),
        _("Correct the code or the unit above it."),
    ),
    "unknown_kind": (
        _("This kind of unit is not known (nearest: %(like)s)."),
        _("Use one of the kinds in docs/file-formats-units.md."),
    ),
    "bad_date": (
        _("This is not a date."),
        _("Write 2024-10-01 or 1/10/2567."),
    ),
    "ends_before_start": (
        _("The unit ends before it begins."),
        _("Correct one of the two dates."),
    ),
    "duplicate_code": (
        _("The code stands in row %(first)s already."),
        _("Keep one of the rows."),
    ),
    "orphan": (
        _("The unit above (%(parent)s) is neither in the files nor in the register."),
        _("Import it, too, or correct the code."),
    ),
    "same_name": (
        _("%(other)s below the same unit has the same name."),
        _("Check whether both are meant; if not, delete one."),
    ),
    "near_name": (
        _("%(other)s below the same unit has nearly the same name."),
        _("Check the spelling."),
    ),
    "differs_kept": (
        _("The register says: %(ours)s. It was kept."),
        _("Add --prefer-file to take the value from the file."),
    ),
    "ended_here": (
        _("In the register this unit has ended; the file has it living."),
        _("Nothing was changed. Make a new unit if it exists again."),
    ),
    "end_with_children": (
        _("The unit would end while units below it live on."),
        _("Move or end those below it first."),
    ),
    "complete_in_doubt": (
        _(
            "Rows with errors may be units the list does have, so no unit was ended "
            "for being missing."
        ),
        _("Correct the errors and run --complete again."),
    ),
}
