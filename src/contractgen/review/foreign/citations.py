"""Citations of a foreign contract that a reader must correct: repealed, renumbered, not there, of an unknown place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.checks.outdated_citation import find, likeness
from contractgen.document import chinese_number
from contractgen.findings import Finding, Severity
from contractgen.law import Instrument, LawView
from contractgen.law.mentions import Mention, mentions
from contractgen.law.statutes import title_key
from contractgen.review.foreign.amounts import sentences
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.points import Point
from contractgen.wording import Line

CITES = re.compile("《|规定|办法|条例|法")
REST = re.compile(
    r"》?(?:（[^（）]{1,12}）)?(?:第[零〇一二两三四五六七八九十百千0-9]+条)?(?:第[一二三四五六七八九十0-9]+款)?"
)
ALIKE = 2  # pairs of characters in common with what an article says now, so that it is the one that is meant


def citation_points(line: ForeignLine, view: LawView) -> Iterator[tuple[int, Point]]:
    """What a person must look at in the citations of a line, and where each stands."""
    faults = (*citation_faults(line.text, line.place, view), *unknown_citations(line.text, view))
    for fault, start, end in faults:
        yield (
            start,
            Point(
                fault.rule,
                fault.severity,
                line.place,
                line.words.quote(start, end),
                fault.message.removeprefix(line.place),
                fault.source,
                fault.hint,
                span=(start, end),
            ),
        )


def citation_faults(text: str, place: str, view: LawView) -> Iterator[tuple[Finding, int, int]]:
    """What is wrong with the citations of a line, and where in it each stands."""
    if not CITES.search(text):
        return
    found = tuple(find([Line(text, place)], [view]))
    for fault in found:
        start, end = _span(text, fault.message)
        yield fault, start, end
    told = "".join(fault.message for fault in found)
    for mention, now, moved in _moved(text, view):
        if f"{now}第{chinese_number(int(mention.article))}条" in told:
            continue
        start, end = mention.at, _end(text, mention.at + len(mention.title) + 1)
        later = "、".join(f"第{chinese_number(int(one))}条" for one in moved)
        message = (
            f"引用的{now}第{chinese_number(int(mention.article))}条与这里说的不是一件事，像是修订以前的条号"
        )
        yield (
            Finding(
                "outdated-citation",
                Severity.WARNING,
                message,
                hint=f"相应的内容现在是{now}{later}，请核对后改正",
            ),
            start,
            end,
        )


UNKNOWN = re.compile(r"(?:法|条例|规定|办法|决定|通知|意见|细则)$")


def unknown_citations(text: str, view: LawView) -> Iterator[tuple[Finding, int, int]]:
    """Laws that the data does not have: nobody here knows whether they hold."""
    if "《" not in text:
        return
    known = {title_key(one.title) for one in view.law.instruments(view.place)}
    for mention in mentions(text):
        title = title_key(mention.title)
        if title in known or not UNKNOWN.search(mention.title) or "合同" in mention.title[-4:]:
            continue
        message = f"引用的《{mention.title}》没有收录，不知道是否现行"
        end = _end(text, mention.at + len(mention.title) + 1)
        yield (
            Finding("citation-unknown", Severity.ADVICE, message, hint="查到现行文本后核对名称、条号和内容"),
            mention.at,
            end,
        )


def _span(text: str, message: str) -> tuple[int, int]:
    """Where in a line the citation stands that a message names."""
    named = next(mentions(message), None)
    if named is None:
        return 0, len(text)
    for one in mentions(text):
        if title_key(one.title) == title_key(named.title) and named.article in ("", one.article):
            return one.at, _end(text, one.at + len(one.title) + 1)
    for words in (named.title, named.title.removeprefix("中华人民共和国")):
        at = text.find(words)
        if at >= 0:
            return at, _end(text, at + len(words))
    return 0, len(text)


def _end(text: str, at: int) -> int:
    """Where a citation ends whose title ends at a place: behind its article."""
    rest = REST.match(text, at)
    return rest.end() if rest else at


def _moved(text: str, view: LawView) -> Iterator[tuple[Mention, Instrument, tuple[str, ...]]]:
    """Citations whose number had another content before the revision, and whose present content is another one."""
    if "《" not in text:
        return
    law = view.law
    instruments = law.instruments(view.place)
    for mention in mentions(text):
        if mention.edition or not mention.article.isdecimal():
            continue
        group = [one for one in instruments if title_key(one.title) == title_key(mention.title)]
        now = next((one for one in group if one.holds(view.on)), None)
        old = next((one for one in group if now is not None and one.successor == now.slug), None)
        if now is None or old is None:
            continue
        moved = law.moved_to(old, mention.article)
        if not moved or mention.article in moved:
            continue
        whole = (text[start:end] for start, end in sentences(text, whole=True) if start <= mention.at < end)
        sentence = next(whole, text)
        if likeness(sentence, law.matters_of(now, mention.article)) < ALIKE:
            yield mention, now, moved
