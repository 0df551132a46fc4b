"""A small letter around a few sentences, and readers of the example files."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[1] / "corpus"
LETTERS = Path(__file__).parent / "letters"
REPLIED_ON = date(2024, 6, 15)

_HEADINGS = {"mixed": "一、关于有关事项", "report": "一、办理情况", "forward": "二、下一步工作打算"}


def corpus(name: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))


def letter(*lines: str, part: str = "mixed", signed: str = "2024年6月15日") -> str:
    """A reply of 云山县交通运输局 whose body is one section of that kind."""
    body = "\n".join((_HEADINGS[part], *lines))
    return (
        "李四海代表：\n您在县十届人大三次会议上提出的《关于改善出行条件的建议》（第16号）收悉，现答复如下：\n"
        f"{body}\n云山县交通运输局\n{signed}\n"
    )
