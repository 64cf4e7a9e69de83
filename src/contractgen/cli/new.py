"""``contractgen new``: the agreement of a profile, as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._clock import TodayOption, today
from contractgen.cli._formats import DEFAULT_FORMATS, closed, made_in
from contractgen.cli._options import LibraryOption, OnOption, read_day, read_names

if TYPE_CHECKING:
    from contractgen.build import Built
    from contractgen.build.into import Inserted

HELP = """由企业情况表生成合同：Word、PDF，以及一份生成记录
没有填的内容印成〔待填：…〕，并在草案首页列出。生成的文件不会覆盖已有的文件，除非加 --force。
--from-record 按生成记录重做当时的文件：文字一律用当时的，不受以后条款库和法律数据变化的影响。"""
EXAMPLES = (
    "contractgen new --profile firm.yaml",
    "contractgen new --profile firm.yaml --out 合同 --format docx",
    "contractgen new --profile firm.yaml --out 合同 --final --force",
    "contractgen new --profile 专章.yaml --into 集体合同.docx --out 合同",
    "contractgen new --from-record 合同.record.json --out 重做",
)


def new(
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="文件", help="企业情况表（YAML）", readable=False)
    ] = None,
    from_record: Annotated[
        Path | None,
        typer.Option(
            "--from-record", metavar="文件", help="按生成记录（.record.json）重做当时的文件", readable=False
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="文件夹", help="文件写到哪里；默认当前文件夹", readable=False),
    ] = Path(),
    formats: Annotated[
        str | None,
        typer.Option("--format", metavar="格式", help="docx、pdf、html、md，用逗号隔开；默认 docx,pdf"),
    ] = None,
    on: OnOption = None,
    day: TodayOption = None,
    final: Annotated[
        bool, typer.Option("--final", help="生成定稿：没有待填、待确认和错误时才生成，不留任何草案标记")
    ] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="批注稿：每款后面印出依据和给工会、审核人的说明")
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="文件", help="使用自己改过样式的 Word 模板", readable=False),
    ] = None,
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="文件", help="把专章换入综合集体合同的 Word 文件，另存为新文件", readable=False
        ),
    ] = None,
    renumber: Annotated[
        bool, typer.Option("--renumber", help="和 --into 一起用：手工写的条号、引用也一并改写")
    ] = False,
) -> int:
    """Build, print the names of the files on stdout and the findings on stderr."""
    if from_record is not None:
        given = {
            "profile": profile,
            "on": on,
            "today": day,
            "final": final,
            "annotate": annotate,
            "library": library,
        }
        given |= {"into": into, "renumber": renumber}
        _refuse_beside_record([name for name, value in given.items() if value])
        return _again(from_record, out, formats, template, force)
    from contractgen.build import build
    from contractgen.findings import InputError

    if profile is None:
        raise InputError(
            "缺少选项：--profile 文件，或者 --from-record 文件",
            hint="起草用 --profile firm.yaml；重做当时的文件用 --from-record 加生成记录",
        )
    if renumber and into is None:
        raise InputError("--renumber 要和 --into 一起用", hint="加上 --into 和综合集体合同的 Word 文件")
    kinds = DEFAULT_FORMATS if formats is None else read_names(formats)
    job = partial(
        build,
        profile,
        out=out,
        on=read_day(on),
        final=final,
        annotate=annotate,
        template=template,
        library=library,
        force=force,
        today=today(day),
        into=into,
        renumber=renumber,
    )
    built, missing = made_in(kinds, job)
    _print(built, final=final)
    return closed(built.findings, missing, formats)


BESIDE_RECORD = {
    "profile": "企业情况用记录里当时的",
    "on": "法律和条款用记录里当时的",
    "today": "当时已经检查过",
    "library": "条款用记录里当时的",
    "final": "是草案还是定稿由记录决定",
    "annotate": "是否带批注由记录决定",
    "into": "换入主合同要用企业情况表",
    "renumber": "换入主合同要用企业情况表",
}


def _refuse_beside_record(given: Sequence[str]) -> None:
    """Options that a record has answered already."""
    if given:
        from contractgen.findings import InputError

        names = "、".join(f"--{name}" for name in given)
        reasons = "；".join(BESIDE_RECORD[name] for name in given)
        raise InputError(
            f"{names} 不能和 --from-record 一起用：{reasons}",
            hint="只写 --from-record；要按现在的情况和法律重新起草，用 --profile",
        )


def _again(record: Path, out: Path, formats: str | None, template: Path | None, force: bool) -> int:
    """The files of a record once more."""
    from contractgen.build.again import remake

    kinds = None if formats is None else read_names(formats)
    remade = remake(record, out=out, formats=kinds, template=template, force=force)
    if remade.findings:
        _report.print_findings(remade.findings, sys.stderr)
    for path in remade.files:
        _report.show(str(path))
    made = [path for path in remade.files if path.name in remade.same]
    if made:
        _report.say(f"{len(made)} 个文件与当时生成的逐字节相同。")
    if not remade.files:
        _report.say("没有生成文件：见以上错误。")
    return _report.exit_code(remade.findings)


def _print(built: Built, *, final: bool) -> None:
    _report.print_findings(built.findings, sys.stderr)
    for path in built.files:
        _report.show(str(path))
    if built.inserted is not None and built.inserted.files and built.agreement is not None:
        for line in _moved(built.inserted, built.agreement.frame["into"]):
            _report.say(line)
    closing = _closing(built, final=final)
    if closing:
        _report.say(closing)


def _moved(inserted: Inserted, words: Mapping[str, Any]) -> Iterator[str]:
    """What was replaced by what, and each number that moved."""
    from contractgen.build.into import TO_CHECK, action

    place = inserted.place
    old = _span(place.articles[0], place.articles[-1]) if place.articles else "原来没有条文"
    new = _span(inserted.first, inserted.last)
    yield f"换掉{place.label}“{place.title}”（{old}），换入的是{new}。给出的文件没有改动。"
    for one in inserted.shifts:
        to = f" → {one.new}" if one.new else ""
        words_around = f"“…{one.words}…”" if one.kind != "article" else one.words
        where = f"{one.place}：" if one.place else ""
        yield f"  {where}{one.old}{to}　{words_around}（{action(words, one)}）"
    typed = sum(not one.done and one.kind != "gone" for one in inserted.shifts)
    gone = sum(one.kind == "gone" for one in inserted.shifts)
    if typed:
        yield f"有 {typed} 处是手工写的，没有改动，请逐处核对；要一并改写，加 --renumber。"
    if gone:
        yield f"有 {gone} 处引用的条文已被换掉，请逐处改成现在的条文。"
    if any(TO_CHECK in name for name in inserted.files):
        yield f"换入后的主合同还不是定稿，文件名写作“{TO_CHECK}”：上面没有更新的条号和引用改好并核对以后，才能签订和报送。"
    yield "有目录的，在 Word 中全选后按 F9 更新。"


def _span(first: int, last: int) -> str:
    from contractgen.document import article_label

    return article_label(first) if first == last else f"{article_label(first)}至{article_label(last)}"


def _closing(built: Built, *, final: bool) -> str:
    """What the reader should know after the findings."""
    if not built.files:
        return "没有生成定稿：请先处理以上各项。" if final else "没有生成文件：请先改正以上错误。"
    if final or not built.open_points:
        return ""
    from contractgen.build import of_law

    law = [one for one in of_law(built.findings) if one in built.open_points]
    unseen = f"，{len(law)} 项当地规定待查" if law else ""
    return f"这是草案：有 {len(built.open_points) - len(law)} 处待填或待确认{unseen}，列在草案首页。"
