"""How well foreign contracts are read, against what was expected of each: ``python tests/foreign_figures.py [--wrong]``

``own`` was written by the author of the recognizer, ``blind``, ``blind2`` and ``blind3`` each by somebody who had not
read it. What is called below the floor of a law that is only reported (待核), where its author asks for a person, counts as wrong.
Each contract has an ``.expect.yaml``: its place and day, its articles, the topics that it has, lacks, or may be said to
have (not scored), and quotations: numbers below the floor, numbers that are fine, outdated citations, void wordings,
and what only a person can judge.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from contractgen.document import article_label
from contractgen.document.heads import ordinal_of
from contractgen.files import load_yaml
from contractgen.findings import Severity
from contractgen.formats.read import read_file
from contractgen.law import Law, load_law
from contractgen.library import Library, load_library
from contractgen.review.foreign import ForeignReview, Point, review_foreign
from contractgen.review.foreign.clean import flat

HERE = Path(__file__).resolve().parent / "foreign"
HALVES = ("own", "blind", "blind2", "blind3")
TOPICS = {
    "目的和依据": "purpose", "适用范围": "scope", "招聘": "hiring", "劳动合同女职工条款": "labor-contract-terms",
    "同工同酬": "equal-pay", "晋升培训": "promotion", "劳动关系保护": "job-security", "禁忌劳动": "prohibited-posts",
    "经期保护": "menstrual-protection", "妇科检查": "gynecological-examination", "更年期": "menopause-care",
    "女职工设施": "facilities", "妇女节": "womens-day", "产前检查": "antenatal-examination",
    "孕期劳动": "pregnancy-work", "孕期工时": "pregnancy-hours", "产前假": "antenatal-leave",
    "弹性工作": "flexible-work", "产假": "maternity-leave", "流产假": "miscarriage-leave", "生育假": "birth-leave",
    "产假待遇": "leave-pay", "陪产假": "paternity-leave", "育儿假": "childcare-leave", "哺乳时间": "nursing-break",
    "哺乳期工时": "nursing-hours", "哺乳假": "nursing-leave", "返岗": "return-to-post", "托育支持": "childcare-support",
    "性骚扰防治": "harassment", "个人信息保护": "privacy", "监督检查": "supervision", "申诉": "complaints",
    "违约责任": "liability", "争议处理": "disputes", "合并分立": "merger", "变更解除": "amendment",
    "期限生效": "term", "审议报送": "submission", "公布": "publication",
}  # fmt: skip
WRONG = ("number-below", "void-wording", "fault", "harassment-measures")
GAPS = "｜|"
LABEL = re.compile(r"^第[0-9一二三四五六七八九十百]+条\s+")


@dataclass
class Score:
    """Counts over contracts; ``misses`` and ``alarms`` say which, for whoever improves the recognizer."""

    contracts: int = 0
    articles: list[int] = field(default_factory=lambda: [0, 0])  # found, expected
    present: list[int] = field(default_factory=lambda: [0, 0, 0])  # right, said, expected
    below: list[int] = field(default_factory=lambda: [0, 0, 0])  # right, said, said where expected
    below_expected: list[int] = field(
        default_factory=lambda: [0, 0, 0]
    )  # found as an error, or at all, expected
    outdated: list[int] = field(default_factory=lambda: [0, 0])  # right, said
    outdated_expected: list[int] = field(default_factory=lambda: [0, 0])
    void: list[int] = field(default_factory=lambda: [0, 0])  # right, said
    void_expected: list[int] = field(default_factory=lambda: [0, 0, 0])
    person: list[int] = field(default_factory=lambda: [0, 0])  # told in any way, expected
    fine: list[int] = field(default_factory=lambda: [0, 0, 0, 0])  # below, for a person, ok, expected
    misses: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """The sum of two."""
        for one in fields(self):
            mine, its = getattr(self, one.name), getattr(other, one.name)
            if one.name in ("misses", "alarms"):
                mine.extend(its)
            elif isinstance(mine, list):
                setattr(self, one.name, [a + b for a, b in zip(mine, its, strict=True)])
            else:
                setattr(self, one.name, mine + its)


def contracts(half: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The contracts of a half with what is expected of each."""
    for path in sorted((HERE / half).glob("*.expect.yaml")):
        stem = path.name.removesuffix(".expect.yaml")
        file = next(one for one in sorted(path.parent.glob(f"{stem}.*")) if one != path)
        yield file, load_yaml(path).data


