"""The heart: a profile, the law of a place and day, and the clause library become an Agreement, and that a Document."""

from contractgen.agreement.assemble import assemble, refusals
from contractgen.agreement.explain import explain, proposals
from contractgen.agreement.layout import WHOLE_CHAPTER, layout
from contractgen.agreement.model import (
    Agreement,
    AgreementArticle,
    AgreementChapter,
    AgreementHeading,
    Provision,
    Value,
    Workplace,
)
from contractgen.agreement.outcomes import NEW_VOTE, untold
from contractgen.agreement.texts import filler_of

__all__ = [
    "NEW_VOTE",
    "WHOLE_CHAPTER",
    "Agreement",
    "AgreementArticle",
    "AgreementChapter",
    "AgreementHeading",
    "Provision",
    "Value",
    "Workplace",
    "assemble",
    "explain",
    "filler_of",
    "layout",
    "proposals",
    "refusals",
    "untold",
]
