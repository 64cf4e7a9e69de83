"""The forms that single answers take: texts, days, counts, choices (codes and telephone numbers stand in ``codes``).

Each form is an annotated type for the models. Its validator refuses with a ``fault``: a rule, what is wrong in
Chinese, and one remedy. ``plain`` quotes what the user wrote without letting it act on a terminal.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from contractgen.files import check_text

TO_FILL = "待填"
NAME_LIMIT = 100
LINE_LIMIT = 200
TEXT_LIMIT = 5_000
COUNT_LIMIT = 10_000_000
NUMBER_LIMIT = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1950, 2199

_TO_FILL = re.compile(r"[〔\[（(【]?\s*待填\s*([:：].*)?[〕\]）)】]?", re.DOTALL)


def is_to_fill(value: object) -> bool:
    """Whether a value is the mark for what is not yet known: 待填, or 〔待填：…〕 with a note."""
    return isinstance(value, str) and _TO_FILL.fullmatch(value.strip()) is not None


def fault(rule: str, message: str, hint: str = "") -> PydanticCustomError:
    """A refusal: the rule broken, what is wrong, and what the user can do."""
    context = {"message": message, "hint": hint}
    return PydanticCustomError(rule, "{message}", context)  # type: ignore[arg-type,unused-ignore]


def plain(value: object, limit: int = 30) -> str:
    """What the user wrote, in Chinese quotation marks, shortened, with invisible characters named."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, dict):
        return "一组内容"
    elif isinstance(value, list | tuple):
        return "一个列表"
    elif value is None:
        return "空白"
    else:
        text = str(value)
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    safe = "".join(c if unicodedata.category(c)[0] not in "C" else f"<U+{ord(c):04X}>" for c in shown)
    return f"“{safe}”"


# ------------------------------------------------------------------ texts

_IDENTITY = re.compile(  # region, birthday, order and check digit
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
    r"[ -]?\d{3}[\dXx](?![0-9A-Za-z])"
)


def has_identity_number(text: str) -> bool:
    """Whether a text holds something like an 18-digit resident identity number."""
    return _IDENTITY.search(unicodedata.normalize("NFKC", text)) is not None


def text_of(value: object, limit: int, *, lines: bool = False) -> str:
    """A text as it may be printed: checked, white space folded.

    Args:
        value: what the file holds.
        limit: the most characters that are accepted.
        lines: keep line ends (paragraphs).
    """
    if not isinstance(value, str):
        if has_identity_number(str(value)):
            raise _identity_fault()
        raise fault("wrong-form", f"应当是文字，写的是{plain(value)}", "请在内容两边加上英文引号")
    if reason := check_text(value):
        raise fault("refused-text", reason, "请删去这些字符后重新输入")
    if has_identity_number(value):
        raise _identity_fault()
    rows = [" ".join(row.split()) for row in value.splitlines()]
    folded = "\n".join(rows).strip() if lines else " ".join(row for row in rows if row)
    if not folded:
        raise fault("wrong-form", "引号里没有内容", f"请填写；还不知道的写 {TO_FILL}")
    if len(folded) > limit:
        raise fault(
            "too-long", f"有 {len(folded)} 个字，最多 {limit} 个字", "请写得短一些，或者确认没有填错位置"
        )
    return folded


def _identity_fault() -> PydanticCustomError:
    return fault(
        "identity-number",
        "写有像居民身份证号码的 18 位数字；合同不需要身份证号码，印出来会泄露个人信息",
        "请删去号码；需要区分同名的人时写部门或者岗位",
    )


def _text(limit: int, *, lines: bool = False) -> BeforeValidator:
    return BeforeValidator(lambda value: text_of(value, limit, lines=lines))


Name = Annotated[str, _text(NAME_LIMIT), WithJsonSchema({"type": "string", "maxLength": NAME_LIMIT})]
Line = Annotated[str, _text(LINE_LIMIT), WithJsonSchema({"type": "string", "maxLength": LINE_LIMIT})]
Text = Annotated[
    str, _text(TEXT_LIMIT, lines=True), WithJsonSchema({"type": "string", "maxLength": TEXT_LIMIT})
]


# ------------------------------------------------------------------ days, counts, numbers, yes and no

_DAY_HINT = "请写成 2026-12-01 的样子，不加引号"
_OTHER_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


