"""The cover sheet (文书清单): every paper with who signs, by when, on which basis and what is missing; and what comes back.

Its words stand in templates/papers/cover.yaml.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import printed
from contractgen.document import Block, Document, Paragraph, Subheading, Table, Text
from contractgen.papers.data import data_of
from contractgen.papers.model import SIDES, Filled, Missing
from contractgen.papers.tables.cells import centered, listed
from contractgen.profile import field_at, field_title, written_at

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.profile import Profile
    from contractgen.timeline import Step, Timeline

FILE = "cover.yaml"
WORD = re.compile(r"\{\{ ([a-z]+) \}\}")


def cover_sheet(papers: Sequence[Filled], agreement: Agreement, course: Timeline) -> Document:
    """The list of papers as a Document."""
    words = data_of(FILE)
    employer = str(agreement.profile.at("employer.name") or "＿＿＿＿＿＿＿＿＿＿")
    named = {
        "employer": employer,
        "place": agreement.view.title,
        "on": printed(agreement.on),
        "count": str(len(papers)),
        "ready": str(sum(one.ready for one in papers)),
    }
    lines = [*words["head"], *([] if agreement.profile.union.told else [words["union_untold"]])]
    lines += [draft_line(open_)] if (open_ := open_in_draft(agreement)) else []
    head = [Paragraph((Text(filled_in(line, named)),), role="small") for line in lines]
    return Document(
        title=words["title"],
        subject=f"{employer}{words['title']}",
        author=str(agreement.profile.at("employer.name") or ""),
        body=(*head, _papers(papers, agreement, course, words), *_records(papers, agreement, course, words)),
        draft=True,
        landscape=True,
        type_size="form",
    )


def _papers(
    papers: Sequence[Filled], agreement: Agreement, course: Timeline, words: Mapping[str, Any]
) -> Table:
    steps = {one.id: course.step(one.id) for one in course.asked}
    rows = []
    for one in papers:
        side = filled_in(words["from"], {"side": SIDES[one.paper.sender]})
        rows.append(
            (
                centered(f"{one.number:02}"),
                f"{one.title}：{one.paper.purpose}",
                f"{side}；{one.signs}",
                one.due or _when(steps.get(one.paper.step), words),
                "；".join(_basis(one, agreement, words["basis"])) or words["basis"]["none"],
                "。".join(_status(one, agreement, words["status"])),
            )
        )
    return listed(words, rows)


def _when(step: Step | None, words: Mapping[str, Any]) -> str:
    """The limit of the step, its last day where it is known, and the day that the profile tells."""
    if step is None:
        return str(words["no_step"])
    told = [step.limit] if step.limit else []
    if isinstance(step.last, datetime.date):
        told.append(filled_in(words["last"], {"day": printed(step.last)}))
    elif step.last is not None:
        told.append(words["unknown_day"])
    if step.planned is not None:
        told.append(filled_in(words["planned"], {"day": printed(step.planned)}))
    return "；".join(told) or str(words["no_limit"])


def _basis(filled: Filled, agreement: Agreement, words: Mapping[str, str]) -> Iterator[str]:
    """The articles behind a paper that the law of the place has, by instrument; what was not checked is named apart."""
    found = [agreement.view[key] for key in filled.paper.basis if key in agreement.view]
    checked = [norm.source for norm in found if norm.verified and norm.printable]
    for title in dict.fromkeys(source.title for source in checked):
        articles = dict.fromkeys(source.place for source in checked if source.title == title)
        yield f"{title}{'、'.join(articles)}"
    others = dict.fromkeys(norm.source.title for norm in found if not (norm.verified and norm.printable))
    if others:
        yield filled_in(words["unchecked"], {"titles": "".join(others)})


def _status(filled: Filled, agreement: Agreement, words: Mapping[str, str]) -> Iterator[str]:
    if filled.form is not None:
        yield words["form"]
    if filled.ready:
        yield words["ready"]
    if filled.blocking:
        yield filled_in(words["missing"], {"facts": _facts(filled.blocking)})
    if filled.proposals:
        titles = "、".join(agreement.values[name].title for name in filled.proposals)
        yield filled_in(words["proposals"], {"values": titles})
    if filled.unsettled:
        yield filled_in(words["draft"], {"open": filled.unsettled})
    others = tuple(one for one in filled.missing if one not in filled.blocking)
    if others:
        yield filled_in(words["blanks"], {"facts": "、".join(one.title for one in others)})


def _facts(missing: Sequence[Missing]) -> str:
    return "、".join(f"{one.title}（{written_at(one.path)}）" for one in missing)


def open_in_draft(agreement: Agreement) -> str:
    """How much of the draft nobody has confirmed or told yet; empty where nothing is open."""
    words, rules = data_of(FILE)["draft"], [one.rule for one in agreement.open_points]
    counts = ((rule, rules.count(rule)) for rule in ("proposal", "blank"))
    return "、".join(filled_in(words[rule], {"count": str(count)}) for rule, count in counts if count)


def draft_line(open_: str) -> str:
    """That what is open in the draft comes before its signature and vote."""
    return filled_in(data_of(FILE)["draft"]["line"], {"open": open_})


# ------------------------------------------------------------------ what comes back


def facts_of(filled: Filled, course: Timeline) -> tuple[str, ...]:
    """The profile paths of the facts that come back on a paper: the day of its step, and what it says itself."""
    days = [one.path for one in course.asked if one.id == filled.paper.step and one.path and one.round == 1]
    return tuple(dict.fromkeys((*days, *filled.paper.records)))


def _records(
    papers: Sequence[Filled], agreement: Agreement, course: Timeline, words: Mapping[str, Any]
) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    told: set[str] = set()
    for one in papers:
        for path in facts_of(one, course):
            place = agreement.profile.bargaining.told_at(path)
            if place and place not in told:
                told.add(place)
                answer = printed_answer(agreement.profile, place)
                rows.append((one.title, field_title(place), place, answer))
    if rows:
        yield Subheading(words["records"]["title"])
        yield Paragraph((Text(words["records"]["intro"]),), role="small")
        yield listed(words["records"], rows)


def printed_answer(profile: Profile, path: str) -> str:
    """What the profile says, as a reader writes it; empty where it says nothing."""
    found = profile.at(path)
    if found is None or found == "" or found == ():
        return ""
    about = field_at(path)
    if about.kind == "yes":
        return "是" if found else "否"
    if about.kind in ("list", "group"):
        return "已填"
    return str(about.choices.get(found) or printed(found))


def filled_in(text: str, named: Mapping[str, str]) -> str:
    """A line of the words with what they name."""
    return WORD.sub(lambda match: named[match[1]], text)
