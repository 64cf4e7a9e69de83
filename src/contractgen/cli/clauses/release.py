"""``contractgen clauses release``: freeze what is new, and print what its reviewer answers for."""

from __future__ import annotations

from contractgen.cli import _report
from contractgen.cli._options import LibraryOption

HELP = """发布条款：给尚未发布的版本记下指纹，此后文件不得再改
列出每个新版本的改动、理由、出处和指纹，供审核人签署。已发布的文件有改动时拒绝发布；要改文字，请写下一个版本。
新版本比上一版削弱职工权益而没有写明理由的，也拒绝发布。"""
EXAMPLES = ("contractgen clauses release --library clauses",)


def release_clauses(library: LibraryOption = None) -> int:
    """Freeze what is not frozen yet; a sheet of what was released, for the reviewer to sign."""
    from contractgen.cli.clauses._wording import change_line, days, split
    from contractgen.findings import InputError
    from contractgen.law import load_law
    from contractgen.library import load_library, release
    from contractgen.lint import unexplained

    if library is None:
        raise InputError(
            "没有指明要发布哪个条款库", hint="写 --library 和条款库文件夹，例如 --library clauses"
        )
    loaded = load_library(library)
    if weaker := unexplained(loaded, load_law(library / "law")):
        raise InputError("有没有说明理由的削弱，没有发布新版本", findings=weaker)
    new = release(loaded)
    for name in new:
        clause = loaded.clause(*split(name))
        _report.show(f"{name}　{clause.title}（{clause.weight_title}）　{days(clause)}")
        _report.show(f"  {change_line(clause)}")
        _report.show(f"  SHA-256 {clause.stamp}")
    if new:
        _report.show("以上各版的文字、依据和说明已经逐条审核。审核人：＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日")
    _report.say(f"新发布 {len(new)} 个版本")
    return _report.FINE
