"""The terminal: each command narrows its words and calls one function, imported then: --help and demo stay light."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from bot.settings import Settings, SettingsError, find_config, load_settings
from bot.terminal import CannotRun, words

app = typer.Typer(
    name="jiannuo",
    help="践诺：把建议、提案答复里的承诺记下来，到期提醒，随问随答。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True)

Files = Annotated[list[Path], typer.Argument(help="答复文件，可以有多个", metavar="FILE...")]
ReplyDate = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="答复没有写日期时用的日期")]
ConfigFile = Annotated[Path | None, typer.Option(help="配置文件，默认为当前目录的 config.toml")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def main() -> None:
    """The console script `jiannuo`."""
    app()


@app.command()
def init(
    config: Annotated[Path, typer.Option(help="写到哪个文件")] = Path("config.toml"),
    token: Annotated[str | None, typer.Option(help="BotFather 给的令牌")] = None,
    admin: Annotated[int | None, typer.Option(help="第一位管理员的 Telegram 数字编号")] = None,
    zone: Annotated[str | None, typer.Option(help="时区，例如 Asia/Shanghai")] = None,
    force: Annotated[bool, typer.Option(help="已有配置文件时也重写")] = False,
) -> None:
    """问几个问题，写好配置文件。"""
    from bot.terminal.writing import write_config

    if config.exists() and not force:
        _stop(words.config_exists(config))
    token = token or typer.prompt("BotFather 给的令牌")
    admin = admin if admin is not None else typer.prompt("第一位管理员的 Telegram 数字编号", type=int)
    zone = zone or typer.prompt("时区", default="Asia/Shanghai")
    try:
        write_config(config, token=token.strip(), admin=admin, zone=zone)
    except SettingsError as error:
        _stop(words.settings_error(error))
    typer.echo(words.config_written(config))


@app.command()
def run(
    config: ConfigFile = None,
    pretend_now: Annotated[str | None, typer.Option(help="演练：从这个时刻开始走，例如 2024-10-01T08:29")] = None,
) -> None:
    """运行机器人和它的时钟。"""
    settings = _settings(config)
    if not settings.telegram.token.get_secret_value():
        _stop(words.NO_TOKEN)
    if not settings.access.admins:
        _stop(words.MISSING_ADMINS)
    starts_at = _pretended(pretend_now, settings)
    # What a start makes is kept; to look through it for garbage again and again takes a fifth of the start.
    gc.disable()
    try:
        from bot.terminal.running import run_bot

        _run(run_bot(settings, starts_at))
    finally:
        gc.enable()


@app.command()
def demo(
    port: Annotated[
        int | None,
        typer.Option(help="试用页的端口，0 由系统挑选；不写为 8890，被占用时另选一个", min=0, max=65535),
    ] = None,
    letters: Annotated[Path | None, typer.Option(help="自己的答复样本文件夹", exists=True, file_okay=False)] = None,
    in_terminal: Annotated[bool, typer.Option("--terminal", help="不开网页，在终端里放一段")] = False,
    speed: Annotated[float, typer.Option(help="终端里的放映速度，1 为正常，0 为不停顿")] = 1.0,
) -> None:
    """试用：打开一个网页，三部手机和真的机器人；不用令牌，不用服务器。"""
    if in_terminal:
        if letters is not None:
            _stop(words.LETTERS_NEED_THE_PAGE)
        from bot.playground.story import play

        _run(play(speed))
        return
    from bot.playground.web.demo import show

    _run(show(port, letters))


@app.command()
def extract(
    files: Files,
    as_json: Annotated[bool, typer.Option("--json", help="每个文件一行 JSON")] = False,
    explain: Annotated[bool, typer.Option(help="写出每个字段的依据")] = False,
    reply_date: ReplyDate = None,
) -> None:
    """读答复，只看结果，不入库。"""
    from bot.terminal.extracting import extract as extract_files

    failed = extract_files(files, _day(reply_date), as_json=as_json, explain=explain)
    raise typer.Exit(1 if failed else 0)


@app.command()
def load(
    files: Files,
    confirm: Annotated[bool, typer.Option(help="直接确认，不等管理员核对")] = False,
    reply_date: ReplyDate = None,
    unit: Annotated[str | None, typer.Option(help="答复没有写单位时用的答复单位")] = None,
    config: ConfigFile = None,
) -> None:
    """把答复载入台账。"""
    from bot.terminal.loading import load as load_files
    from storage.ledger.replies import Given

    settings = _settings(config)
    failed = _run(load_files(settings, files, given=Given(_day(reply_date), unit), confirm=confirm))
    raise typer.Exit(1 if failed else 0)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="问题；写 - 则从标准输入一行读一个")],
    as_json: Annotated[bool, typer.Option("--json", help="每个答案一行 JSON")] = False,
    as_of: Day = None,
    config: ConfigFile = None,
) -> None:
    """问进展。"""
    from bot.terminal.asking import ask as ask_questions

    settings = _settings(config)
    questions = [line.rstrip("\n") for line in sys.stdin] if question == "-" else [question]
    _run(ask_questions(settings, questions, _day(as_of), as_json=as_json))


@app.command()
def reminders(
    on: Day = None,
    as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON")] = False,
    config: ConfigFile = None,
) -> None:
    """某一天会提醒谁什么、为什么；只看，不发。"""
    from bot.terminal.reminding import reminders as show_reminders

    _run(show_reminders(_settings(config), _day(on), as_json=as_json))


@app.command()
def doctor(config: ConfigFile = None) -> None:
    """逐项检查配置、连接、台账和时钟，并说明怎么办。"""
    from bot.terminal.doctor import examine

    wrong = _run(examine(_settings(config), find_config(config)))
    raise typer.Exit(1 if wrong else 0)


def _settings(config: Path | None) -> Settings:
    try:
        return load_settings(config)
    except SettingsError as error:
        _stop(words.settings_error(error))


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return asyncio.run(work)
    except CannotRun as problem:
        _stop(str(problem))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _stop(sentence: str) -> NoReturn:
    """One Chinese sentence on standard error, exit status 1."""
    errors.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _pretended(written: str | None, settings: Settings) -> datetime | None:
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        _stop(words.BAD_PRETENDED_TIME)
    return (moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)).astimezone(UTC)