def reviewed(file: Path, expected: dict[str, Any], law: Law, library: Library) -> ForeignReview:
    """The review of a contract at its place and day; a place without law is held against the nation's."""
    place = expected["place"] if expected["place"] in law.places else "national"
    return review_foreign(
        read_file(file), law, library, place, datetime.date.fromisoformat(str(expected["day"]))
    )


def score_half(half: str, law: Law, library: Library) -> Score:
    """The counts of a half."""
    total = Score()
    for file, expected in contracts(half):
        total.add(score(file.name, reviewed(file, expected, law, library), expected))
    return total


def score(name: str, review: ForeignReview, expected: dict[str, Any]) -> Score:
    """The counts of one contract."""
    one = Score(contracts=1)
    _topics(name, review, expected, one)
    _articles(name, review, expected, one)
    spots = {kind: [_spots(review, item) for item in expected[kind] or ()] for kind in (
        "below_floor", "ok_numbers", "outdated", "void", "needs_person")}  # fmt: skip
    for kind, found in spots.items():
        for item, places in zip(expected[kind] or (), found, strict=True):
            if not places:
                one.misses.append(f"{name}: {kind}: the review has no line with {_quote(item)}")
    wrong = [spot for kind in ("below_floor", "void") for places in spots[kind] for spot in places]
    either = [
        spot
        for item, places in zip(expected["needs_person"] or (), spots["needs_person"], strict=True)
        if _either(item)
        for spot in places
    ]
    seen = wrong + [spot for places in spots["needs_person"] for spot in places]
    for point in review.points:
        if point.line is None:
            continue
        if point.rule == "number-below":
            _tell(one.below, name, point, wrong + either, one.alarms)
        elif point.rule == "outdated-citation":
            right = [spot for places in (*spots["outdated"], *spots["needs_person"]) for spot in places]
            _tell(one.outdated, name, point, right, one.alarms)
        elif point.rule in WRONG and point.severity is Severity.ERROR:
            _tell(
                one.void,
                name,
                point,
                seen if point.rule == "harassment-measures" else wrong + either,
                one.alarms,
            )
    errors = [point for point in review.points if point.rule in WRONG and point.severity is Severity.ERROR]
    for kind, counts in (("below_floor", one.below_expected), ("void", one.void_expected)):
        for item, places in zip(expected[kind] or (), spots[kind], strict=True):
            hit = any(_meets(point, places) for point in errors)
            told = hit or any(_meets(point, places) for point in review.points)
            counts[0] += hit
            counts[1] += told
            counts[2] += 1
            if not hit:
                one.misses.append(f"{name}: {kind}{' (told)' if told else ''}: {_quote(item)}")
    for item, places in zip(expected["outdated"] or (), spots["outdated"], strict=True):
        hit = any(point.rule == "outdated-citation" and _meets(point, places) for point in review.points)
        one.outdated_expected[0] += hit
        one.outdated_expected[1] += 1
        if not hit:
            one.misses.append(f"{name}: outdated: {_quote(item)}")
    for item, places in zip(expected["needs_person"] or (), spots["needs_person"], strict=True):
        hit = any(_meets(point, places) for point in review.points)
        one.person[0] += hit
        one.person[1] += 1
        if not hit:
            one.misses.append(f"{name}: needs_person: {_quote(item)}")
    for item, places in zip(expected["ok_numbers"] or (), spots["ok_numbers"], strict=True):
        outcomes = {
            number.outcome for number in review.numbers for spot in places if _holds(review, number, spot)
        }
        one.fine[3] += 1
        for at, outcome in enumerate(("below", "person", "ok")):
            one.fine[at] += outcome in outcomes
        if "below" in outcomes:
            one.alarms.append(f"{name}: a number that is fine is below: {_quote(item)}")
        elif "person" in outcomes:
            one.misses.append(f"{name}: fine, yet for a person: {_quote(item)}")
    return one


Spot = tuple[int, int, int]  # line, start, end


def _spots(review: ForeignReview, item: Any) -> list[Spot]:
    """Where the quotation stands among the review's lines: in the article that is named, else anywhere."""
    wanted = "".join(char for char in flat(_quote(item)) if char not in GAPS)
    where = flat(item.get("where", "")) if isinstance(item, dict) else ""
    found: list[Spot] = []
    for number, line in enumerate(review.lines):
        kept = [at for at, char in enumerate(line.text) if char not in GAPS]
        text = "".join(line.text[at] for at in kept)
        start = text.find(wanted)
        while start >= 0:
            found.append((number, kept[start], kept[start + len(wanted) - 1] + 1))
            start = text.find(wanted, start + 1)
    named = [
        spot
        for spot in found
        if where
        and where in (flat(review.lines[spot[0]].section.label), review.lines[spot[0]].text[: len(where)])
    ]
    return named or found


