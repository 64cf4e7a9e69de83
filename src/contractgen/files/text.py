"""Strings from outside: which may be printed as they are, and what a file may be called after them."""

from __future__ import annotations

import re
import unicodedata

DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEMPLATE_MARKS = re.compile(r"\{[{%#]|[}%#]\}|\{_\{")


def check_text(value: str) -> str | None:
    """Why a string from outside is refused, in Chinese; None where it may be printed as it is."""
    for character in value:
        category = unicodedata.category(character)
        if category == "Cc" and character not in "\t\n":
            return f"含有不可见的控制字符（U+{ord(character):04X}）"
        if category == "Cf":
            effect = "会改变显示顺序的" if character in DIRECTIONS else ""
            return f"含有{effect}不可见字符（U+{ord(character):04X}）"
        if category in ("Co", "Cs", "Cn"):
            return f"含有不通用的字符（U+{ord(character):04X}），在别的电脑上显示不出来"
    if TEMPLATE_MARKS.search(value):
        return "含有模板标记（{{、}}、{%、%} 等）"
    return None


RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
WIDE = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")


def safe_name(text: str) -> str:
    """A file name without ending that Windows, macOS and Linux accept; at most 180 bytes of UTF-8."""
    name = "".join(c for c in text.translate(WIDE) if unicodedata.category(c)[0] != "C")
    name = " ".join(name.split()).strip(". ").lstrip("-. ")
    while len(name.encode()) > 180:
        name = name[:-1]
    name = name.strip(". ") or "未命名"
    return f"_{name}" if RESERVED.match(name) else name