def day_of(value: object) -> datetime.date:
    """A real day, written 2026-12-01."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        day = value
    else:
        day = _written_day(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise fault("no-such-day", f"写的是{day.year}年，年份不对", "请核对年份")
    return day


def _written_day(value: object) -> datetime.date:
    text = value.strip() if isinstance(value, str) else ""
    match = _OTHER_DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if not match:
        raise fault("wrong-form", f"应当是日期，写的是{plain(value)}", _DAY_HINT)
    year, month, day = (int(part) for part in match.groups())
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise fault("no-such-day", f"写的是{plain(text)}，没有这一天", "请核对月份和日期") from None
    if text != found.isoformat():
        raise fault("wrong-form", f"写的是{plain(text)}，日期要用统一的写法", f"请改为 {found.isoformat()}")
    return found


Day = Annotated[datetime.date, BeforeValidator(day_of), WithJsonSchema({"type": "string", "format": "date"})]


def _number_as_text(value: str, number: str) -> PydanticCustomError:
    if value.isascii():
        return fault(
            "wrong-form", f'数字加了引号，成了文字（"{value.strip()}"）', f"请去掉引号，写成 {number}"
        )
    return fault("wrong-form", f"数字是全角的（{plain(value)}）", f"请写成 {number}，不加引号")


def count_of(value: object) -> int:
    """How many: a whole number, not negative."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,18}\s*", value):
        raise _number_as_text(value, str(int(value)))
    if isinstance(value, bool) or not isinstance(value, int):
        raise fault(
            "wrong-form", f"应当是整数，写的是{plain(value)}", "请只写阿拉伯数字，不加单位、逗号和引号"
        )
    if not 0 <= value <= COUNT_LIMIT:
        raise fault("count", f"不会是 {str(value)[:20]}", f"请写 0 到 {COUNT_LIMIT} 之间的整数")
    return value


Count = Annotated[int, BeforeValidator(count_of), WithJsonSchema({"type": "integer", "minimum": 0})]

POSITION_LIMIT = 999


def position_of(value: object) -> int:
    """Which of a row, from one: a chapter, an article, an annex."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise fault("wrong-form", f"应当是整数，写的是{plain(value)}", "只写阿拉伯数字，例如第六章写 6")
    if not 1 <= value <= POSITION_LIMIT:
        raise fault("count", f"不会是 {str(value)[:20]}", f"请写 1 到 {POSITION_LIMIT} 之间的整数")
    return value


Position = Annotated[
    int,
    BeforeValidator(position_of),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": POSITION_LIMIT}),
]

Number = int | Decimal


def number_of(value: object) -> Number:
    """A number that the parties agreed, exactly as written: 2.5 is 5/2."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,18}(\.\d{1,18})?\s*", value):
        raise _number_as_text(value, unicodedata.normalize("NFKC", value.strip()))
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        raise fault(
            "wrong-form", f"应当是数字，写的是{plain(value)}", "请只写阿拉伯数字，不加单位、逗号和引号"
        )
    if not 0 <= value <= NUMBER_LIMIT:
        raise fault("count", f"不会是 {str(value)[:20]}", f"请写 0 到 {NUMBER_LIMIT} 之间的数字")
    exact = Decimal(str(value))
    return int(exact) if exact == exact.to_integral_value() else exact


Amount = Annotated[Number, BeforeValidator(number_of), WithJsonSchema({"type": "number", "minimum": 0})]

_YES_NO: Mapping[object, bool] = {"是": True, "否": False}


