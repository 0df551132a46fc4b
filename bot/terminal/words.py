"""What the terminal says of settings and of starting: apart from the chat's texts, so that it is there in no time."""

from __future__ import annotations

from pathlib import Path

from bot.settings import SettingsError

NO_TOKEN = (
    "缺少配置项 telegram.token。请运行 jiannuo init 填写 BotFather 给的令牌，或设置环境变量 JIANNUO_TELEGRAM__TOKEN。"
)
MISSING_ADMINS = "缺少配置项 access.admins。请填写至少一位管理员的 Telegram 数字编号，例如 admins = [123456789]。"
REFUSED_TOKEN = "Telegram 不认这个令牌，请检查配置项 telegram.token 是否完整，或在 BotFather 处重新生成。"
BAD_DATABASE = "配置项 storage.url 不对：请写 sqlite:///文件路径 或 postgresql://用户@主机/库名。"
LETTERS_NEED_THE_PAGE = "自己的答复样本只能在网页里试用：请去掉 --terminal，或者不写 --letters。"
BAD_PRETENDED_TIME = "演练时刻请写成 2024-10-01T08:29。"


def settings_error(error: SettingsError) -> str:
    """One sentence a problem, each naming its key."""
    if error.reason == "missing":
        return f"没有找到配置文件 {error.path}。请先运行 jiannuo init，或用 --config 指出它在哪里。"
    if error.reason == "unreadable":
        return f"配置文件 {error.path or ''} 读不懂，请检查引号和方括号是否成对：{error.__cause__}"
    words = {
        "unknown": "没有这个设置项，请检查拼写",
        "missing": "缺少这一项",
        "wrong": "的值不对，请看 config.example.toml 里的说明",
    }
    return "\n".join(f"配置项 {problem.key} {words[problem.kind]}。" for problem in error.problems)


def config_exists(path: Path) -> str:
    return f"{path} 已经存在，没有改动。要重写请加 --force。"


def config_written(path: Path) -> str:
    return f"已写好 {path}（仅本人可读）。运行 jiannuo run 启动，再给机器人发 /start。"


def demo_is_open(address: str) -> str:
    return f"试用页已经打开：{address}\n只在本机可见，不用令牌；数据在临时文件夹里，按 Ctrl+C 结束后清除。"


def port_taken(port: int) -> str:
    return f"不能用端口 {port}，可能已被占用。请换一个，或去掉 --port，由程序挑选。"


def ledger_closed(error: Exception) -> str:
    return (
        f"打不开台账：{str(error).splitlines()[0]}\n请检查 storage.url、文件权限或数据库服务；jiannuo doctor 逐项检查。"
    )
