"""What `jiannuo doctor` says of each thing that it looks at, and what is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from storage.migrating import Standing

CONFIG = "配置"
TOKEN = "令牌"
ADMINS = "管理员"
ZONE = "时区"
CALENDAR = "节假日"
DISK = "磁盘"
FONTS = "字体"
TELEGRAM = "连接"
DRIFT = "时钟"
LEDGER = "台账"
HISTORY = "经过"
SWEEP = "提醒检查"
OUTBOX = "待发消息"

TOKEN_REFUSED = "Telegram 不认这个令牌。请核对 telegram.token，或在 BotFather 处重新生成。"
NO_CONNECTION = "连不上 Telegram。请检查网络和 telegram.base_url，稍后再试。"
BAD_ADDRESS = "storage.url 不对：请写 sqlite:///文件路径 或 postgresql://用户@主机/库名。"

STANDINGS = {
    Standing.EMPTY: "还没有建立，机器人第一次运行时建立。运行过的话，请检查 storage.url 和运行所在的文件夹。",
    Standing.OLDER: "表结构是旧版本的，机器人下次启动时升级。请先备份。",
    Standing.NEWER: "表结构来自更新的版本，这个版本读不了。请升级程序，或恢复升级前的备份。",
}


def config(path: Path | None) -> str:
    if path is not None:
        return f"用的是 {path.absolute()}。"
    return "这里没有 config.toml，用的是环境变量和默认值。配置在别处时，请到那个文件夹里运行，或加 --config 文件。"


def token(*, given: bool) -> str:
    return "已填写。" if given else "没有填写。请运行 jiannuo init，或设置 telegram.token。"


def admins(count: int) -> str:
    return f"{count} 位。" if count else "没有填写。请在 access.admins 里写至少一位的 Telegram 数字编号。"


def zone(name: str, now: datetime) -> str:
    return f"{name}，现在 {now:%Y-%m-%d %H:%M}。"


def calendar(unknown: Sequence[int]) -> str:
    if not unknown:
        return "今年和明年的放假安排都已知。"
    years = "、".join(f"{year} 年" for year in unknown)
    return f"{years}的放假安排未知，暂按周末推算。请把国务院办公厅的放假通知填到 [calendar]。"


def disk(free_bytes: int, *, low: bool) -> str:
    free = f"剩余 {free_bytes / 1024**3:.1f} GB"
    return f"{free}，快满了。请清理，或把 storage.files 移到别处。" if low else f"{free}。"


def fonts(families: int | None) -> str:
    if families is None:
        return "没有检查，这里没有 fc-list。只有在这台机器的浏览器里看试用页时才用得到。"
    if not families:
        return "没有中文字体，在这台机器的浏览器里看试用页会是方块。请安装 fonts-noto-cjk；Telegram 里的消息不受影响。"
    return f"有 {families} 种中文字体，在这台机器的浏览器里看试用页没有问题。"


def no_writing(folder: Path) -> str:
    return f"不能写入 {folder}，佐证存不下来。请检查这个文件夹的权限，或改 storage.files。"


def connected(username: str) -> str:
    return f"已连上，机器人是 @{username}。"


def drift(span: timedelta, *, wrong: bool) -> str:
    seconds = f"与服务器相差 {span.total_seconds():.0f} 秒。"
    return f"{seconds}请校准本机时间，否则提醒会早到或晚到。" if wrong else seconds


def history(events: int, broken_at: int | None, astray: int) -> str:
    if astray:
        return f"有 {astray} 项承诺与自己的经过不一致，可能有人绕过机器人改了数据库。请用最近的备份核对。"
    if broken_at is None:
        return f"{events} 条记录首尾相接，没有被改动。"
    return f"从编号 {broken_at} 起与前面对不上，记录可能被改动或删除过。请用最近的备份核对。"


def ledger(kind: str) -> str:
    return f"{kind}，可以打开，表结构是最新的。"


def ledger_closed(error: Exception) -> str:
    return f"打不开：{str(error).splitlines()[0]}。请检查 storage.url、文件权限或数据库服务。"


def sweep(covered_on: date | None, *, late: bool) -> str:
    if covered_on is None:
        return "还没有运行过。机器人运行后，每个工作日早上检查一次。"
    return f"最近一次为 {covered_on}。" + ("请确认机器人正在运行。" if late else "")


def outbox(waiting: int, failed: int) -> str:
    return f"等待 {waiting} 条，失败 {failed} 条。" + ("请在聊天里用 /outbox 查看原因并重发。" if failed else "")
