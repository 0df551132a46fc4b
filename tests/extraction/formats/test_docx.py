"""New Word files: tracked changes, tables, text boxes, fields and automatic numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.documents import Refusal, UnreadableDocument, read_document
from extraction.formats.docx_numbering import chinese
from tests.extraction.formats import making
from tests.extraction.formats.making import PARAGRAPHS, ROWS, new_word, with_body, with_part

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BOX = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
WHO = 'w:id="9" w:author="a"'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def lines_with(extra: str) -> list[str]:
    return read_document(with_body(new_word(["答复"]), extra), "a.docx")[0].text.splitlines()[1:]


def test_a_letter_and_its_table_row_by_row() -> None:
    (document,) = read_document(new_word(rows=ROWS), "答复.docx")

    assert document.text.splitlines() == [*PARAGRAPHS, "项目\t完成时间", "清淤8公里\t2026年9月底"]


@pytest.mark.parametrize(
    ("xml", "lines"),
    [
        (making.TRACKED, ["完成8公里清淤。"]),
        (making.LINK, ["详见网站。"]),
        (f"<w:p>{run('甲')}<w:moveFrom {WHO}>{run('移走')}</w:moveFrom></w:p>", ["甲"]),
        (f"<w:p><w:moveTo {WHO}>{run('移来')}</w:moveTo></w:p>", ["移来"]),
        (f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{run('上段')}</w:p><w:p>{run('下段')}</w:p>", ["上段下段"]),
        (
            f"<w:p><w:pPr><w:rPr><w:ins {WHO}/></w:rPr></w:pPr>{run('上段')}</w:p><w:p>{run('下段')}</w:p>",
            ["上段", "下段"],
        ),
        (f"<w:p>{run('可见')}{run('隐藏', '<w:vanish/>')}{run('再现')}</w:p>", ["可见再现"]),
        ("<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r></w:p>", ["上", "下\t右"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('控件内')}</w:p></w:sdtContent></w:sdt>", ["控件内"]),
        (
            f"<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('点击输入')}</w:sdtContent></w:sdt></w:p>",
            [],
        ),
        (
            f"<w:p><w:r><mc:AlternateContent {MC}><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
            f"</mc:AlternateContent></w:r>{run('框外')}</w:p>",
            ["框内文字", "框外"],
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p></w:tc><w:tc><w:p>{run('丙')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc><w:p>{run('删行')}</w:p></w:tc></w:tr></w:tbl>",
            ["甲 乙\t丙"],
        ),
    ],
    ids=str,
)
def test_a_document_reads_as_with_all_changes_accepted(xml: str, lines: list[str]) -> None:
    assert lines_with(xml) == lines


def numbered(level: int, text: str) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    return f"<w:p><w:pPr>{numbering}</w:pPr>{run(text)}</w:p>"


def level(at: int, style: str, text: str, more: str = "") -> str:
    numbers = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{numbers}</w:lvl>'


def test_automatic_numbers_are_part_of_the_text() -> None:
    levels = (
        level(0, "japaneseCounting", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%1.%3", "<w:isLgl/>")
    )
    paragraphs = [
        numbered(0, "工作"),
        numbered(1, "清淤"),
        numbered(1, "加固"),
        numbered(0, "下步"),
        numbered(1, "验收"),
    ]
    word = with_part(
        with_body(new_word(["答复"]), "".join(paragraphs) + numbered(2, "甲段")),
        "word/numbering.xml",
        lambda xml: xml.replace(
            "</w:numbering>",
            f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'
            '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num></w:numbering>',
        ),
    )

    assert read_document(word, "a.docx")[0].text.splitlines() == [
        "答复",
        "一、工作",
        "（一）清淤",
        "（二）加固",
        "二、下步",
        "（一）验收",
        "2.1 甲段",
    ]


def test_numbers_that_come_with_a_style_are_counted() -> None:
    def styled(xml: str) -> str:
        return xml.replace(
            "<w:sectPr",
            '<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>清淤</w:t></w:r></w:p>' * 2 + "<w:sectPr",
        )

    word = with_part(new_word(["答复"]), "word/document.xml", styled)

    assert read_document(word, "a.docx")[0].text.splitlines() == ["答复", "1.清淤", "2.清淤"]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (120, "一百二十")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese(number) == text


@pytest.mark.parametrize(
    ("change", "reason", "detail"),
    [
        (lambda xml: '<!DOCTYPE a [<!ENTITY b "bb">]>' + xml.partition("?>")[2], Refusal.TOO_COMPLEX, "document type"),
        (lambda xml: xml[:-30], Refusal.BROKEN, "xml"),
        (lambda xml: xml.replace("答复", ""), Refusal.NO_TEXT, ""),
    ],
)
def test_a_bad_body_is_refused(change: Callable[[str], str], reason: Refusal, detail: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(with_part(new_word(["答复"]), "word/document.xml", change), "a.docx")

    assert (refused.value.reason, refused.value.detail) == (reason, detail)


def test_a_body_nested_a_hundred_thousand_deep_is_read() -> None:
    deep = "<w:p>" + "<w:smartTag>" * 100_000 + run("底") + "</w:smartTag>" * 100_000 + "</w:p>"

    assert lines_with(deep) == ["底"]
