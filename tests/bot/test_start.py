"""What the bot does not need for its first answer is not loaded before it."""

from __future__ import annotations

import subprocess
import sys

LATER = ("alembic", "extraction.reader", "extraction.deadlines", "jieba", "bot.playground", "xlsxwriter")


def test_a_start_loads_neither_migrations_nor_the_reader_nor_a_dictionary() -> None:
    program = f"import sys, bot.cli; print([name for name in {LATER} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"
