"""The letters that the page offers to drop in: the invented ones, or those of a folder."""

from __future__ import annotations

from pathlib import Path

from bot.playground.stage import LETTERS

KINDS = frozenset({".txt", ".html", ".htm", ".docx", ".doc", ".wps", ".pdf", ".zip"})
MOST = 40


def find_letters(folder: Path | None) -> dict[str, Path]:
    """By file name, in order; more than a page can offer are left out."""
    found = sorted(path for path in (folder or LETTERS).iterdir() if path.suffix.lower() in KINDS)
    return {path.name: path for path in found[:MOST]}
