"""The main job through the page, as three people would do it with their own hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.chrome import NARROW, Visitor

ADMIN, OFFICIAL, DELEGATE = "督查室 王芷", "周明远", "陈书宁"
PLAYGROUND = Path(__file__).parents[2] / "bot/playground"
NOTICE, LETTERS = PLAYGROUND / "web/notice.jpg", PLAYGROUND / "letters"


def load_and_confirm(visitor: Visitor) -> None:
    visitor.click("#letters button")
    visitor.reads(ADMIN, "答复已读完，请核对")
    visitor.press(ADMIN, "全部确认")
    visitor.reads(ADMIN, "已确认")


def bind_official(visitor: Visitor) -> None:
    visitor.press(OFFICIAL, "开始")
    visitor.press(OFFICIAL, "发送我的手机号")
    visitor.reads(OFFICIAL, "周明远，您好")


def invite_delegate(visitor: Visitor) -> None:
    """The admin's link is passed on in the dialogue that opens."""
    visitor.writes(ADMIN, "/invite 代表 陈书宁")
    visitor.click(visitor.reads(ADMIN, "邀请链接").find_element(By.CSS_SELECTOR, "button.in-text"))
    visitor.choose(DELEGATE)
    visitor.reads(DELEGATE, "陈书宁，您好")


def to_next_reminder(visitor: Visitor, day: str) -> None:
    visitor.until(lambda: day in visitor.shown("#leap-next"))
    visitor.click("#leap-next")
    visitor.reads(OFFICIAL, "承诺提醒")


def restart(visitor: Visitor) -> None:
    visitor.click("#restart")
    visitor.until(lambda: visitor.shown("#pulse") == "正在重启…")
    visitor.until(lambda: "已恢复，一条未丢" in visitor.shown("#machine-note"))
    visitor.at_rest()


def test_a_promise_is_loaded_reminded_reported_closed_asked_about_and_rated(visitor: Visitor) -> None:
    load_and_confirm(visitor)
    bind_official(visitor)
    invite_delegate(visitor)
    to_next_reminder(visitor, "9月30日")
    assert visitor.day() == "2024 年 9 月 30 星期一 08:30"

    visitor.replies(OFFICIAL, "承诺提醒", "办法已印发，文号澄科〔2024〕33号", NOTICE)
    visitor.reads(OFFICIAL, "进展已记下")
    visitor.press(OFFICIAL, "已办结")
    visitor.press(OFFICIAL, "确认办结")
    visitor.reads(OFFICIAL, "等待核对")
    restart(visitor)

    visitor.reads(ADMIN, "报办结，请核对")
    visitor.press(ADMIN, "看附件")
    visitor.until(lambda: visitor.phone(ADMIN).find_elements(By.CSS_SELECTOR, ".bubble:not([data-own]) .photo img"))
    visitor.press(ADMIN, "销号")
    visitor.press(ADMIN, "确认销号")
    visitor.reads(OFFICIAL, "承诺已办结")
    visitor.reads(DELEGATE, "承诺已办结")

    visitor.writes(DELEGATE, "孵化器管理办法印发了吗？")
    visitor.reads(DELEGATE, "“研究制定")
    visitor.press(DELEGATE, "基本满意")
    visitor.at_rest()
    assert not visitor.complaints()


def test_after_a_reload_every_message_and_button_is_still_there(visitor: Visitor) -> None:
    load_and_confirm(visitor)
    bind_official(visitor)

    visitor.reload()

    visitor.reads(OFFICIAL, "周明远，您好")
    visitor.press(ADMIN, "看承诺清单")
    visitor.reads(ADMIN, "孵化器管理办法")


def test_a_bot_that_is_killed_while_it_reads_a_letter_loses_nothing_and_does_nothing_twice(visitor: Visitor) -> None:
    visitor.click("#letters button")
    restart(visitor)

    assert visitor.shown("#machine-note") == "已恢复，一条未丢：没办完的 1 条已接着办完。"
    assert visitor.phone(ADMIN).text.count("答复已读完，请核对") == 1
    visitor.press(ADMIN, "全部确认")
    restart(visitor)
    visitor.reads(ADMIN, "已确认 5 项承诺")
    assert visitor.phone(ADMIN).text.count("找到 5 项承诺") == 0
    assert not visitor.complaints()


def test_messages_to_a_stopped_bot_are_answered_when_it_is_started(visitor: Visitor) -> None:
    visitor.click("#power")
    visitor.until(lambda: visitor.shown("#pulse") == "已断电")
    visitor.writes(ADMIN, "/help")

    visitor.click("#power")

    visitor.reads(ADMIN, "/load")
    visitor.until(lambda: visitor.shown("#pulse") == "运行中")
    assert visitor.shown("#machine-note") == "已恢复，一条未丢：没办完的 1 条已接着办完。"


def test_the_same_story_on_a_narrow_page(visitor: Visitor) -> None:
    visitor.resize(NARROW)
    visitor.click("#more")
    load_and_confirm(visitor)

    visitor.tab(OFFICIAL)
    bind_official(visitor)
    to_next_reminder(visitor, "9月30日")
    visitor.press(OFFICIAL, "知悉")
    visitor.until(lambda: "已记下您知悉" in visitor.phone(OFFICIAL).text)

    assert visitor.browser.execute_script("return document.documentElement.scrollWidth") == NARROW[0]
    visitor.tab(ADMIN)
    visitor.until(lambda: visitor.phone(ADMIN).is_displayed())


