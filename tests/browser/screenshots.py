"""`python -m tests.browser.screenshots [FOLDER]`: pictures of the running page, from a story that is played on it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver.common.by import By

from tests.browser.chrome import NARROW, WIDE, Visitor, find_browser, open_browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"


@contextmanager
def running_demo() -> Iterator[str]:
    """The address of `jiannuo demo` in a process of its own."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield line[line.index("http") :].strip()
        finally:
            process.terminate()


def take_tour(visitor: Visitor, steps: int) -> None:
    """Begin the tour and go on to a step."""
    for step in range(steps + 1):
        visitor.until(lambda: visitor.browser.find_element(By.CSS_SELECTOR, "[data-tour=next]").is_enabled())
        visitor.click("[data-tour=next]")
        visitor.until(lambda wanted=step: visitor.browser.find_element(By.CSS_SELECTOR, f'#tour[data-step="{wanted}"]'))
    at_rest(visitor)


def at_rest(visitor: Visitor) -> None:
    visitor.until(lambda: visitor.browser.find_elements(By.CSS_SELECTOR, '#pulse[data-state="running"]'))
    visitor.until(lambda: visitor.browser.execute_script("return [...document.images].every((one) => one.complete)"))


def shoot(visitor: Visitor, folder: Path, name: str) -> None:
    path = folder / f"{name}.png"
    visitor.browser.save_screenshot(str(path))
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


def main(folder: Path) -> None:
    binaries = find_browser()
    assert binaries, "needs chromium and chromedriver (Debian: apt-get install chromium chromium-driver fonts-noto-cjk)"
    folder.mkdir(parents=True, exist_ok=True)
    with running_demo() as address, tempfile.TemporaryDirectory() as profile:
        with open_browser(binaries, Path(profile)) as browser:
            visitor = Visitor(browser, address)
            visitor.visit(WIDE)
            take_tour(visitor, 6)
            shoot(visitor, folder, "page-wide-light")
            visitor.visit(WIDE, dark=True)
            shoot(visitor, folder, "page-wide-dark")
            visitor.visit(NARROW)
            shoot(visitor, folder, "page-phone")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
