"""Fields of a Word text: which are open where the walk stands, what of their code says something of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from contractgen.formats.docx.elements import CHINESE, VAL
from contractgen.formats.docx.package import w

REF = re.compile(r"\s*REF\s+([^\s\\]+)", re.IGNORECASE)
TELLING = re.compile(  # fields that print what their code says, or ask for it
    r"\s*(QUOTE|IF|COMPARE|FILLIN|ASK|SET|COMMENTS|DOCVARIABLE|DOCPROPERTY|MACROBUTTON|INCLUDETEXT|INCLUDEPICTURE"
    r"|AUTOTEXT|AUTOTEXTLIST|ADVANCE|EQ|PRINT|LINK|DDE|DDEAUTO|DATABASE|GOTOBUTTON|AUTHOR|TITLE|SUBJECT|KEYWORDS"
    r"|PRIVATE|ADDIN|XE|TC|TA)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and whether its result has begun."""

    code: list[str] = field(default_factory=list)
    shown: bool = False
    contents: bool = False
    refers: str = ""


def target(code: str) -> str:
    """The bookmark that a field refers to."""
    match = REF.match(code)
    return match[1] if match else ""


def telling(code: str) -> bool:
    """Whether a code says something that its result need not show."""
    return bool(CHINESE.search(code) or (TELLING.match(code) and '"' in code))


def form_words(mark: etree._Element) -> Iterator[str]:
    """What a field of a form says besides its result: its default, its help, its choices."""
    for form in mark.iter(w("ffData")):
        for child in form.iter(w("default"), w("helpText"), w("statusText"), w("listEntry")):
            words = child.get(VAL) or ""
            if CHINESE.search(words):
                yield words


def paired(root: etree._Element) -> bool:
    """Whether every field that begins in a text ends in it."""
    marks = [node.get(w("fldCharType")) for node in root.iter(w("fldChar"))]
    return marks.count("begin") == marks.count("end")


class Fields:
    """The fields that are open, one in another, as the walk comes by their marks.

    Attributes:
        marked: the marks are minded; where they do not pair they are not, so that nothing is swallowed.
        simple: what a field without marks (``fldSimple``) refers to, while the walk is in it.
    """

    def __init__(self, *, marked: bool = True) -> None:
        self.marked = marked
        self.simple = ""
        self._open: list[_Field] = []

    @property
    def in_contents(self) -> bool:
        """Whether one of them is a table of contents."""
        return any(one.contents for one in self._open)

    def around(self, text: str) -> str | None:
        """The bookmark that the field around a text refers to; None where the text is code, which the field keeps."""
        refers = self.simple
        for one in reversed(self._open):
            if not one.shown:
                one.code.append(text)
                return None
            refers = refers or one.refers
        return refers

    def instruction(self, text: str) -> str:
        """Code for the innermost field; given back where none is open."""
        if not self._open:
            return text
        self._open[-1].code.append(text)
        return ""

    def mark(self, kind: str | None) -> str:
        """A field begins, turns from its code to its result, or ends; of one that ends, its code."""
        if kind == "begin" and self.marked:
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            last = self._open[-1]
            last.shown = True
            code = "".join(last.code)
            last.contents = code.strip().upper().startswith("TOC")
            last.refers = target(code)
        elif kind == "end" and self._open:
            return self._close()
        return ""

    def rest(self) -> Iterator[str]:
        """The codes of those that nothing has ended, the innermost first."""
        while self._open:
            yield self._close()

    def _close(self) -> str:
        return "".join(self._open.pop().code)
