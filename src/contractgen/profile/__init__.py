"""The profile room: what a firm tells about itself in ``firm.yaml``, and everything that is wrong with it."""

from contractgen.profile.answers import (
    CannotEdit,
    add_item,
    parse_answer,
    put,
    put_empty_list,
)
from contractgen.profile.bargaining import Congress, Representative
from contractgen.profile.blank import SCHEMA_NAME, blank_profile
from contractgen.profile.draft import filled_profile
from contractgen.profile.fields import (
    ProfileField,
    field_at,
    field_help,
    field_title,
    fields,
    is_our_schema,
    is_path,
    nearest,
    profile_schema,
    schema_bytes,
    where_to_fill,
    written_at,
)
from contractgen.profile.forms import AMENDMENT_CASES, FORMS, SIDES, TO_FILL, is_to_fill
from contractgen.profile.model import Profile
from contractgen.profile.questions import bargaining_questions, open_questions, refusal
from contractgen.profile.reading import Salvaged, load_profile, read_profile, salvage_profile

__all__ = [
    "AMENDMENT_CASES",
    "FORMS",
    "SCHEMA_NAME",
    "SIDES",
    "TO_FILL",
    "CannotEdit",
    "Congress",
    "Profile",
    "ProfileField",
    "Representative",
    "Salvaged",
    "add_item",
    "bargaining_questions",
    "blank_profile",
    "field_at",
    "field_help",
    "field_title",
    "fields",
    "filled_profile",
    "is_our_schema",
    "is_path",
    "is_to_fill",
    "load_profile",
    "nearest",
    "open_questions",
    "parse_answer",
    "profile_schema",
    "put",
    "put_empty_list",
    "read_profile",
    "refusal",
    "salvage_profile",
    "schema_bytes",
    "where_to_fill",
    "written_at",
]
