"""Chinese women workers' special collective contracts from a firm's facts.

The names below are the public interface; everything else may move. Each is imported when it is first used, so
that ``import contractgen`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contractgen.agreement import assemble, layout
    from contractgen.build import assemble_file, build
    from contractgen.checks import check_agreement
    from contractgen.findings import ContractgenError, Finding, Severity
    from contractgen.law import load_law
    from contractgen.library import load_library
    from contractgen.profile import load_profile, profile_schema
    from contractgen.timeline import read_timeline

__version__ = "0.1.0"

_HOMES = {
    "ContractgenError": "findings",
    "Finding": "findings",
    "Severity": "findings",
    "assemble": "agreement",
    "assemble_file": "build",
    "build": "build",
    "check_agreement": "checks",
    "layout": "agreement",
    "load_law": "law",
    "load_library": "library",
    "load_profile": "profile",
    "profile_schema": "profile",
    "read_timeline": "timeline",
}

__all__ = [
    "ContractgenError",
    "Finding",
    "Severity",
    "__version__",
    "assemble",
    "assemble_file",
    "build",
    "check_agreement",
    "layout",
    "load_law",
    "load_library",
    "load_profile",
    "profile_schema",
    "read_timeline",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
