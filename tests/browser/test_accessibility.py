"""No barriers that axe-core can find: both widths, both colour schemes, both languages, with dialogs and menus open."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.browser.axe import find_barriers
from tests.browser.chrome import NARROW, WIDE, Visitor


def test_the_page_in_the_middle_of_the_story(visitor: Visitor, axe: Path) -> None:
    visitor.take_tour(6)

    barriers = {}
    for size, dark in product((WIDE, NARROW), (False, True)):
        visitor.visit(size, dark=dark)
        barriers[size, dark] = find_barriers(visitor.browser, axe)

    assert not any(barriers.values()), barriers


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_before_anything_happened(visitor: Visitor, axe: Path, dark: bool) -> None:
    visitor.visit(dark=dark)

    assert find_barriers(visitor.browser, axe) == []


def test_the_command_menu_and_the_bars_over_the_text_field(visitor: Visitor, axe: Path) -> None:
    visitor.click(".phone .composer .menu")
    visitor.click(".bubble .reply")
    visitor.click(".phone .composer .menu")

    assert find_barriers(visitor.browser, axe) == []


@pytest.mark.parametrize("button", ["#add-person", "#reset"])
def test_dialogs(visitor: Visitor, axe: Path, button: str) -> None:
    visitor.click(button)
    visitor.until(lambda: visitor.browser.find_element(By.CSS_SELECTOR, "dialog[open]"))

    assert find_barriers(visitor.browser, axe) == []


def test_the_sheet_of_the_narrow_page(visitor: Visitor, axe: Path) -> None:
    visitor.resize(NARROW)
    visitor.click("#more")

    assert find_barriers(visitor.browser, axe) == []


def test_the_page_in_english(visitor: Visitor, axe: Path) -> None:
    visitor.click("#language")
    try:
        assert find_barriers(visitor.browser, axe) == []
    finally:
        visitor.click("#language")
