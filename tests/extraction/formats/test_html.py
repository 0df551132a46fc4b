"""Pages of government sites: the letter, its record and date, without the site around it."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.formats import html
from extraction.formats.content import Refusal, Refused
from tests.extraction.formats import making
from tests.extraction.formats.making import PARAGRAPHS, TITLE

PROMISE = (
    "我局将于2026年9月底前完成柳溪河道8公里的清淤，每季度向社会公布一次水质结果，"
    "并接受沿线群众监督，年底前向您书面报告。"
)


def read(body: str, head: str = "") -> list[str]:
    return html.read(f"<html><head>{head}</head><body>{body}</body></html>".encode()).text.splitlines()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_a_page_gives_the_letter_its_title_and_its_day(charset: str) -> None:
    content = html.read(making.html(charset=charset))

    assert content.text.splitlines() == list(PARAGRAPHS)
    assert (content.title, content.published_on) == (TITLE, date(2026, 5, 28))


def test_a_page_that_lies_about_its_encoding_is_read() -> None:
    page = making.html().replace(b'charset="utf-8"', b'charset="gb2312"')

    assert html.read(page).text.splitlines() == list(PARAGRAPHS)


def test_a_page_without_a_known_container_loses_only_what_is_mostly_links() -> None:
    page = making.html().replace(b"TRS_Editor", b"x9")

    assert html.read(page).text.splitlines() == [*PARAGRAPHS, "网站地图 版权所有"]


def test_the_container_with_the_letter_wins_over_an_empty_better_one() -> None:
    page = f'<div class="TRS_Editor"></div><div class="article-content"><p>{PROMISE}</p></div><p>相关阅读</p>'

    assert read(page) == [PROMISE]


def test_a_title_outside_of_the_letter_comes_first() -> None:
    lines = read(f'<h1>{TITLE}</h1><a href="/">首页</a><div id="zoom"><p>{PROMISE}</p></div>')

    assert lines == [TITLE, "", PROMISE]


def test_the_public_record_above_a_letter_is_kept() -> None:
    record = "<tr><td>索引号：<td>1-2026<tr><td>发布机构：<td>县水利局<tr><td>公开方式：<td>主动公开"

    assert read(f'<div><table>{record}</table></div><div id="zoom">{PROMISE}</div>') == [
        "索引号：\t1-2026",
        "发布机构：\t县水利局",
        "公开方式：\t主动公开",
        PROMISE,
    ]


def test_a_table_is_one_line_a_row() -> None:
    assert read("<table><tr><th>项目<th><p>时间</p><tr><td>清<b>淤</b><td>9月底</table>") == [
        "项目\t时间",
        "清淤\t9月底",
    ]


def test_a_table_that_only_lays_out_text_keeps_its_paragraphs() -> None:
    assert read(f"<table><tr><td></td><td><p>{PROMISE}</p><p>二、加固</p></td></tr></table>") == [PROMISE, "二、加固"]


def test_word_paste_breaks_lines_only_after_blocks() -> None:
    paste = "<p><span>2024</span><span lang=EN-US>\n年</span><o:p></o:p>底前，\n完成<br>二、加固</p><div>三、验收&nbsp;"

    assert read(paste) == ["2024年底前，完成", "二、加固", "三、验收"]


def test_blanks_between_words_of_other_scripts_stay() -> None:
    assert read("<p>采用 Wi\n Fi&nbsp;&nbsp;6 技术</p>") == ["采用 Wi Fi 6 技术"]


def test_preformatted_lines_stay_lines() -> None:
    assert read("<pre>一、清淤\n二、加固</pre>") == ["一、清淤", "二、加固"]


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta name="PubDate" content="2026-05-28">', "", date(2026, 5, 28)),
        ('<meta name="pubdate" content="20260528103000">', "", date(2026, 5, 28)),
        ("", "<i>发布时间：2026年5月28日 来源：县水利局</i>", date(2026, 5, 28)),
        ('<meta name="PubDate" content="2026-15-48">', "", None),
        ("", "", None),
    ],
)
def test_the_day_of_publication(head: str, body: str, day: date | None) -> None:
    page = f"<html><head>{head}</head><body>{body}<p>{PROMISE}</p></body></html>"

    assert html.read(page.encode()).published_on == day


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta name="ArticleTitle" content="甲的答复"><title>乙</title>', "甲的答复"),
        ("<title>关于清淤的答复_海棠县人民政府门户</title>", "关于清淤的答复"),
        ("<title>关于清淤的答复-海棠县政府</title>", "关于清淤的答复"),
        ("", None),
    ],
)
def test_the_title_of_a_page(head: str, title: str | None) -> None:
    assert html.read(f"<html><head>{head}</head><body>{PROMISE}</body></html>".encode()).title == title


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        html.read(b"<html><body><script>var a = 1</script><img src=a.png></body></html>")

    assert refused.value.reason is Refusal.NO_TEXT


def test_a_page_nested_a_hundred_thousand_deep_is_read() -> None:
    assert read("<span>" * 100_000 + PROMISE)[0].endswith(PROMISE)
