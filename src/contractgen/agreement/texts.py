"""Filling texts that stand outside the agreement but tell of it: papers, letters, notices."""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.agreement.fill import Filler
from contractgen.agreement.model import Agreement
from contractgen.agreement.names import names_of
from contractgen.document import Blank, Inline, Text

RULED_DAY = "＿＿＿＿年＿＿月＿＿日"
WIDTHS = {
    "count": 3,
    "number": 4,
    "yes": 3,
    "choice": 4,
    "lines": 16,
}  # ems of a blank to write in, by kind of field
NAMES_WIDTH = 8


def filler_of(agreement: Agreement, words: Mapping[str, str] | None = None) -> Filler:
    """The filler for texts about an agreement: its profile, numbers, law, names, and the labels of its articles.

    Args:
        agreement: what the texts tell of.
        words: further words, beside ``this_agreement`` and ``agreement_title``.
    """
    frame = agreement.frame
    known = {
        "this_agreement": str(frame["this_agreement"][agreement.profile.agreement.form]),
        "agreement_title": agreement.title,
        "seat": agreement.view.title,
    }
    profile = agreement.profile.as_voted_last
    labels = _labels(agreement)
    filler = Filler(profile, agreement.view, agreement.values, labels, {**known, **(words or {})})
    filler.blank = ruled_blank
    return filler.within({}, names_of(agreement.view, frame))


def ruled_blank(path: str, title: str) -> Inline:
    """A ruled space to write what is missing in by hand, as wide as it needs."""
    from contractgen.profile import field_at

    kind = field_at(path).kind
    return Text(RULED_DAY) if kind == "day" else Blank(width=WIDTHS.get(kind, NAMES_WIDTH))


def _labels(agreement: Agreement) -> dict[str, tuple[str, str]]:
    """Every article, annex and clause by its id: where it stands and what a reader calls it."""
    found: dict[str, tuple[str, str]] = {}
    for article in (*agreement.articles, *agreement.annexes):
        for provision in article.provisions:
            if provision.clause is not None:
                found[provision.clause.id] = ("", provision.label)
        found[article.id] = ("", article.label)
    return found
