"""Every place that docs/architecture.md names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"`([a-z_]+(?:/[a-z_]+)*\.py):(\w+)`")
PLACES = sorted(set(PLACE.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))))


def test_the_page_names_its_hops() -> None:
    assert len(PLACES) > 30


@pytest.mark.parametrize(("file", "name"), PLACES)
def test_the_place_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))

    defined = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    assert name in defined