def _quote(item: Any) -> str:
    """The quotation, without the number of the article that it may begin with."""
    return LABEL.sub("", str(item["quote"] if isinstance(item, dict) else item))


def _either(item: Any) -> bool:
    """Whether its author says that it may as well be reported as below the floor."""
    return isinstance(item, dict) and any(word in item.get("why", "") for word in ("亦可", "均可"))


def _meets(point: Point, spots: list[Spot]) -> bool:
    return any(
        point.line == line and point.span[0] < end and start < point.span[1] for line, start, end in spots
    )


def _holds(review: ForeignReview, number: Any, spot: Spot) -> bool:
    line, start, end = spot
    return review.lines[line] is number.line and start < number.at[1] and number.at[0] < end


def _tell(counts: list[int], name: str, point: Point, right: list[Spot], alarms: list[str]) -> None:
    hit = _meets(point, right)
    counts[0] += hit
    counts[1] += 1
    if not hit:
        reported = "；据公开报道，待核" if "待核" in point.basis else ""
        alarms.append(f"{name}: {point.rule} {point.place}: {point.quote} ({point.message[:60]}{reported})")


def _topics(name: str, review: ForeignReview, expected: dict[str, Any], one: Score) -> None:
    def ids(kind: str) -> set[str]:
        return {TOPICS.get(topic, topic) for topic in expected.get(kind) or ()}

    got = {topic.id for topic in review.topics.present}
    present, missing = ids("topics_present"), ids("topics_missing")
    one.present[0] += len(got & present)
    one.present[1] += len(got & (present | missing))
    one.present[2] += len(present)
    one.misses += [f"{name}: topic not found: {topic}" for topic in sorted(present - got)]
    one.alarms += [f"{name}: topic found that is not there: {topic}" for topic in sorted(got & missing)]


def _articles(name: str, review: ForeignReview, expected: dict[str, Any], one: Score) -> None:
    articles = expected.get("articles", 0)
    got = [section.label for section in review.sections if section.kind == "article"]
    if isinstance(articles, int):
        one.articles[0] += min(len(got), articles)
        one.articles[1] += articles
        return
    labels = [_label(article["label"]) for article in articles if article["label"].startswith("第")]
    one.articles[0] += len(set(labels) & set(got))
    one.articles[1] += len(labels)
    lost = [label for label in labels if label not in got]
    if lost:
        one.misses.append(f"{name}: articles not found: {'、'.join(lost)}")


def _label(label: str) -> str:
    """第1条 as 第一条."""
    number = ordinal_of(label.removeprefix("第").removesuffix("条"))
    return article_label(number) if number else label


def share(part: int, whole: int) -> str:
    """12/13 (92%)"""
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "0/0"


def report(half: str, one: Score) -> str:
    """The figures of a half, one a line."""
    below = one.below_expected
    return "\n".join(
        (
            f"{half}: {one.contracts} contracts",
            f"  articles found           {share(*one.articles)}",
            f"  topics, precision        {share(one.present[0], one.present[1])}",
            f"  topics, recall           {share(one.present[0], one.present[2])}",
            f"  below the floor, prec.   {share(one.below[0], one.below[1])}",
            f"  below the floor, recall  {share(below[0], below[2])}, told in any way {share(below[1], below[2])}",
            f"  outdated, precision      {share(*one.outdated)}",
            f"  outdated, recall         {share(*one.outdated_expected)}",
            f"  void, precision          {share(one.void[0], one.void[1])}",
            f"  void, recall             {share(one.void_expected[0], one.void_expected[2])}, told in any way {share(one.void_expected[1], one.void_expected[2])}",
            f"  for a person, told       {share(*one.person)}",
            f"  fine numbers             below {one.fine[0]}, for a person {one.fine[1]}, ok {one.fine[2]}, of {one.fine[3]}",
        )
    )


def main(arguments: Sequence[str]) -> None:
    """Print the figures of every half; with --wrong also every miss and false alarm."""
    law, library = load_law(), load_library()
    for half in HALVES:
        one = score_half(half, law, library)
        print(report(half, one))
        if "--wrong" in arguments:
            print("\n".join(f"    alarm: {line}" for line in one.alarms))
            print("\n".join(f"    miss: {line}" for line in one.misses))


if __name__ == "__main__":
    main(sys.argv[1:])
