"""What is wrong with an amendment, and what its parties ought to know before they agree to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contractgen.agreement import Agreement, AgreementArticle
from contractgen.amendment.case import case_place
from contractgen.amendment.joining import Alteration, Joined
from contractgen.amendment.showing import matter_of
from contractgen.build import Assembled
from contractgen.checks import catalogue
from contractgen.diff import compare
from contractgen.diff.report import place_in, reasons
from contractgen.diff.wording import of_agreement
from contractgen.document import Table
from contractgen.findings import Finding, Location, Severity
from contractgen.law import describe
from contractgen.profile import AMENDMENT_CASES, FORMS, field_title
from contractgen.record import Signed

OF_THE_TEXT = frozenset({"void-wording", "outdated-citation", "own-number"})  # content rules that read texts
NOT_OF_A_PART = frozenset({"numbering", "dangling-reference"})  # ask for the whole text
OF_A_NEW_CONTRACT = frozenset(  # what does not ask about an amendment, or about the text of today's library
    {
        "start-day",
        "reported-law",
        "mandatory-content",
        "statutory-clause",
        "unused-term",
        "unknown-term",
        "missing-law",
        "clause-text",
        "dangling-reference",
    }
)


def of_procedure(assembled: Assembled) -> Iterator[Finding]:
    """What the profile says of the amendment itself: its form, who bargained, how it was voted on.

    What is found in the text of today's library is left out: an amendment has another text.
    """
    for one in assembled.findings:
        in_text = one.location.place.startswith(("第", "附件")) and not one.path
        known = (
            one.rule == "previous-agreement" and one.path == "agreement.previous"
        )  # the record has the days
        joins = (one.rule, one.path) == ("main-contract", "agreement.occasion")  # which this amendment is
        if one.rule not in OF_A_NEW_CONTRACT and not in_text and not known and not joins:
            yield one


def of_occasion(signed: Signed, assembled: Assembled) -> Iterator[Finding]:
    """Whether the profile is that of an amendment of this contract."""
    assert assembled.profile is not None
    facts, loaded = assembled.profile.agreement, assembled.loaded
    yield from _of_form(signed, assembled)
    yield from _of_case(signed, assembled)
    if facts.occasion != "amendment":
        yield Finding(
            "not-amendment",
            Severity.ERROR,
            "企业情况表没有写明这次是变更合同",
            loaded.where(("agreement", "occasion")),
            hint="在 agreement 下写 occasion: amendment 和 grounds（变更的理由）；要重新签订用 contractgen renew",
            path="agreement.occasion",
        )
    for name, told, held, title in (
        ("signing_day", facts.previous.signing_day, signed.day, "签订日期"),
        ("end", facts.previous.end, signed.end, "期满日期"),
    ):
        if told is not None and held is not None and told != held:
            yield Finding(
                "other-contract",
                Severity.ERROR,
                f"企业情况表写的上一份合同{title}是{told}，生成记录的合同是{held}",
                loaded.where(("agreement", "previous", name)),
                hint="核对是不是同一份合同；不写的按生成记录",
                path=f"agreement.previous.{name}",
            )
    signing, ended = facts.signing_day, signed.end
    if signing is not None and facts.previous.end is None and ended is not None and signing > ended:
        yield Finding(
            "previous-agreement",
            Severity.ERROR,
            f"原合同已在{ended}期满，{signing}不能再变更",
            loaded.where(("agreement", "signing_day")),
            hint="改为续订（contractgen renew）",
            path="agreement.signing_day",
        )
    if signing is not None and signing < signed.day:
        yield Finding(
            "previous-agreement",
            Severity.ERROR,
            f"变更的签订日期{signing}早于原合同的签订日期{signed.day}",
            loaded.where(("agreement", "signing_day")),
            hint="核对拟签订日期",
            path="agreement.signing_day",
        )


def _of_form(signed: Signed, assembled: Assembled) -> Iterator[Finding]:
    assert assembled.profile is not None
    then, now = signed.profile.agreement.form, assembled.profile.agreement.form
    if then != now:
        yield Finding(
            "amendment-form",
            Severity.ERROR,
            f"原合同的形式是{FORMS[then]}，企业情况表写的是{FORMS[now]}：变更不能改变合同的形式",
            assembled.loaded.where(("agreement", "form")),
            hint=f"在 agreement 下写 form: {then}；要改变形式的，重新签订",
            path="agreement.form",
        )


def _of_case(signed: Signed, assembled: Assembled) -> Iterator[Finding]:
    """That nobody told for which of the cases that the contract names it is amended."""
    assert assembled.profile is not None
    cases = {one: place for one in AMENDMENT_CASES if (place := case_place(signed.agreement, one))}
    if assembled.profile.agreement.case is None and cases:
        listed = "、".join(f"{one}（{AMENDMENT_CASES[one]}，{place}）" for one, place in cases.items())
        yield Finding(
            "amendment-case",
            Severity.WARNING,
            "没有写明属于原合同列举的哪一种情形，变更协议书不能引用原合同的这一条",
            assembled.loaded.where(("agreement", "case")),
            hint=f"在 agreement 下写 case，从中选一项：{listed}",
            path="agreement.case",
        )


def unnumbered(signed: Signed, assembled: Assembled, joined: Joined) -> Iterator[Finding]:
    """What is added to a chapter without a number: behind the chapter stand other articles of the general contract."""
    assert assembled.profile is not None
    if signed.profile.agreement.form != "chapter":
        return
    main, then = assembled.profile.agreement.main_contract, signed.agreement
    added = [one.label for one in joined.alterations if one.kind == "added"]
    for name, told, held, what, comes in (
        (
            "last_article",
            main.last_article,
            tuple(then.articles),
            "条文",
            any(one.endswith("条") for one in added),
        ),
        ("last_annex", main.last_annex, then.annexes, "附件", not all(one.endswith("条") for one in added)),
    ):
        least = max((one.number for one in held), default=0)
        if comes and (told is None or told < least):
            said = "没有填写" if told is None else f"写的是{told}，比专章里最后的{least}还小"
            yield Finding(
                "amendment-number",
                Severity.ERROR,
                f"专章增加的{what}编在主合同最后，“{field_title(f'agreement.main_contract.{name}')}”{said}",
                assembled.loaded.where(("agreement", "main_contract", name)),
                hint=f"查看主合同的现行文本，在 main_contract 下写 {name}",
                path=f"agreement.main_contract.{name}",
            )


def of_altered_texts(now: Agreement, joined: Joined) -> Iterator[Finding]:
    """What the rules on texts say of the articles that changed or came, under the law of the day.

    Of a table in an annex only the rows that changed are read: the others are not agreed on anew.
    """
    read = {one.label: _read(one) for one in joined.alterations if one.new is not None}
    chapters = tuple(
        replace(one, articles=tuple(read[a.label] for a in one.articles if a.label in read))
        for one in joined.chapters
    )
    annexes = tuple(read[one.label] for one in joined.annexes if one.label in read)
    hybrid = replace(now, chapters=chapters, annexes=annexes)
    for rule in catalogue():
        if (rule.group == "text" and rule.id not in NOT_OF_A_PART) or rule.id in OF_THE_TEXT:
            yield from rule.run(hybrid)


def _read(one: Alteration) -> AgreementArticle:
    """What is read of an article that changed or came."""
    assert one.new is not None
    if one.old is None or one.new.label.endswith("条"):
        return one.new
    known = {
        row
        for provision in one.old.provisions
        for block in provision.blocks
        if isinstance(block, Table)
        for row in block.rows
    }
    provisions = tuple(
        replace(
            provision,
            blocks=tuple(
                replace(block, rows=tuple(row for row in block.rows if row not in known))
                if isinstance(block, Table)
                else block
                for block in provision.blocks
            ),
        )
        for provision in one.new.provisions
    )
    return replace(one.new, provisions=provisions)


def below_present_law(text: Agreement, now: Agreement, joined: Joined) -> Iterator[Finding]:
    """Numbers of the amended contract that the law of the day no longer allows, at any of its places of work."""
    views = {one.view.place: one.view for one in now.workplaces}
    for workplace in text.workplaces:
        view = views.get(workplace.view.place)
        if view is None:
            continue
        for name, value in workplace.values.items():
            norm = view.get(value.law_key)
            place = text.printed.get(name)
            if norm is None or place is None or not value.falls_short_of(norm):
                continue
            where = joined.place(place)
            site = f"（{workplace.title}）" if len(text.workplaces) > 1 else ""
            yield Finding(
                "below-present-law",
                Severity.ERROR if joined.altered(where) else Severity.WARNING,
                f"“{value.title}”{site}{value.text}，现行标准是{describe(norm)}",
                Location(place=where),
                source=f"{norm.cited}，{norm.since} 起",
                hint=f"在 {value.path} 写符合现行标准的数值，或者用 --current 让这一条改用现行文字，一并变更",
                path=value.path,
            )


def taken_before(signed: Signed, joined: Joined, taken: frozenset[str], whole: bool) -> Iterator[Finding]:
    """Articles that an earlier amendment took from the library of its day, and that this one would set back."""
    for one in joined.alterations:
        again = one.new is None or one.new.id in taken or whole
        if one.new is not None and one.new.id in signed.taken and not again:
            yield Finding(
                "taken-before",
                Severity.ERROR,
                f"{one.label}“{one.new.title}”以前变更时已经改用当时的现行文字，这一次会退回最初的文字",
                Location(place=one.label),
                hint=f"在 --current 中写上 {one.new.id}",
            )


def weaker(signed: Signed, text: Agreement, joined: Joined) -> Iterator[Finding]:
    """Every change that weakens the workers' position, or of which a person must say whether it does."""
    for one in joined.alterations:
        if one.kind == "deleted" and one.old is not None:
            message = f"删去{one.old.label}“{one.old.title}”"
            hint = "核对职工一方是否同意；变更不得减少职工已经取得或者已经开始享受的权益"
            yield Finding("amendment-weaker", Severity.WARNING, message, Location(place=one.label), hint=hint)
        if one.kind == "changed":
            yield from _weaker_in(one, signed, text)


