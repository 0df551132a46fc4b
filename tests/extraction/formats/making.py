"""One invented letter, written by real writers into files of every kind."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import docx
import pytest
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

NUMBER, TITLE, SALUTATION = "海棠水函〔2026〕17号", "海棠县水利局对县人大第12号建议的答复", "白露代表："
BODY = (
    "您提出的《关于清淤柳溪河道的建议》收悉。现答复如下：",
    "一、工作开展情况",
    "2025年，我局投入1,250.5万元，完成3座水库的加固，河道水质达标率提高到92.5%。该工程共分三期实施，其中第一期由县水利局"
    "负责，第二期由沿线各镇负责，总长度12.8公里，计划2027年12月31日前全部完工。",
    "二、下一步工作",
    "（一）2026年9月底前，完成柳溪河道8公里的清淤，并于2027年6月30日前验收。",
    "（二）每季度向社会公布一次水质结果，“柳溪”APP同步更新。",
    "感谢您对水利工作的关心和支持！",
)
ENDING = ("海棠县水利局", "2026年5月20日", "（联系人：林晚，联系电话：0570-6013527）")
PARAGRAPHS = (NUMBER, TITLE, SALUTATION, *BODY, *ENDING)
TEXT = "\n".join(PARAGRAPHS)
ROWS = (("项目", "完成时间"), ("清淤8公里", "2026年9月底"))
RECORDED_DOC = Path(__file__).with_name("letter.doc")


def html(paragraphs: Sequence[str] = PARAGRAPHS, *, charset: str = "utf-8") -> bytes:
    """A page as government sites build them, with the site around the letter."""
    number, title, *rest = paragraphs
    lines = "".join(f"<p>　　<span>{line[:4]}</span><span>{line[4:]}</span></p>\n" for line in rest)
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_海棠县人民政府</title>
        <meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2026-05-28 10:30">
        <style>p {{ margin: 0 }}</style></head><body>
        <div class="top"><a href="/">首页</a> <a href="/zw">政务公开</a></div>
        <div class="TRS_Editor"><p>{number}</p><h2>{title}</h2>{lines}</div>
        <script>var pages = "1";</script><div class="foot"><a href="/map">网站地图</a> 版权所有</div></body></html>"""
    return page.encode(charset)


def new_word(paragraphs: Sequence[str] = PARAGRAPHS, *, rows: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, row in zip(rows, table.rows, strict=True):
            for text, cell in zip(cells, row.cells, strict=True):
                cell.text = text
    return saved(document.save)


def with_body(word: bytes, extra: str) -> bytes:
    """A Word file with `extra` XML at the end of its body."""
    return with_part(word, "word/document.xml", lambda xml: xml.replace("<w:sectPr", extra + "<w:sectPr", 1))


def with_part(word: bytes, part: str, change: Callable[[str], str]) -> bytes:
    parts = unzipped(word)
    return zipped({**parts, part: change(parts[part].decode()).encode()})


def pdf(paragraphs: Sequence[str] = PARAGRAPHS, *, rows: Sequence[Sequence[str]] = (), password: str = "") -> bytes:
    """A letter as an office prints it: centred title, indented paragraphs, signature on the right, page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
    styles = {
        TITLE: ParagraphStyle("title", parent=body, firstLineIndent=0, alignment=1, fontSize=22),
        SALUTATION: ParagraphStyle("flush", parent=body, firstLineIndent=0),
        **dict.fromkeys(ENDING[:2], ParagraphStyle("right", parent=body, firstLineIndent=0, alignment=2)),
    }
    story: list[object] = [Paragraph(text, styles.get(text, body)) for text in paragraphs]
    if rows:
        story.append(Table(rows, style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 14)], colWidths=150))

    def number_page(canvas: Canvas, _: object) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawCentredString(297, 40, f"— {canvas.getPageNumber()} —")

    def write(stream: io.BytesIO) -> None:
        template = SimpleDocTemplate(stream, encrypt=password or None)
        template.build(story, onFirstPage=number_page, onLaterPages=number_page)

    return saved(write)


def scan() -> bytes:
    def write(stream: io.BytesIO) -> None:
        canvas = Canvas(stream)
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
        canvas.save()

    return saved(write)


def zipped(files: Mapping[str, bytes]) -> bytes:
    def write(stream: io.BytesIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
            for name, data in files.items():
                container.writestr(name, data)

    return saved(write)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


@cache
def old_word() -> bytes:
    """The letter as LibreOffice wrote it, with a table, a text box, a link and a tracked deletion."""
    return RECORDED_DOC.read_bytes()


@cache
def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """What LibreOffice makes of a file; skips where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine (Debian: apt-get install libreoffice-writer-nogui)")
    source = folder / f"letter.{suffix}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    kind, _, _ = target.partition(":")
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(f".{kind}").read_bytes()


def saved(write: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()


def stripped(text: str) -> list[str]:
    """The paragraphs of a text without indents and empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


_WHO = 'w:author="a" w:date="2026-01-01T00:00:00Z"'
TRACKED = f"""<w:p><w:r><w:t>完成</w:t></w:r>
<w:del w:id="91" {_WHO}><w:r><w:delText>5公里</w:delText></w:r></w:del>
<w:ins w:id="92" {_WHO}><w:r><w:t>8公里</w:t></w:r></w:ins>
<w:r><w:t>清淤。</w:t></w:r></w:p>"""
LINK = """<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText xml:space="preserve"> HYPERLINK "http://a.example" </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>详见</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>网站。</w:t></w:r></w:p>"""
