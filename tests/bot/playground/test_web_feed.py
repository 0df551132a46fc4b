"""The stream of news: everybody hears everything, and whoever sleeps too long is let go."""

from __future__ import annotations

from bot.playground.web import feed as feed_module
from bot.playground.web.feed import Feed, worded


async def test_every_reader_hears_what_is_told_while_it_reads() -> None:
    feed = Feed()
    feed.tell("clock", "before")
    async with feed.reader() as first, feed.reader() as second:
        feed.tell("clock", {"day": "2024-07-09"})

    assert first.qsize() == second.qsize() == 1
    assert await first.get() == 'event: clock\ndata: {"day": "2024-07-09"}\n\n'


async def test_a_reader_that_is_too_far_behind_is_let_go() -> None:
    feed = Feed()
    async with feed.reader() as sleeper:
        for _ in range(feed_module.LONGEST_BACKLOG + 5):
            feed.tell("busy", True)

        told = [await sleeper.get() for _ in range(sleeper.qsize())]

    assert told[-1] is None
    assert len(told) == feed_module.LONGEST_BACKLOG + 1


async def test_closing_ends_every_reader() -> None:
    feed = Feed()
    async with feed.reader() as reader:
        feed.close()

        assert await reader.get() is None


def test_line_ends_within_a_text_do_not_end_the_event() -> None:
    assert worded("message", {"text": "一\n\n二"}).count("\n") == 3