def yes_of(value: object) -> bool:
    """是 or 否, or true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip() in _YES_NO:
        return _YES_NO[value.strip()]
    raise fault(
        "wrong-form",
        f"应当写“是”或者“否”，写的是{plain(value)}",
        "请写 是 或者 否（也可以写 true 或者 false）",
    )


Yes = Annotated[
    bool, BeforeValidator(yes_of), WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["是", "否"]}]})
]

# ------------------------------------------------------------------ choices

SIDES = {"employees": "职工方", "employer": "用人单位方"}
SEXES = {"女": "女", "男": "男"}
FORMS = {
    "standalone": "单独订立的专项集体合同",
    "chapter": "综合集体合同的专章",
    "annex": "综合集体合同的附件",
}
OCCASIONS = {"first": "首次签订", "renewal": "续订", "amendment": "变更"}
AMENDMENT_CASES = {
    "law_changed": "所依据的法律、法规、规章或者政策发生变化",
    "not_performable": "因不可抗力，或者停产、搬迁、解散、破产等无法履行",
    "necessary": "双方认为确有必要的其他情形",
}
CONGRESSES = {"congress": "职工代表大会", "general_meeting": "职工大会"}
PERIODS = {
    "all": "全部期间",
    "menstrual": "经期",
    "pregnancy": "孕期",
    "nursing": "哺乳期",
    "pregnancy_and_nursing": "孕期和哺乳期",
}


def choice_label(code: str, title: str) -> str:
    """A choice with its meaning: employees（职工方）."""
    return code if code == title else f"{code}（{title}）"


def _choice(choices: Mapping[str, str]) -> BeforeValidator:
    known = "、".join(choice_label(code, title) for code, title in choices.items())

    def check(value: object) -> str:
        written = value.strip() if isinstance(value, str) else value
        if isinstance(written, str) and written in choices:
            return written
        meant = [code for code, title in choices.items() if title == written]
        meant = meant or [code for code, title in choices.items() if written and str(written) in title]
        hint = f"请改为 {meant[0]}" if len(meant) == 1 else f"请选一个：{known}"
        raise fault("wrong-form", f"不能写{plain(value)}", hint)

    return BeforeValidator(check)


Sex = Annotated[Literal["女", "男"], _choice(SEXES)]
Side = Annotated[Literal["employees", "employer"], _choice(SIDES)]
Form = Annotated[Literal["standalone", "chapter", "annex"], _choice(FORMS)]
Occasion = Annotated[Literal["first", "renewal", "amendment"], _choice(OCCASIONS)]
AmendmentCase = Annotated[Literal["law_changed", "not_performable", "necessary"], _choice(AMENDMENT_CASES)]
CongressKind = Annotated[Literal["congress", "general_meeting"], _choice(CONGRESSES)]
Period = Annotated[
    Literal["all", "menstrual", "pregnancy", "nursing", "pregnancy_and_nursing"], _choice(PERIODS)
]

# ------------------------------------------------------------------ names of things elsewhere, and groups of answers


def _identifier(pattern: str, what: str, example: str) -> BeforeValidator:
    def check(value: object) -> str:
        text = text_of(value, NAME_LIMIT)
        if not re.fullmatch(pattern, text):
            raise fault("wrong-form", f"应当是{what}，写的是{plain(text)}", f"请写成 {example} 的样子")
        return text

    return BeforeValidator(check)


KEBAB = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
Slug = Annotated[
    str,
    _identifier(KEBAB, "英文编号", "birth-leave"),
    WithJsonSchema({"type": "string", "pattern": f"^{KEBAB}$"}),
]
TermName = Annotated[str, _identifier(r"[a-z][a-z0-9_]*", "约定数值的英文名称", "maternity_leave")]


def _terms(value: object) -> object:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise fault(
            "wrong-form",
            f"应当是一组“名称: 数字”，写的是{plain(value)}",
            "每行写一个，例如 maternity_leave: 98",
        )
    return {name: one for name, one in value.items() if one is not None}


class AgreedNumbers(Mapping[str, Number]):
    """Numbers by name that cannot be changed, but copied, compared and hashed."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[str, Number]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> Number:
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __hash__(self) -> int:
        return hash(frozenset(self._numbers.items()))

    def __repr__(self) -> str:
        return f"AgreedNumbers({self._numbers!r})"


Terms = Annotated[
    Mapping[TermName, Amount],
    BeforeValidator(_terms),
    AfterValidator(AgreedNumbers),
    PlainSerializer(dict),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}),
]


def _several(value: object) -> object:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise fault(
            "wrong-form", f"应当是一个列表，写的是{plain(value)}", "每项另起一行，用“- ”开头；没有的写 []"
        )
    return tuple(value)


SEVERAL = BeforeValidator(_several)


def ask(title: str, help_text: str, example: Any = None) -> Any:
    """A field: its Chinese name, why it is needed and where in the firm to find it, and an example."""
    return Field(
        default=None, title=title, description=help_text, examples=None if example is None else [example]
    )


def need(title: str, help_text: str, example: Any = None) -> Any:
    """A field without which the item it belongs to says nothing."""
    return Field(title=title, description=help_text, examples=None if example is None else [example])


def group(title: str, help_text: str, make: Callable[[], Any]) -> Any:
    """A field that holds further fields, or a list; empty where the file says nothing."""
    return Field(default_factory=make, title=title, description=help_text)
