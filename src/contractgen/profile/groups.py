"""What every group of answers of a profile has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from contractgen.profile.forms import fault, plain


class Group(BaseModel):
    """A set of answers; unknown keys are refused, what is empty counts as not yet known."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, data: Any) -> Any:
        if data is None:
            return {}
        if isinstance(data, Group):
            return data
        if not isinstance(data, Mapping):
            hint = "请另起一行、缩进两格，逐行写“键: 值”"
            raise fault("wrong-form", f"应当是一组内容，写的是{plain(data)}", hint)
        return {name: one for name, one in data.items() if one is not None or name not in cls.model_fields}
