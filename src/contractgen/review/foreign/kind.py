"""What kind of contract a foreign text is: one of its own, a chapter or an annex of a general one; with a union or without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contractgen.document.articles import ReadSection
from contractgen.library import ClauseVersion, Form
from contractgen.review.foreign.rules import Rules


@dataclass(frozen=True, slots=True)
class Kind:
    """What the text tells of the contract.

    Attributes:
        form: one of its own, a chapter or an annex.
        union: whether a union stands on the workers' side.
    """

    form: Form = "standalone"
    union: bool = True

    def fits(self, clause: ClauseVersion) -> bool:
        """Whether a clause could stand in such a contract, as far as its text tells."""
        known = {"union.exists": self.union, "agreement.other_places": "absent"}
        return self.form in clause.forms and all(
            known[one.path] in one.expected for one in clause.when if one.path in known
        )


def kind_of(sections: Iterable[ReadSection], text: str, rules: Rules) -> Kind:
    """The kind of a contract, from its cleaned text."""
    return Kind(_form(sections, text, rules), _has_union(text, rules))


def _form(sections: Iterable[ReadSection], text: str, rules: Rules) -> Form:
    says = {form: any(word in text for word in words) for form, words in rules.forms.items()}
    first = next((one for one in sections if one.kind == "article"), None)
    excerpt = first is not None and first.number > 1 and bool(first.chapter)
    if excerpt or (says["chapter"] and not says["standalone"]):
        return "chapter"
    return "annex" if says["annex"] else "standalone"


def _has_union(text: str, rules: Rules) -> bool:
    return rules.union in text and not any(word in text for word in rules.no_union)
