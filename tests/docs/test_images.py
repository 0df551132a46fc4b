"""The pictures of the documents: each is shown somewhere, what is shown is there, and none is heavy."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
MOST_BYTES = 300 * 1000


def test_every_picture_is_shown_and_every_picture_shown_is_there() -> None:
    shown = {name for page in PAGES for name in re.findall(r"images/([\w-]+\.png)", page.read_text("utf-8"))}

    assert shown == {path.name for path in IMAGES.iterdir()}


def test_no_picture_is_heavy() -> None:
    assert [path.name for path in IMAGES.iterdir() if path.stat().st_size > MOST_BYTES] == []
