"""`python -m tests.browser.screenshots [FOLDER]`: pictures of the running page, from a story that is played on it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.browser.chrome import NARROW, WIDE, Visitor, find_browser, open_browser
from tests.browser.demo import running_demo

TALL = (1440, 2400)
"""So tall that a whole card is in view."""
IMAGES = Path(__file__).parents[2] / "docs" / "images"


def shoot(visitor: Visitor, folder: Path, name: str) -> None:
    visitor.undisturbed()
    path = folder / f"{name}.png"
    visitor.browser.save_screenshot(str(path))
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


CARDS = {
    "card-confirmed": ("督查室 王芷", "已确认"),
    "card-digest": ("周明远", "承诺提醒"),
    "card-check": ("督查室 王芷", "报办结，请核对"),
}
"""Real cards of the story: whose phone, and words of the newest message that is meant."""


def shoot_card(visitor: Visitor, folder: Path, name: str) -> None:
    """One message with its buttons, as it stands in the chat."""
    phone, words = CARDS[name]
    bubble = visitor.reads(phone, words)
    card = visitor.browser.execute_script("return arguments[0].closest('li, .message') ?? arguments[0]", bubble)
    visitor.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", card)
    visitor.undisturbed()
    path = folder / f"{name}.png"
    card.screenshot(str(path))
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


def main(folder: Path) -> None:
    binaries = find_browser()
    assert binaries, "needs chromium and chromedriver (Debian: apt-get install chromium chromium-driver fonts-noto-cjk)"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        running_demo() as address,
        tempfile.TemporaryDirectory() as profile,
        open_browser(binaries, Path(profile)) as browser,
    ):
        visitor = Visitor(browser, address)
        visitor.visit(WIDE)
        visitor.take_tour(6)
        shoot(visitor, folder, "page-wide-light")
        visitor.resize(TALL)
        for name in CARDS:
            shoot_card(visitor, folder, name)
        visitor.visit(WIDE, dark=True)
        shoot(visitor, folder, "page-wide-dark")
        visitor.visit(NARROW)
        shoot(visitor, folder, "page-phone")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
