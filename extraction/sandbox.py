"""Foreign files are read in worker processes with time and memory limits: a hostile one costs itself and nothing else.

A worker is a fresh interpreter rather than a fork: the chat runs threads, and its program need not be imported again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import IO, Self, TypeVar, TypeVarTuple, cast

from extraction.documents import Document, File, Refusal, UnreadableDocument, read_file, readable, unpack
from extraction.worker import READY, Outcome

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

SECONDS = 20.0
MEMORY = 1024**3


class Readers:
    """A small pool of workers; they start when first needed and are replaced when a file kills them.

    `read` and `run` wait without blocking the event loop, `read_now` and `run_now` block the calling thread.
    """

    def __init__(self, workers: int = 2, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._places: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._places.put(None)
        self._threads = ThreadPoolExecutor(workers, "readers")
        self._alive: set[_Worker] = set()
        self._closing = threading.Lock()
        self._closed = False

    async def read(self, data: bytes, name: str) -> list[Document]:
        """The readable documents of a file, as `read_document`; too much time or memory is one UnreadableDocument."""
        return readable(await self.read_each(data, name))

    async def read_each(self, data: bytes, name: str) -> list[Document | UnreadableDocument]:
        """As `read`, with the refusals of single files of an archive in their places; each file has its own limits."""
        found = await self._in_thread(partial(self._unpack, data, name))
        return await asyncio.gather(*(self._in_thread(partial(self._read, file)) for file in found))

    async def run(self, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """What a pure top-level function returns or raises; a limit is an UnreadableDocument without a name."""
        return await self._in_thread(partial(self.run_now, function, *arguments))

    def read_now(self, data: bytes, name: str) -> list[Document]:
        return readable([self._read(file) for file in self._unpack(data, name)])

    def run_now(self, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        worker = self._places.get()
        try:
            if worker is None or not worker.usable:
                worker = self._hire(worker)
            return worker.run(function, *arguments, seconds=self._seconds)
        finally:
            self._places.put(worker)

    def close(self) -> None:
        """End all workers; a task under way ends as UnreadableDocument(BROKEN)."""
        with self._closing:
            self._closed = True
            for worker in self._alive:
                worker.close()
            self._alive.clear()
        self._threads.shutdown()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await asyncio.to_thread(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _unpack(self, data: bytes, name: str) -> list[File | UnreadableDocument]:
        if not data.startswith(b"PK"):  # no zip, so nothing that would need a worker to be taken apart
            return [File(name, data)]
        try:
            return self.run_now(unpack, data, name)
        except UnreadableDocument as refusal:
            return [_named(refusal, name)]

    def _read(self, file: File | UnreadableDocument) -> Document | UnreadableDocument:
        if isinstance(file, UnreadableDocument):
            return file
        try:
            return self.run_now(read_file, file.data, file.name)
        except UnreadableDocument as refusal:
            return _named(refusal, file.name)

    async def _in_thread(self, call: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _hire(self, gone: _Worker | None) -> _Worker:
        with self._closing:
            if self._closed:
                raise RuntimeError("these readers are closed")
            if gone is not None:
                gone.close()
                self._alive.discard(gone)
            worker = _Worker(self._memory, self._seconds)
            self._alive.add(worker)
        return worker


def _named(refusal: UnreadableDocument, name: str) -> UnreadableDocument:
    """Limits are reached in a worker that knows no file names."""
    return UnreadableDocument(refusal.reason, refusal.name or name, refusal.detail)


class _Worker:
    def __init__(self, memory: int, seconds: float) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter, with numbers of our own
            [sys.executable, "-c", f"from extraction.worker import serve; serve({memory}, {seconds})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._tasks = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self._trusted = True
        self._ready = False

    @property
    def usable(self) -> bool:
        return self._trusted and self._process.poll() is None

    def run(self, function: Callable[[*Arguments], Result], *arguments: *Arguments, seconds: float) -> Result:
        task = pickle.dumps((function, arguments))
        self._wait_until_ready()
        limit = _Limit(seconds, self._process)
        try:
            outcome, value = self._exchange(task)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            reason = Refusal.TOO_COMPLEX if limit.reached else Refusal.BROKEN
            self._trusted = False
            raise UnreadableDocument(reason, detail="time" if limit.reached else "crash") from error
        finally:
            limit.lift()
            if limit.reached or not self._trusted:
                self.close()
        return cast("Result", self._unwrap(outcome, value))

    def close(self) -> None:
        self._process.kill()  # it holds nothing that would need an orderly end
        self._process.wait()
        for stream in (self._tasks, self._answers):
            with contextlib.suppress(OSError):
                stream.close()

    def _wait_until_ready(self) -> None:
        if not self._ready and self._answers.readline() != READY:
            self.close()
            raise RuntimeError("a worker process did not start; what it printed says why")
        self._ready = True

    def _exchange(self, task: bytes) -> tuple[Outcome, object]:
        self._tasks.write(task)
        self._tasks.flush()
        return cast("tuple[Outcome, object]", pickle.load(self._answers))  # noqa: S301 - from our own worker

    def _unwrap(self, outcome: Outcome, value: object) -> object:
        if outcome is Outcome.RETURNED:
            return value
        if outcome is Outcome.RAISED:
            raise cast("Exception", value)
        self._trusted = False  # what is left of it after running out of memory is not worth trusting
        raise UnreadableDocument(Refusal.TOO_COMPLEX, detail="memory")


class _Limit:
    """Kills a process when its time is up, unless lifted before."""

    def __init__(self, seconds: float, process: subprocess.Popen[bytes]) -> None:
        self.reached = False
        self._process = process
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.start()

    def lift(self) -> None:
        self._timer.cancel()
        self._timer.join()  # after this it can no longer hit a worker that has gone on to the next task

    def _kill(self) -> None:
        self.reached = True
        self._process.kill()
