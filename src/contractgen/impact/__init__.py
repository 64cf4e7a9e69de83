"""Impact: which clauses, firms' agreements and issued records rest on a value or article, and what must be amended."""

from contractgen.impact.cited import references
from contractgen.impact.model import VERDICTS, WHENS, ClauseUse, Impact, Use
from contractgen.impact.query import read_query
from contractgen.impact.records import read_records
from contractgen.impact.search import impact

__all__ = [
    "VERDICTS",
    "WHENS",
    "ClauseUse",
    "Impact",
    "Use",
    "impact",
    "read_query",
    "read_records",
    "references",
]
