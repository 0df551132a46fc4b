"""Pages of government sites: the letter without the site around it."""

from __future__ import annotations

import re
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.html_lines import lines_of, squeezed
from extraction.formats.paragraphs import tidy
from extraction.formats.plain import decode

# The editors and site builders behind most government sites, the most telling name first.
_CONTAINERS = (
    "#UCAP-CONTENT",
    ".TRS_UEDITOR",
    ".TRS_Editor",
    ".view.TRS_UEDITOR",
    "#zoom",
    "#Zoom",
    "#zoomcon",
    "#BodyLabel",
    "#ivs_content",
    "#js_content",
    ".pages_content",
    ".article-content",
    ".article_content",
    ".articleContent",
    ".article-con",
    ".article_con",
    ".news_content",
    ".news-content",
    ".zwxl-article",
    ".wzcon",
    ".xxgk_content",
    ".content-txt",
    ".main-txt",
    "#articleContent",
    "#article_content",
    "#article",
    "#artibody",
    "#content",
    "article",
    ".article",
    ".content",
)
_SHORTEST_LETTER = 60
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DAY = re.compile(r"(20\d\d|19\d\d)\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})")
_PUBLISHED = re.compile(r"(?:发布|公开|发文|更新)(?:日期|时间)\s*[:：\]】]?\s*([^\n]{8,20})")
_DATE_METAS = ("pubdate", "publishdate", "publish_date", "firstpublishedtime", "article:published_time")
_RECORD_LABELS = re.compile(
    r"索\s*引\s*号|发布机构|成文日期|发布日期|公开日期|公开方式|公开属性|发文字号|文\s*号|主题分类|信息名称|有效性"
)
_RECORD_LABELS_NEEDED = 3
_LONGEST_RECORD = 600
_LETTER_WORDS = re.compile(r"答复|建议|提案|函")
_TITLE_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-—–]+\s+|-(?=[^-]*(?:政府|网))")


def read(data: bytes) -> Content:
    tree = LexborHTMLParser(decode(data, _declared_charset(data)))
    metas = _metas(tree)
    root = tree.body or tree.root
    if root is None:
        raise Refused(Refusal.NO_TEXT)
    title = _title(tree, metas)
    letter = _container(tree)
    text = "\n".join(_around(tree, letter, title) if letter is not None else lines_of(root, skip_links=True))
    if not text.strip():
        raise Refused(Refusal.NO_TEXT)
    return Content(tidy(text), title, _published_on(metas, root))


def _declared_charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        name, value = node.attrs.get("name") or node.attrs.get("property"), node.attrs.get("content")
        if name and value and value.strip():
            metas.setdefault(name.lower(), value.strip())
    return metas


def _title(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    if "articletitle" in metas:
        return metas["articletitle"]
    headings = (squeezed(node.text()) for node in tree.css("h1"))
    # A short first heading is the site's name, not the letter's.
    heading = next((text for text in headings if len(text) >= 8), None)
    page = tree.css_first("title")
    parts = _TITLE_PARTS.split(squeezed(page.text())) if page is not None else []
    return heading or max(parts, key=lambda part: (bool(_LETTER_WORDS.search(part)), len(part)), default="") or None


def _published_on(metas: dict[str, str], root: LexborNode) -> date | None:
    said = next((metas[name] for name in _DATE_METAS if name in metas), None)
    if said is None:
        line = _PUBLISHED.search(root.text())
        said = line[1] if line else ""
    return _day(said)


def _day(words: str) -> date | None:
    found = _DAY.search(words)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _container(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the letter: the most telling name among those that hold most of the text."""
    found = [node for selector in _CONTAINERS for node in tree.css(selector)]
    sizes = [len(squeezed(node.text())) for node in found]
    enough = max(_SHORTEST_LETTER, max(sizes, default=0) // 2)
    return next((node for node, size in zip(found, sizes, strict=True) if size >= enough), None)


def _around(tree: LexborHTMLParser, letter: LexborNode, title: str | None) -> list[str]:
    """The letter, and before it what its own page says outside of it: the public record and the title."""
    body = lines_of(letter)
    beginning = "".join("".join(body).split())[:600]
    head = _record(tree, beginning)
    if title and "".join(title.split()) not in beginning:
        head += ["", title, ""]
    return head + body


def _record(tree: LexborHTMLParser, beginning: str) -> list[str]:
    """The box with 索引号, 发布机构, 公开方式 that the disclosure rules put above a letter."""
    boxes = [(len(squeezed(node.text())), node) for node in tree.css("table, ul, dl, div")]
    fitting = [(size, node) for size, node in boxes if size <= _LONGEST_RECORD and _is_record(node)]
    if not fitting:
        return []
    lines = lines_of(min(fitting, key=lambda pair: pair[0])[1])
    return [] if "".join(lines[0].split()) in beginning else lines


def _is_record(node: LexborNode) -> bool:
    return len(set(_RECORD_LABELS.findall(node.text()))) >= _RECORD_LABELS_NEEDED
