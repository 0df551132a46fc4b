"""A running demo and a browser at its page; both are started once for all stories, each of which begins afresh."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.browser.axe import find_axe
from tests.browser.demo import running_demo

try:
    from tests.browser.chrome import Visitor, find_browser, open_browser
except ImportError:
    pytest.skip("no selenium in this environment (pip install selenium)", allow_module_level=True)


@pytest.fixture(scope="session")
def demo_address() -> Iterator[str]:
    with running_demo() as address:
        yield address


@pytest.fixture(scope="session")
def shared_visitor(demo_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    binaries = find_browser()
    if binaries is None:
        _skip("no chromium with its driver on this machine (Debian: apt-get install chromium chromium-driver)")
    with open_browser(binaries, tmp_path_factory.mktemp("profile")) as browser:
        yield Visitor(browser, demo_address)


@pytest.fixture
def visitor(shared_visitor: Visitor) -> Visitor:
    """At the page, wide and light, everything at its beginning."""
    shared_visitor.visit()
    shared_visitor.begin_afresh()
    return shared_visitor


@pytest.fixture(scope="session")
def axe() -> Path:
    found = find_axe()
    if found is None:
        _skip("no axe-core on this machine (npm install --prefix .ci axe-core)")
    return found


def _skip(reason: str) -> NoReturn:
    """A developer's machine may lack it; CI may not."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have it: {reason}")
    pytest.skip(reason)
