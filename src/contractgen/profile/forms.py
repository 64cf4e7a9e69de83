"""The forms that single answers take: texts, days, counts, codes, telephone numbers, mailboxes.

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


def _digits_as_text(value: object) -> object:
    """A number without loss as the digits the user wrote: a file may leave out the quotation marks."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


# ------------------------------------------------------------------ codes

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_HINT = "请对照营业执照逐位核对"
_QUOTE_HINT = "请对照营业执照重新输入，并在两边加上英文引号；表格里的这一列先设为文本格式"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E[+-]?\d+", re.IGNORECASE)


def credit_code_of(value: object) -> str:
    """A unified social credit code (GB 32100-2015) with the right check digit."""
    from stdnum.cn.uscc import calc_check_digit

    if isinstance(value, float) or (isinstance(value, str) and _SCIENTIFIC.fullmatch(value.strip())):
        message = f"被表格软件改成了科学计数法（{plain(value)}），原来的数字已经丢失"
        raise fault("credit-code", message, _QUOTE_HINT)
    number = isinstance(value, int)
    code = "".join(unicodedata.normalize("NFKC", text_of_code(_digits_as_text(value))).split()).upper()
    if len(code) != 18:
        lost = "，像是被表格软件当成了数字" if number else ""
        raise fault(
            "credit-code",
            f"应当是 18 位，写的是 {len(code)} 位（{plain(code)}）{lost}",
            _QUOTE_HINT if number else _CODE_HINT,
        )
    for position, letter in enumerate(code, start=1):
        if letter not in CODE_LETTERS:
            alike = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}.get(letter)
            look = f"，可能是 {alike}" if alike else ""
            raise fault(
                "credit-code", f"第 {position} 位是{plain(letter)}，代码里没有这个字符{look}", _CODE_HINT
            )
    expected = calc_check_digit(code[:17])
    if code[17] != expected:
        if code.endswith("000") and code.isdigit():
            message = f"末尾几位成了 0（{plain(code)}）：表格软件只保留数字的前 15 位，后面的已经丢失"
            raise fault("credit-code", message, _QUOTE_HINT)
        message = f"校验码（第 18 位）应当是 {expected}，写的是 {code[17]}，说明有一位写错了"
        raise fault("credit-code", message, _CODE_HINT)
    return code


def text_of_code(value: object) -> str:
    """A code as text; it may look like an identity number, so only its characters are checked."""
    if not isinstance(value, str):
        raise fault("credit-code", f"应当是一串数字和字母，写的是{plain(value)}", _CODE_HINT)
    if reason := check_text(value):
        raise fault("refused-text", reason, "请删去这些字符后重新输入")
    return value


CreditCode = Annotated[
    str,
    BeforeValidator(credit_code_of),
    WithJsonSchema(
        {"type": "string", "minLength": 18, "maxLength": 18, "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"}
    ),
]

_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0|\+?860?)((10|2\d)\d{8}|[3-9]\d{2}\d{7,8})")
_SERVICE = re.compile(r"[48]00\d{7}")
_EXTENSION = re.compile(r"(?:转|[-#]|ext\.?)(\d{1,6})$", re.IGNORECASE)
_PHONE_HINT = "例如 021-5555 0100、13800000000、400-000-0000；分机写成 021-5555 0100转801"


def phone_of(value: object) -> str:
    """A mobile number, a landline with area code, or a 400 or 800 number; an extension may follow."""
    if isinstance(value, int) and not isinstance(value, bool) and not _is_phone(str(value)):
        message = f"没有加引号，被当成了数字（{value}），区号开头的 0 会丢失"
        raise fault("phone", message, f"请在两边加上英文引号；{_PHONE_HINT}")
    text = text_of(_digits_as_text(value), NAME_LIMIT)
    number = unicodedata.normalize("NFKC", text)
    if _is_phone(number) or _is_phone(_EXTENSION.sub("", number)):
        return text
    digits = re.sub(r"\D", "", number)
    missing = "，缺少区号" if 7 <= len(digits) <= 8 else ""
    raise fault("phone", f"不是完整的电话号码（{plain(text)}）{missing}", _PHONE_HINT)


def _is_phone(text: str) -> bool:
    number = re.sub(r"[\s()\-]", "", text)
    return any(form.fullmatch(number) for form in (_MOBILE, _SERVICE, _LANDLINE))


Phone = Annotated[str, BeforeValidator(phone_of), WithJsonSchema({"type": "string", "maxLength": NAME_LIMIT})]

_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)


def email_of(value: object) -> str:
    """An electronic mail address."""
    text = text_of(value, NAME_LIMIT)
    if not _EMAIL.fullmatch(text) or ".." in text:
        fixed = unicodedata.normalize("NFKC", text).replace("。", ".").replace(" ", "")
        guess = f"，可能是 {fixed}" if fixed != text and _EMAIL.fullmatch(fixed) else ""
        raise fault("mailbox", f"不是电子邮箱地址（{plain(text)}）{guess}", "请写成 name@example.com 的样子")
    return text


Email = Annotated[str, BeforeValidator(email_of), WithJsonSchema({"type": "string", "maxLength": NAME_LIMIT})]


def mailbox_of(value: object) -> str:
    """A complaint mailbox: an electronic mail address, or where the letter box hangs."""
    text = text_of(value, LINE_LIMIT)
    return email_of(text) if "@" in text or "＠" in text else text


Mailbox = Annotated[
    str, BeforeValidator(mailbox_of), WithJsonSchema({"type": "string", "maxLength": LINE_LIMIT})
]


def postcode_of(value: object) -> str:
    """A postcode of six digits."""
    text = text_of(_digits_as_text(value), NAME_LIMIT)
    if not re.fullmatch(r"[0-8][0-9]{5}", text):
        lost = isinstance(value, int) and len(text) < 6
        why = "；没有加引号时，开头的 0 会丢失" if lost else ""
        raise fault(
            "postcode", f"应当是 6 位数字，写的是{plain(text)}{why}", '请写成 "200000" 的样子，两边加英文引号'
        )
    return text


Postcode = Annotated[
    str, BeforeValidator(postcode_of), WithJsonSchema({"type": "string", "pattern": "^[0-8][0-9]{5}$"})
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
