"""A headless Chromium, driven by selenium, and the page in it as people use it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

WIDE = (1440, 900)
NARROW = (390, 844)
PATIENCE_SECONDS = 20.0
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
)


def find_browser() -> tuple[str, str] | None:
    """Chromium and its driver, as Debian's packages chromium and chromium-driver bring them."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def open_browser(binaries: tuple[str, str], profile: Path) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location, driver = binaries
    for switch in (*SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options, ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()


class Visitor:
    """Somebody at the page: finds things by what they say, and waits until they are there."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser, self._address = browser, address

    def visit(self, size: tuple[int, int] = WIDE, *, dark: bool = False) -> None:
        self.resize(size)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        self.browser.get(self._address)
        self.until(lambda: self.browser.find_elements(By.CSS_SELECTOR, "body[data-ready]"))

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        given = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", given)

    def reload(self) -> None:
        self.browser.refresh()
        self.until(lambda: self.browser.find_elements(By.CSS_SELECTOR, "body[data-ready]"))

    def until(self, holds: Callable[[], Any]) -> Any:
        """What `holds()` answers as soon as that is something; what moves while it looks is looked at again."""
        wait = WebDriverWait(self.browser, PATIENCE_SECONDS, 0.05, ignored_exceptions=(Exception,))
        return wait.until(lambda _: holds())

    def phone(self, name: str) -> WebElement:
        found: WebElement = self.until(
            lambda: self.browser.find_element(By.CSS_SELECTOR, f'section.phone[aria-label="{name}的手机"]')
        )
        return found

    def reads(self, name: str, words: str) -> WebElement:
        """Waits for a message of the bot with these words on a phone; the newest one."""
        newest = """
            const bubbles = [...arguments[0].querySelectorAll(".bubble:not([data-own])")];
            return bubbles.reverse().find((one) => one.textContent.includes(arguments[1])) ?? null;
        """
        found: WebElement = self.until(lambda: self.browser.execute_script(newest, self.phone(name), words))
        return found

    def press(self, name: str, words: str) -> None:
        """The newest button or key with these words on a phone."""
        newest = """
            const buttons = [...arguments[0].querySelectorAll(".buttons button, .keys button, .starter")];
            return buttons.reverse().find((one) => one.textContent.includes(arguments[1])) ?? null;
        """

        def look() -> bool:
            button = self.browser.execute_script(newest, self.phone(name), words)
            if button is not None:
                self.click(button)
            return button is not None

        self.until(look)

    def writes(self, name: str, text: str, *files: Path) -> None:
        phone = self.phone(name)
        for file in files:
            phone.find_element(By.CSS_SELECTOR, ".attach input").send_keys(str(file))
        field = phone.find_element(By.CSS_SELECTOR, "textarea")
        field.send_keys(text, Keys.ENTER)

    def click(self, target: WebElement | str) -> None:
        element = target if isinstance(target, WebElement) else self.browser.find_element(By.CSS_SELECTOR, target)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def shown(self, selector: str) -> str:
        return str(self.browser.find_element(By.CSS_SELECTOR, selector).text)

    def day(self) -> str:
        return self.shown("#sheet").replace("\n", " ")

    def begin_afresh(self) -> None:
        generation = self.browser.find_element(By.TAG_NAME, "body").get_attribute("data-ready")
        self.click("#reset")
        self.choose("重来")
        self.wait_for(f'body:not([data-ready="{generation}"])')

    def drops(self, on: str, name: str, text: str) -> bool:
        """Drags a file over an element and lets it go; whether the page took it instead of the browser."""
        script = """
            const [target, name, text] = arguments;
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], name, { type: "text/plain" }));
            const given = { dataTransfer, bubbles: true, cancelable: true };
            return ["dragover", "drop"].every((kind) => !target.dispatchEvent(new DragEvent(kind, given)));
        """
        return bool(self.browser.execute_script(script, self.browser.find_element(By.CSS_SELECTOR, on), name, text))

    def choose(self, words: str) -> None:
        """A button of the open dialogue."""

        def look() -> bool:
            buttons = self.browser.find_elements(By.CSS_SELECTOR, "dialog[open] form button")
            fitting = [one for one in buttons if one.text == words]
            if fitting:
                fitting[0].click()
            return bool(fitting)

        self.until(look)

    def replies(self, name: str, to_words: str, text: str, *files: Path) -> None:
        self.click(self.reads(name, to_words).find_element(By.CSS_SELECTOR, ".reply"))
        self.writes(name, text, *files)

    def tab(self, name: str) -> None:
        """On the narrow page: the phone of that tab, once it has come to rest."""
        tab = next(one for one in self.browser.find_elements(By.CSS_SELECTOR, "#tabs button") if name in one.text)
        tab.click()
        self.until(lambda: tab.get_attribute("aria-current") == "true")

    def take_tour(self, steps: int, *, since: int = 0) -> None:
        """Begin the tour, or go on with its step `since`, up to a step."""
        for step in range(since, steps + 1):
            self.until(lambda: self.browser.find_element(By.CSS_SELECTOR, "[data-tour=next]").is_enabled())
            self.click("[data-tour=next]")
            self.wait_for(f'#tour[data-step="{step}"]')
        self.at_rest()

    def at_rest(self) -> None:
        """The bot has nothing to do, and all pictures are there."""
        self.wait_for('#pulse[data-state="running"]')
        self.until(lambda: self.browser.execute_script("return [...document.images].every((one) => one.complete)"))

    def undisturbed(self) -> None:
        """At rest, and no small notice lies over a chat any more."""
        self.at_rest()
        self.until(lambda: not self.browser.find_elements(By.CSS_SELECTOR, ".notice:not([hidden])"))

    def wait_for(self, selector: str) -> None:
        self.until(lambda: self.browser.find_elements(By.CSS_SELECTOR, selector))

    def complaints(self) -> list[str]:
        """What the browser wrote into its console: scripts that failed, what the policy held back."""
        lines = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        return [str(line["message"]) for line in lines if line["level"] == "SEVERE"]
