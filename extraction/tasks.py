"""What a worker process is asked to do with a text: the reader's rules are loaded there, not in who asks."""

from __future__ import annotations

from datetime import date

from commitments.letters import Reading


def find_reading(text: str, replied_on: date | None) -> Reading | None:
    """What the reader finds in a text; None for one that is no letter."""
    from extraction.reader import NotALetter, read_letter

    try:
        return read_letter(text, replied_on=replied_on)
    except NotALetter:
        return None
