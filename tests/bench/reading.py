"""How fast letters are read: python tests/bench/reading.py [FOLDER …] [--json] [--rounds N]

In one process, on the same text: characters a second of the whole reader, of one jieba.lcut pass, and of JioNLP's
ner.extract_time where it is installed; and whether a hundred times the text takes at most 110 times the time.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from extraction.reader import read_letter  # noqa: E402 - a script finds the project beside itself

LOADED_ON = date(2024, 6, 30)
OWN_LETTERS = ROOT / "tests" / "extraction" / "letters"
LEDGER = ROOT.parent / "shared" / "ledger"


def letters_in(folders: list[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]


def default_folders() -> list[Path]:
    return [folder for folder in (OWN_LETTERS, LEDGER / "seeds", LEDGER / "dev") if folder.is_dir()]


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Processor seconds of the fastest round; the first, which warms caches, does not count."""
    work()
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def read_all(texts: list[str]) -> None:
    for text in texts:
        read_letter(text, replied_on=LOADED_ON)


def peers() -> dict[str, Callable[[list[str]], object]]:
    """What the same text costs elsewhere, for those that are installed."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    found: dict[str, Callable[[list[str]], object]] = {"jieba.lcut": lambda texts: [jieba.lcut(t) for t in texts]}
    try:
        jionlp = importlib.import_module("jionlp")
    except ImportError:
        return found
    found["jionlp ner.extract_time"] = lambda texts: [jionlp.ner.extract_time(t) for t in texts]
    return found


def growth(texts: list[str], rounds: int) -> float:
    """Time of one letter's body repeated a hundred times, over a hundred times the time of the body."""
    body = max(texts, key=len)
    head, tail = body[: len(body) // 8], body[-len(body) // 8 :]
    middle = body[len(head) : -len(tail)]
    once = best_of(rounds * 5, lambda: read_all([head + middle * 4 + tail]))
    hundred = best_of(max(1, rounds // 2), lambda: read_all([head + middle * 400 + tail]))
    return hundred / once


def measure(texts: list[str], rounds: int) -> dict[str, float]:
    characters = sum(map(len, texts))
    result: dict[str, float] = {"letters": len(texts), "characters": characters}
    ours = best_of(rounds, lambda: read_all(texts))
    result["reader, characters/s"] = characters / ours
    for name, work in peers().items():
        theirs = best_of(rounds, lambda work=work: work(texts))  # type: ignore[misc]
        result[f"{name}, characters/s"] = characters / theirs
        result[f"reader / {name}"] = theirs / ours
    result["time for 100 times the text"] = growth(texts, rounds)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of .txt letters")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args()
    result = measure(letters_in(options.folders or default_folders()), options.rounds)
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in result.items()}))
        return
    for name, value in result.items():
        print(f"{name:36} {value:14,.2f}" if value < 1000 else f"{name:36} {value:14,.0f}")


if __name__ == "__main__":
    main()
