"""`jiannuo demo` as people start and end it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from bot.playground.web.demo import USUAL_PORT

COMMAND = (sys.executable, "-m", "bot", "demo")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_it_says_where_the_page_is_and_leaves_nothing_behind(tmp_path: Path, ending: signal.Signals) -> None:
    environment = {"TMPDIR": str(tmp_path), "PATH": "", "LANG": "C.UTF-8"}
    with subprocess.Popen([*COMMAND, "--port", "0"], stdout=subprocess.PIPE, encoding="utf-8", env=environment) as demo:
        assert demo.stdout is not None
        assert "http://127.0.0.1:" in demo.stdout.readline()
        assert list(tmp_path.iterdir()) != []

        demo.send_signal(ending)

        assert demo.wait(20) == 0
    assert list(tmp_path.iterdir()) == []


def test_without_a_wish_a_usual_port_that_is_taken_is_no_hindrance() -> None:
    with ExitStack() as stack:
        with suppress(OSError):  # somebody else has it already, which is as good
            stack.enter_context(socket.create_server(("127.0.0.1", USUAL_PORT)))
        demo = stack.enter_context(subprocess.Popen(COMMAND, stdout=subprocess.PIPE, encoding="utf-8"))
        assert demo.stdout is not None
        told = demo.stdout.readline()
        demo.terminate()

    assert "http://127.0.0.1:" in told
    assert str(USUAL_PORT) not in told


def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*COMMAND, "--port", str(port)], capture_output=True, encoding="utf-8", timeout=60)

    assert done.returncode == 1
    assert f"不能用端口 {port}，可能已被占用" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_letters_that_is_not_there_is_refused() -> None:
    done = subprocess.run([*COMMAND, "--letters", "/no/such/folder"], capture_output=True, encoding="utf-8", timeout=60)

    assert done.returncode == 2


def test_own_letters_and_the_story_in_the_terminal_do_not_go_together(tmp_path: Path) -> None:
    words = [*COMMAND, "--terminal", "--letters", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=60)

    assert done.returncode == 1
    assert "请去掉 --terminal" in done.stderr


def test_the_page_leaves_the_libraries_of_the_bot_to_the_bots_own_process() -> None:
    """The demo is to stay under 250 MB, and what both processes import is there twice."""
    heavy = "{'sqlalchemy', 'telegram', 'jieba', 'httpx', 'extraction', 'jobs'}"
    program = f"import sys, bot.cli, bot.playground.web.demo; print({heavy} & sys.modules.keys() or 'none')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=60)

    assert done.stdout == "none\n", done.stderr
