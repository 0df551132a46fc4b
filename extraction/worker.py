"""The program of one worker process: takes a function and its arguments from a pipe, answers with what it returns.

It starts as a fresh interpreter, so it inherits neither the chat's memory nor its open files.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO

READY = b"ready\n"


class Outcome(StrEnum):
    RETURNED = "returned"
    RAISED = "raised"
    OUT_OF_MEMORY = "out_of_memory"


def serve(memory: int, seconds: float) -> None:
    """Answer tasks until the pipe closes."""
    tasks, answers = sys.stdin.buffer, _private_output()
    # Ctrl+C reaches the whole group of processes; the parent decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    with contextlib.suppress(EOFError, BrokenPipeError):
        answers.write(READY)
        answers.flush()
        while True:
            function, arguments = pickle.load(tasks)  # noqa: S301 - our own parent wrote it
            _alarm(seconds + 5)
            answer = _answer(function, arguments)
            _alarm(0)
            answers.write(answer)
            answers.flush()


def _private_output() -> BinaryIO:
    """The answers' pipe, out of reach of libraries that print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _limit_memory(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system knows the limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _alarm(seconds: float) -> None:
    """A task that hangs ends this process by itself, should the parent be gone before it can; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    try:
        return pickle.dumps((Outcome.RETURNED, function(*arguments)))
    except MemoryError:
        return pickle.dumps((Outcome.OUT_OF_MEMORY, None))
    # Whatever the function raises belongs to its caller on the other side of the pipe.
    except Exception as error:
        return _raised(error)


def _raised(error: Exception) -> bytes:
    try:
        answer = pickle.dumps((Outcome.RAISED, error))
        pickle.loads(answer)  # noqa: S301 - some exceptions pickle well and cannot be read back
    except Exception:
        return pickle.dumps((Outcome.RAISED, RuntimeError(repr(error))))
    return answer
