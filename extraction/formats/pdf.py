"""PDF files with a text layer: printed lines joined to the paragraphs that they were."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.paragraphs import tidy
from extraction.formats.pdf_lines import Line, Sign, paragraphs

_PDFIUM = threading.Lock()  # pdfium is not thread-safe, even for different files
_MOST_PAGES = 500
_MOST_SIGNS = 2_000_000
# Fewer readable signs a page than this, and pictures besides: a scan with a stamp or a page number over it.
_SIGNS_OF_A_TEXT_PAGE = 20
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd]")


def read(data: bytes) -> Content:
    with _PDFIUM:
        pages, pictures = _pages(data)
    lines = [line for page in pages for line in page]
    readable = sum(len(_UNMAPPED.sub("", line.text)) for line in lines)
    if readable < _SIGNS_OF_A_TEXT_PAGE * len(pages) and pictures:
        raise Refused(Refusal.SCANNED_PDF)
    text = tidy("\n".join(paragraphs(pages)))
    if len(_UNMAPPED.findall(text)) > readable or not text.strip():
        raise Refused(Refusal.NO_TEXT)
    return Content(text)


def _pages(data: bytes) -> tuple[list[list[Line]], bool]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # The code may still be that of the file before.
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        raise Refused(Refusal.PASSWORD if locked else Refusal.BROKEN, "pdf") from error
    try:
        if len(document) > _MOST_PAGES:
            raise Refused(Refusal.TOO_LARGE, "pages")
        pages = [_lines(page) for page in document]
        return pages, not all(pages) and any(_has_picture(page) for page in document)
    finally:
        document.close()


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lines(page: pypdfium2.PdfPage) -> list[Line]:
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > _MOST_SIGNS:
            raise Refused(Refusal.TOO_COMPLEX, "characters")
        return list(_split(_signs(textpage)))
    finally:
        textpage.close()


def _signs(textpage: pypdfium2.PdfTextPage) -> Iterator[Sign]:
    box = raw.FS_RECTF()
    for at in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, at)
        raw.FPDFText_GetLooseCharBox(textpage, at, box)
        yield Sign(chr(code), box.left, box.right, box.bottom, box.top)


def _split(signs: Iterator[Sign]) -> Iterator[Line]:
    line: list[Sign] = []
    for sign in signs:
        if sign.text in "\r\n":
            yield from Line.of(line)
            line = []
        else:
            line.append(sign)
    yield from Line.of(line)
