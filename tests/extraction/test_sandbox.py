"""Reading foreign files in worker processes: limits, crashes, and a clean end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from extraction.documents import Refusal, UnreadableDocument
from extraction.sandbox import Readers

LETTER = "海棠县水利局\n关于县人大第12号建议的答复\n您提出的建议收悉，我局将于2026年9月底前完成清淤。"


def add(left: int, right: int) -> int:
    return left + right


def process_id() -> int:
    return os.getpid()


def loop_forever() -> None:
    while True:
        pass


def eat_memory() -> int:
    return len(bytearray(8 * 1024**3))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def complain() -> None:
    raise LookupError("no such line")


def print_something() -> str:
    print("a library that talks")
    subprocess.run(["echo", "and its child"], check=True)
    return "done"


@pytest.fixture
def readers() -> Iterator[Readers]:
    with Readers(workers=1, seconds=5) as readers:
        yield readers


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_letter_read_in_a_worker_is_the_letter(readers: Readers) -> None:
    (document,) = await readers.read(LETTER.encode("gb18030"), "答复.txt")

    assert (document.name, document.text) == ("答复.txt", LETTER)


def test_the_terminal_reads_without_an_event_loop(readers: Readers) -> None:
    assert readers.read_now(LETTER.encode(), "答复.txt")[0].text == LETTER


async def test_a_refusal_crosses_over_with_all_its_details(readers: Readers) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        await readers.read(b"{\\rtf1 hello}", "答复.doc")

    assert (refused.value.reason, refused.value.name, refused.value.detail) == (
        Refusal.UNKNOWN_TYPE,
        "答复.doc",
        "rtf",
    )


async def test_a_function_runs_in_another_process(readers: Readers) -> None:
    assert await readers.run(add, 2, 3) == 5
    assert await readers.run(process_id) != os.getpid()


async def test_what_a_function_raises_reaches_its_caller(readers: Readers) -> None:
    with pytest.raises(LookupError, match="no such line"):
        await readers.run(complain)


async def test_an_idle_worker_is_used_again(readers: Readers) -> None:
    assert await readers.run(process_id) == await readers.run(process_id)


async def test_an_endless_task_costs_one_refusal_and_the_next_file_is_read() -> None:
    async with Readers(workers=1, seconds=0.5) as readers:
        first = await readers.run(process_id)
        with pytest.raises(UnreadableDocument) as refused:
            await readers.run(loop_forever)

        assert (refused.value.reason, refused.value.detail) == (Refusal.TOO_COMPLEX, "time")
        assert not is_running(first)
        assert await readers.run(add, 1, 1) == 2


async def test_a_hungry_task_costs_one_refusal_and_the_next_file_is_read(readers: Readers) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        await readers.run(eat_memory)

    assert (refused.value.reason, refused.value.detail) == (Refusal.TOO_COMPLEX, "memory")
    assert await readers.run(add, 1, 1) == 2


async def test_a_crash_costs_one_refusal_and_the_next_file_is_read(readers: Readers) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        await readers.run(crash)

    assert refused.value.reason is Refusal.BROKEN
    assert await readers.run(add, 1, 1) == 2


def test_a_worker_that_died_while_idle_costs_nothing(readers: Readers) -> None:
    worker = readers.run_now(process_id)
    os.kill(worker, signal.SIGKILL)
    os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)

    assert readers.run_now(add, 1, 1) == 2


async def test_a_library_that_prints_does_no_harm(readers: Readers) -> None:
    assert await readers.run(print_something) == "done"
    assert await readers.run(add, 1, 1) == 2


async def test_two_workers_work_at_the_same_time() -> None:
    async with Readers(workers=2, seconds=20) as readers:
        ids = await asyncio.gather(*(readers.run(process_id) for _ in range(40)))

    assert len(set(ids)) == 2


async def test_an_unfit_argument_is_refused_before_it_reaches_a_worker(readers: Readers) -> None:
    with pytest.raises((AttributeError, TypeError)):
        await readers.run(repr, (byte for byte in b"generators cannot travel"))

    assert await readers.run(add, 1, 1) == 2


async def test_closing_ends_even_a_busy_worker() -> None:
    readers = Readers(workers=1, seconds=60)
    worker = await readers.run(process_id)
    busy = asyncio.create_task(readers.run(loop_forever))
    await asyncio.to_thread(add, 0, 0)  # lets the task reach its thread

    readers.close()

    with pytest.raises((UnreadableDocument, RuntimeError)):
        await busy
    assert not is_running(worker)


async def test_closed_readers_refuse_work() -> None:
    readers = Readers(workers=1)
    readers.close()

    with pytest.raises(RuntimeError):
        await readers.run(add, 1, 1)
