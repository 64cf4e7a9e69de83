"""Whole sentences, parts of sentences and items that came or went, by what they say to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from contractgen.diff.changes import Effect
from contractgen.diff.effects.edit import Edit
from contractgen.diff.effects.evidence import EXCHANGED, UNBOUND, hint
from contractgen.diff.effects.moved import MOST, MOVED_LENGTH, PUNCTUATION, bare
from contractgen.diff.effects.rules import effect_of, rules
from contractgen.diff.effects.statement import sentence_around, statement, statements

REARRANGED = 60  # percent


def whole_sentences(edit: Edit) -> bool:
    """Whether any sentence lies wholly inside the change."""
    return any(True for new in (False, True) for _ in sentences_in(edit, new=new))


def sentences_in(edit: Edit, *, new: bool) -> Iterator[str]:
    """The sentences that lie wholly inside the change."""
    text, start, end = (
        (edit.new, edit.op.new_at, edit.op.new_end) if new else (edit.old, edit.op.old_at, edit.op.old_end)
    )
    if end - start < MOVED_LENGTH - 2:  # with the marks before and behind it too short for any
        return
    marks = [0, *(match.end() for match in re.finditer(r"[。；\n]", text)), len(text)]
    for left, right in pairwise(marks):
        inner = text[left:right]
        if len(bare(inner)) < MOVED_LENGTH:
            continue
        slack = 1 if inner[-1:] in "。；\n" else 0
        before = 1 if left and start == left - 1 else 0  # the change begins with the mark before the sentence
        if start - before <= left and right - slack <= end and (start <= left or before):
            yield inner


def doubtful(sentence: str) -> bool:
    """Whether what came may be no gain: it stands in place of something, or may turn against the workers."""
    found = rules()
    modals = list(found.find_modals(sentence))
    if not modals or all(modal != "ban" for modal, _ in modals):
        return any(pattern.search(sentence) for pattern in (found.doubtful, found.risky))
    ends = [at for _, at in modals[1:]] + [len(sentence)]
    for (modal, at), end in zip(modals, ends, strict=True):
        if modal != "ban" and found.risky.search(sentence, at, end):
            return True
        if modal == "ban" and found.granted.match(found.ban.sub("", sentence[at:end], count=1)):
            return True
    return False


def rule_of_sentence(sentence: str, intro: str, *, new: bool) -> str:
    """The rule for a whole sentence that came or went; none where it gives and takes at once."""
    came = "added" if new else "lost"
    if rules().not_entitled.search(sentence) or (not new and rules().excused.match(sentence)):
        return ""
    said = statements(sentence)
    if not said:
        return _rule_without_modal(sentence, intro, came)
    if len({one.favor for one in said if one.favor}) != 1:
        return ""
    one = next(one for one in said if one.favor)
    if one.favor > 0:
        return f"right-{came}" if one.modal == "option" else f"duty-{came}"
    return f"employer-option-{came}" if one.modal == "option" else f"worker-duty-{came}"


def _rule_without_modal(sentence: str, intro: str, came: str) -> str:
    if intro:
        favor = statement(intro, len(intro)).favor
        return f"item-{came}" if favor > 0 else f"worker-duty-{came}" if favor < 0 else ""
    if rules().entitled.search(sentence):
        return "" if rules().burden.search(sentence) else f"right-{came}"
    return f"duty-{came}" if statement(sentence, len(sentence)).actor == "employer" else ""


def _items(sentence: str) -> set[str]:
    return {item for item in re.split(r"[、，。；]|和|或者|以及", sentence) if item}


def modal_before(edit: Edit, *, new: bool) -> bool:
    """Whether what is owed is said before the change in its sentence: the change is no part of a condition."""
    text, at = (edit.new, edit.op.new_at) if new else (edit.old, edit.op.old_at)
    return any(True for _ in rules().find_modals(text[sentence_around(text, at, at)[0] : at]))


def _item_elsewhere(edit: Edit, text: str, *, new: bool) -> bool:
    """Whether an item stands in the line as often as before: it only changed its place."""
    item = text.strip("，。；、").removeprefix("或者").removeprefix("以及").strip("或和及与")
    mine, other = (edit.new, edit.old) if new else (edit.old, edit.new)
    return len(item) > 1 and other.count(item) >= mine.count(item)


def _alike_elsewhere(edit: Edit, text: str, *, new: bool) -> bool:
    """Whether the other line says much the same in another place: it was rearranged, which a person must read."""
    mine, other = bare(text), bare(edit.old if new else edit.new)
    return len(mine) * len(other) > MOST or fuzz.partial_ratio(mine, other, processor=None) >= REARRANGED


def _growth(edit: Edit, *, new: bool) -> int:
    """How much longer the sentence is on the side on which a part stands."""
    return (len(edit.new_sentence) - len(edit.old_sentence)) * (1 if new else -1)


def _among_items(edit: Edit, *, new: bool) -> bool:
    """Whether the stretch stands between two 、 of an enumeration."""
    text, start, end = (
        (edit.new, edit.op.new_at, edit.op.new_end) if new else (edit.old, edit.op.old_at, edit.op.old_end)
    )
    return text[start - 1 : start] == "、" and text[end : end + 1] in ("、", "和", "或", "等", "以")


def enumerations(edit: Edit) -> Iterator[Effect]:
    """An enumeration that has the same items and more, or fewer."""
    crosses = any(mark in edit.op.old[:-1] + edit.op.new[:-1] for mark in "。；")
    if edit.op.tag != "replace" or edit.said.favor <= 0 or crosses:
        return
    old, new = (_items(edit.old_sentence), _items(edit.new_sentence))
    if len(old) > 1 and old < new:
        yield effect_of(rules().special["item-added"], edit.op)
    elif len(new) > 1 and new < old:
        yield effect_of(rules().special["item-lost"], edit.op)


def parts(edit: Edit) -> Iterator[Effect]:
    """A part of a sentence or of an enumeration that came or went."""
    op = edit.op
    if op.tag == "replace":
        return
    text, new = (op.new, True) if op.new else (op.old, False)
    found = rules()
    special = found.special
    said = edit.said
    bound = modal_before(edit, new=new) and not _item_elsewhere(edit, text, new=new)
    if bound and said.actor == "employer" and said.modal == "duty" and text.lstrip("，").startswith("或"):
        yield effect_of(special["alternative-added" if new else "alternative-gone"], op)
        return
    enumerated = (
        text.strip("，。；").startswith(("、", "和", "或", "及", "与", "以及"))
        or text.endswith(("、", "和"))
        or _among_items(edit, new=new)
    )
    if new and (found.doubtful.search(text) or text.lstrip("，").startswith(("或者", "或"))):
        return
    if enumerated and _item_elsewhere(edit, text, new=new):
        return
    if (
        enumerated
        and said.favor > 0
        and not found.negator.search(text)
        and len(PUNCTUATION.sub("", text)) >= 2
    ):
        yield effect_of(special["item-added" if new else "item-lost"], op)
        return
    whole = re.fullmatch(r"[，；：]?[^，；：。]{3,}([，；：。][^，；：。]+)*[，；：。]?", text) is not None
    benefit = found.benefit.search(text) and not found.burden.search(text)
    if whole and _alike_elsewhere(edit, text, new=new):
        return
    if whole and ("，" in text or "；" in text) and said.favor > 0 and benefit:
        effect = effect_of(special["part-added" if new else "part-lost"], op)
        if any(True for _ in sentences_in(edit, new=new)):
            effect = hint(effect, UNBOUND)
        elif 2 * _growth(edit, new=new) < len(text):
            effect = hint(effect, EXCHANGED)
        yield effect
