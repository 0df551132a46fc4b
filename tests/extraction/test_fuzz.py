"""Whatever comes in, the reader answers with a reading or refuses with its own error."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.letters import Reading
from extraction.deadlines import read_deadline, read_period
from extraction.export import explain, to_json
from extraction.reader import NotALetter, read_letter
from tests.extraction.letter_maker import corpus, letter

PIECES = st.sampled_from([*corpus("pieces")["words"], "\n", " ", "\u3000"])
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def read_or_refuse(text: str, replied_on: date | None) -> Reading | None:
    try:
        return read_letter(text, replied_on=replied_on)
    except NotALetter:
        return None


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=80).map("".join), st.none() | DAYS)
def test_shuffled_letter_pieces_are_read_or_refused(body: str, replied_on: date | None) -> None:
    for text in (body, letter(body, signed=body[-20:])):
        reading = read_or_refuse(text, replied_on)
        if reading:
            to_json(reading, "fuzz")
            assert "".join(passage.text for passage in explain(reading, text)) == text


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300), st.none() | DAYS)
def test_any_text_is_read_or_refused(text: str, replied_on: date | None) -> None:
    read_or_refuse(text, replied_on)
    read_or_refuse(letter(text), replied_on)


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join), DAYS)
def test_any_phrase_gives_a_day_or_none(text: str, today: date) -> None:
    due = read_deadline(text, anchor=today).due_on
    period = read_period(text, today)

    assert due is None or due >= today
    assert period is None or period[0] <= period[1]