def test_the_tour_is_followed_to_its_end_and_can_be_left(visitor: Visitor) -> None:
    visitor.take_tour(3)
    visitor.click("[data-tour=leave]")
    assert "跟着走一遍" in visitor.shown("#tour")

    visitor.click("[data-tour=next]")
    visitor.choose("重来")
    visitor.wait_for('#tour[data-step="0"]')
    visitor.take_tour(8, since=1)

    assert "第 8 步，共 8 步" in visitor.shown("#tour")
    visitor.reads(DELEGATE, "承诺已办结")
    visitor.click("[data-tour=next]")
    assert "跟着走一遍" in visitor.shown("#tour")
    assert not visitor.complaints()


def test_the_tour_does_not_clear_away_what_the_visitor_did_without_asking(visitor: Visitor) -> None:
    load_and_confirm(visitor)

    visitor.click("[data-tour=next]")
    visitor.until(lambda: "导览从头讲起" in visitor.shown("dialog[open]"))
    visitor.click("dialog[open] .corner")

    assert "跟着走一遍" in visitor.shown("#tour")
    visitor.reads(ADMIN, "已确认")


def test_the_tour_survives_a_reload(visitor: Visitor) -> None:
    visitor.take_tour(2)

    visitor.reload()

    assert "人来确认" in visitor.shown("#tour")


def test_days_pass_by_themselves_until_they_are_told_to_stop(visitor: Visitor) -> None:
    visitor.click("#play")
    visitor.until(lambda: " 11 " in visitor.day())
    assert visitor.shown("#play") == "暂停"

    visitor.click("#play")

    assert visitor.shown("#play") == "播放"


def test_what_was_not_looked_at_is_marked_as_unread_until_it_is(visitor: Visitor) -> None:
    visitor.press(OFFICIAL, "开始")
    visitor.click("#letters button")
    visitor.reads(ADMIN, "答复已读完")
    badge = visitor.phone(ADMIN).find_element(By.CSS_SELECTOR, ".badge")
    assert badge.is_displayed()

    visitor.click(visitor.phone(ADMIN).find_element(By.CSS_SELECTOR, "textarea"))

    visitor.until(lambda: not badge.is_displayed())


def test_whoever_reads_further_up_is_not_torn_away_but_told_what_is_new_below(visitor: Visitor) -> None:
    visitor.take_tour(6)
    log = visitor.phone(ADMIN).find_element(By.CSS_SELECTOR, ".log")
    visitor.browser.execute_script("arguments[0].scrollTop = 0", log)
    newer = visitor.phone(ADMIN).find_element(By.CSS_SELECTOR, ".newer")
    visitor.until(newer.is_displayed)

    visitor.replies(OFFICIAL, "等待核对", "补充：办法全文已上网公开")
    visitor.reads(ADMIN, "补充：办法全文已上网公开")
    assert log.get_property("scrollTop") == 0
    visitor.click(newer)

    visitor.until(lambda: not newer.is_displayed())


def test_somebody_else_can_be_given_a_phone(visitor: Visitor) -> None:
    visitor.click("#add-person")
    visitor.choose("顾言")
    visitor.choose("添加")

    visitor.press("顾言", "开始")

    visitor.reads("顾言", "承办单位联系人")


@pytest.mark.parametrize("place", [".drop", ".rail", ".phone"])
def test_a_letter_may_be_dropped_on_a_phone_or_beside_it(visitor: Visitor, place: str) -> None:
    letter = (LETTERS / "1-科技局答复.txt").read_text("utf-8")

    assert visitor.drops(place, "拖来的.txt", letter)

    visitor.reads(ADMIN, "答复已读完")
    assert visitor.phone(ADMIN).text.count("拖来的.txt") == 1


def test_the_tools_of_a_narrow_page_give_the_focus_back_and_close_with_a_tap_beside_them(visitor: Visitor) -> None:
    visitor.resize(NARROW)
    visitor.click("#more")
    visitor.click("#add-person")
    visitor.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    visitor.until(lambda: visitor.browser.switch_to.active_element.get_attribute("id") == "more")

    visitor.click("#more")
    visitor.wait_for("#tools[data-open]")
    visitor.click("#month")

    visitor.wait_for("#tools:not([data-open])")


def test_a_file_is_taken_back_before_it_is_sent(visitor: Visitor) -> None:
    phone = visitor.phone(ADMIN)
    phone.find_element(By.CSS_SELECTOR, ".attach input").send_keys(str(NOTICE))
    visitor.click(phone.find_element(By.CSS_SELECTOR, ".chip button"))

    assert not phone.find_elements(By.CSS_SELECTOR, ".chip")


def test_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    field = visitor.phone(ADMIN).find_element(By.CSS_SELECTOR, "textarea")
    field.send_keys("/hel")
    commands = visitor.phone(ADMIN).find_elements(By.CSS_SELECTOR, ".commands button")
    assert [command.text.split()[0] for command in commands] == ["/help"]
    field.send_keys(Keys.ESCAPE)
    assert not commands[0].is_displayed()

    field.send_keys("p", Keys.ENTER)

    visitor.reads(ADMIN, "/load")
    assert visitor.browser.switch_to.active_element == visitor.phone(ADMIN).find_element(By.CSS_SELECTOR, "textarea")


def test_what_people_write_is_never_taken_for_html(visitor: Visitor) -> None:
    visitor.writes(ADMIN, "<img src=x onerror=alert(1)> & <b>")

    visitor.until(lambda: "<img src=x onerror=alert(1)> & <b>" in visitor.phone(ADMIN).text)
    assert not visitor.phone(ADMIN).find_elements(By.CSS_SELECTOR, ".log .text img")


def test_the_pages_own_words_are_there_in_english(visitor: Visitor) -> None:
    visitor.click("#language")
    try:
        assert visitor.shown("#leap-week") == "+1 week"
        assert visitor.browser.find_element(By.ID, "restart").size["height"] < 40  # one line
        assert visitor.browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    finally:
        visitor.click("#language")
    assert visitor.shown("#leap-week") == "+1 周"
