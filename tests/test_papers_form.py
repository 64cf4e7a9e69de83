"""Word forms of the user's own: what may stand in them, how they are filled, and that all else stays as it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from contractgen.findings import InputError
from contractgen.papers import field_names, prepare, write_papers
from word_files import W, paragraph, row, run, table, word_file

TOP = Path(__file__).resolve().parent.parent
FIRM = TOP / "examples" / "firm.yaml"


def form(folder: Path, *paragraphs: str, name: str = "表.docx") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(word_file("".join(paragraphs)))
    return path


def filled(tmp_path: Path, *paragraphs: str, profile: Path = FIRM) -> list[str]:
    """The lines of a filled form."""
    source = form(tmp_path / "in", *paragraphs)
    (file,) = write_papers(profile, out=tmp_path / "out", forms=[str(source)]).files
    root = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))
    lines = ("".join(node.text or "" for node in one.iter(f"{{{W}}}t")) for one in root.iter(f"{{{W}}}p"))
    return [line for line in lines if line]


def refusals(tmp_path: Path, *paragraphs: str) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as fault:
        filled(tmp_path, *paragraphs)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    return [(one.message, one.hint) for one in fault.value.findings]


def test_facts_numbers_words_and_articles_are_filled_in(tmp_path: Path) -> None:
    text = "{{ employer.name }}，{{ bargaining.congress.day }}，{{ maternity_leave }}，{{ congress }}，{{ agreement.occasion }}"
    assert filled(tmp_path, paragraph(text), paragraph("依据{{ law.maternity_leave }}")) == [
        "上海虚构云锦服装有限公司，2026年11月20日，98天，职工代表大会，续订",
        "依据《女职工劳动保护特别规定》第七条第一款",
    ]


def test_a_field_that_word_cut_into_runs_is_one_field(tmp_path: Path) -> None:
    inner = run("{{ emp", "<w:b/>") + '<w:proofErr w:type="spellStart"/>' + run("loyer.na") + run("me }}")
    assert filled(tmp_path, paragraph(inner)) == ["上海虚构云锦服装有限公司"]


def test_a_row_is_repeated_for_each_entry_and_stays_once_where_there_is_none(tmp_path: Path) -> None:
    rows = (
        row("{%tr for one in bargaining.meetings %}"),
        row("{{ loop.index }}", "{{ one.day }}", "{{ one.place }}"),
        row("{%tr endfor %}"),
    )
    assert filled(tmp_path, table(*rows))[:3] == ["1", "2026年9月29日", "公司三楼会议室"]
    firm = tmp_path / "new.yaml"
    firm.write_text("employer: {name: 虚构厂}\n", encoding="utf-8")
    (tmp_path / "again").mkdir()
    assert filled(tmp_path / "again", table(*rows), profile=firm) == [
        "1",
        "＿＿＿＿年＿＿月＿＿日",
        "＿＿＿＿＿＿＿＿",
    ]


def test_a_condition_asks_whether_there_is_something(tmp_path: Path) -> None:
    lines = (paragraph("{%p if union.exists %}"), paragraph("有工会"), paragraph("{%p endif %}"))
    more = (paragraph("{%p if employer.merger_day %}"), paragraph("合并过"), paragraph("{%p endif %}"))
    assert filled(tmp_path, *lines, *more) == ["有工会"]


def test_what_is_missing_is_a_ruled_blank_and_told(tmp_path: Path) -> None:
    source = form(tmp_path, paragraph("报送：{{ bargaining.submission_day }}"))
    (told,) = write_papers(FIRM, out=tmp_path / "out", forms=[str(source)]).forms
    assert [one.path for one in told.missing] == ["bargaining.submission_day"]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ employer.nam }}", "{{ employer.nam }} 不是可以填的内容", "是不是 {{ employer.name }}"),
        ("{{ 统一社会信用代码 }}", "不是可以填的内容", "是不是 {{ employer.credit_code }}"),
        ("{{ maternity_leav }}", "不是可以填的内容", "是不是 {{ maternity_leave }}"),
        ("{{ budget.expected_births }}", "不是可以填的内容", "papers fields"),
        ("{{ bargaining.meetings }}", "不能直接印出", "{%tr for one in bargaining.meetings %}"),
        ("{% for x in employer.name %}{% endfor %}", "不是列表", "直接写"),
        ("{{ employer.name|upper }}", "不能用这种写法", "只能写名称"),
        ("{{ 1 + 1 }}", "不能用这种写法", "只能写名称"),
        ("{{ employer.name.upper() }}", "不能用这种写法", "只能写名称"),
        ("{{ employer.__class__ }}", "不是可以填的内容", "papers fields"),
        ("{% if union.exists %}", "不成对", "for"),
        ("{{ employer.name", "标记不完整", "同一段"),
        ("{{ employer.name }}，employer.name }}", "标记不完整", "同一段"),
        ("没有标记", "没有要填的标记", "papers fields"),
    ],
)
def test_a_field_that_cannot_be_filled_is_told_with_a_remedy(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    ((told, remedy),) = refusals(tmp_path, paragraph(text.replace("<", "&lt;")))
    assert message in told and hint in remedy


def test_all_fields_that_cannot_be_filled_are_told_at_once(tmp_path: Path) -> None:
    assert len(refusals(tmp_path, paragraph("{{ one }}{{ two }}"), paragraph("{{ three }}"))) == 3


def test_text_of_the_profile_never_becomes_markup(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("employer: {name: 'A&B<有限>“公司”''x'''}\n", encoding="utf-8")
    assert filled(tmp_path, paragraph("{{ employer.name }}"), profile=firm) == ["A&B<有限>“公司”'x'"]


def test_the_rest_of_the_form_stays_as_it_is_and_the_given_file_too(tmp_path: Path) -> None:
    source = form(tmp_path / "in", paragraph("{{ employer.name }}"))
    before = source.read_bytes()
    (file,) = write_papers(FIRM, out=tmp_path, forms=[str(source)]).files
    assert source.read_bytes() == before
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, file.read_bytes()))
    assert sorted(old.namelist()) == sorted(new.namelist())
    assert all(old.read(one) == new.read(one) for one in old.namelist() if one != "word/document.xml")
    assert Document(str(file)).paragraphs[0].text == "上海虚构云锦服装有限公司"


def test_the_given_file_is_spared_even_with_force(tmp_path: Path) -> None:
    source = form(tmp_path, paragraph("{{ employer.name }}"), name="表-已填.docx")
    first = form(tmp_path, paragraph("{{ employer.name }}"), name="表.docx")
    with pytest.raises(InputError, match="是给出的表格"):
        write_papers(FIRM, out=tmp_path, forms=[str(first), str(source)], force=True)


def test_a_form_takes_the_place_of_a_paper(tmp_path: Path) -> None:
    source = form(tmp_path, paragraph("{{ employer.name }}"))
    written = write_papers(FIRM, out=tmp_path / "out", only=["filing-form"], forms=[f"filing-form={source}"])
    (file,) = written.files
    number = next(one.number for one in prepare(FIRM).papers if one.paper.name == "filing-form")
    assert file.suffix == ".docx" and file.name.startswith(f"{number:02}-")
    assert Document(str(file)).paragraphs[0].text == "上海虚构云锦服装有限公司"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "不是完好的 Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "老式的 .doc"),
        (b"PK\x03\x04 broken", "不是完好的 Word 文件"),
    ],
)
def test_a_file_that_is_no_word_file_is_refused_in_chinese(tmp_path: Path, data: bytes, message: str) -> None:
    source = tmp_path / "表.docx"
    source.write_bytes(data)
    with pytest.raises(InputError, match=message):
        write_papers(FIRM, out=tmp_path, forms=[str(source)])


def repacked(path: Path, changes: dict[str, bytes]) -> None:
    """The Word file with other or further parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changes
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("part", "data", "message"),
    [
        ("word/vbaProject.bin", b"x", "带有宏"),
        ("word/settings.xml", b'<w:documentProtection w:edit="forms" w:enforcement="1"/>', "限制编辑"),
        ("word/document.xml", b"<w:document", "不是完好的 Word 文件"),
    ],
)
def test_a_form_with_macros_protection_or_damage_is_refused(
    tmp_path: Path, part: str, data: bytes, message: str
) -> None:
    source = form(tmp_path, paragraph("{{ employer.name }}"))
    repacked(source, {part: data})
    before = source.read_bytes()
    with pytest.raises(InputError, match=message):
        write_papers(FIRM, out=tmp_path / "out", forms=[str(source)])
    assert source.read_bytes() == before


def test_a_form_with_tracked_changes_is_refused(tmp_path: Path) -> None:
    changed = f'<w:ins w:id="1" w:author="甲">{run("{{ employer.name }}")}</w:ins>'
    assert "修订" in refusals(tmp_path, paragraph(changed))[0][0]


def test_the_names_are_listed_with_what_they_print_now() -> None:
    names = {one.name: one for one in field_names(FIRM)}
    assert names["employer.name"].now == "上海虚构云锦服装有限公司"
    assert names["workforce.piece_rate"].now == "是"
    assert names["maternity_leave"].now == "98天"
    assert names["bargaining.submission_day"].now == ""
    assert "bargaining.representatives.*.name" in names
    assert not any(name.startswith(("budget.", "accepted.", "clauses.")) for name in names)


def test_every_listed_name_can_be_filled(tmp_path: Path) -> None:
    names = [one.name for one in field_names(FIRM) if "*" not in one.name]
    assert filled(tmp_path, *(paragraph("有：{{ " + name + " }}") for name in names))
