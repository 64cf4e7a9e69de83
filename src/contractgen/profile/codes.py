"""Codes and ways to reach somebody: the unified social credit code, telephone numbers, mailboxes, postcodes.

What a spreadsheet or a missing quotation mark does to them is recognized and named.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from contractgen.files import check_text
from contractgen.profile.forms import LINE_LIMIT, NAME_LIMIT, fault, plain, text_of

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_HINT = "请对照营业执照逐位核对"
_QUOTE_HINT = "请对照营业执照重新输入，并在两边加上英文引号；表格里的这一列先设为文本格式"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E[+-]?\d+", re.IGNORECASE)


def _digits_as_text(value: object) -> object:
    """A number without loss as the digits the user wrote: a file may leave out the quotation marks."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def credit_code_of(value: object) -> str:
    """A unified social credit code (GB 32100-2015) with the right check digit."""
    from stdnum.cn.uscc import calc_check_digit

    if isinstance(value, float) or (isinstance(value, str) and _SCIENTIFIC.fullmatch(value.strip())):
        message = f"被表格软件改成了科学计数法（{plain(value)}），原来的数字已经丢失"
        raise fault("credit-code", message, _QUOTE_HINT)
    number = isinstance(value, int)
    code = "".join(unicodedata.normalize("NFKC", _text_of_code(_digits_as_text(value))).split()).upper()
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


def _text_of_code(value: object) -> str:
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