def _weaker_in(one: Alteration, signed: Signed, text: Agreement) -> Iterator[Finding]:
    assert one.old is not None and one.new is not None
    before, after = matter_of(one.old), matter_of(one.new)
    old = of_agreement(signed.agreement, before.document, "")
    new = of_agreement(text, after.document, "")
    for section in compare(old, new).sections:
        for change in section.counted:
            if change.label not in ("weaker", "unclear") or not section.section.label:
                continue
            is_weaker = change.label == "weaker"
            home = section.new if change.new is not None and section.new else section.section
            yield Finding(
                "amendment-weaker" if is_weaker else "amendment-unclear",
                Severity.WARNING if is_weaker else Severity.ADVICE,
                "变更削弱职工一方" if is_weaker else "变更对职工一方的影响要由人判断",
                Location(place=place_in(home, change.line)),
                source="；".join(reasons(change)),
                hint="核对职工一方是否同意；变更不得减少职工已经取得或者已经开始享受的权益"
                if is_weaker
                else "",
            )


def points_of(agreement: Agreement, articles: Iterable[str], rename: dict[str, str]) -> Iterator[Finding]:
    """Open points of an assembled text that lie in some of its articles, with the labels that these have elsewhere.

    Args:
        agreement: the text.
        articles: labels of articles and annexes there.
        rename: what these are called in the text that is printed.
    """
    wanted = set(articles)
    for one in agreement.open_points:
        places = one.location.place.split("，")
        here = [place for place in places if _article(place) in wanted]
        if here:
            told = "，".join(_renamed(place, rename) for place in here)
            yield replace(one, location=Location(place=told))


def _article(place: str) -> str:
    """第三十条 of 第三十条第二款"""
    return place[: place.index("条") + 1] if "条" in place else place


def _renamed(place: str, rename: dict[str, str]) -> str:
    head = _article(place)
    return rename.get(head, head) + place[len(head) :]
