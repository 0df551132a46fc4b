"""Every short sentence that people read: answers to mistakes, notices on buttons, the help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cards.base import REQUEST_WORDS
from commitments.rulesets import RuleSet
from commitments.states import CommitmentState, Role
from commitments.verbs import RULES, Standing, Verb
from extraction.documents import Refusal
from storage.ledger.queries import EventView

ADMINS_ONLY = "载入和核对答复由督查室、代表工委办理。您可以直接问我承诺的进展。"
STRANGER = "您还没有绑定。请先点 /start，按提示发送本人手机号，或打开收到的邀请链接。"
BIND_FIRST = "请先绑定"
PRIVATE_ONLY = "请在与我的私聊里使用，群里不处理办件。"
UNKNOWN_COMMAND = "没有这个命令。/help 看现在能做什么，也可以直接用一句话问我。"
OLD_BUTTON = "这张卡片已经过时，请用 /help 看现在能做什么。"
GONE = "这一项已经不在台账里了，请重新打开清单。"
ALREADY_DONE = "这一步已经办过了，不用再点。"
ACKNOWLEDGED = "已记下您知悉，这一步不再提醒。"
OWN_CONTACT_ONLY = "请点下面的按钮发送您本人的手机号；别人的名片或转发的名片不能用来绑定。"
UNKNOWN_PHONE = "这个号码与已载入答复上的联系电话都对不上。请核对是否为答复上留的号码，或向督查室要一个邀请链接。"
CLOSED = "已销号"
REPORTED_DONE = "已报送"
NO_DUE = "已记为没有期限"
OWNER_IS_ORGAN = "责任单位为答复单位"
SOMEBODY = "联系人"
FOLLOWING = "已关注，有变动会告诉您。/follows 看全部。"
NOT_FOLLOWING = "已取消关注。"
WEEK_ON = "好的，每周第一个工作日早上发您一份。"
WEEK_OFF = "好的，不再每周发。"
SENT_AGAIN = "已放回待发，稍后再发。"
NOTHING_TO_PUT_OFF = "已经到期或没有期限，不能再推后。请反馈进展，或与督查室联系。"
NO_FILES = "这一项还没有附件。"
NO_EVIDENCE = "这一项还没有佐证。请先让联系人补充，或在销号时写明没有佐证的理由。"
WITHDRAWN = "申请已撤回，提醒照常。"
GRANTED = "已同意"
REASSIGNED = "已改派"
MERGED = "已并入"
RATED = "已记下，谢谢"
REPORT_KEPT = "进展已记下"
EMPTY_WORDS = "没有看到文字。请发送更正后的承诺文字。"
NOT_PARTS = "请一行写一项，2 到 9 行，每行是一项承诺的文字。"
HOW_TO_ASK_HISTORY = "请在 /history 后面写编号和几个词，例如 /history 57号 孵化器办法。也可以打开那一项点“看经过”。"
OWN_REQUEST = "自己提出的申请，请另一位督办人员审批。"
SAME_CHECKER = "报办结和销号不能是同一个人，请另一位督办人员核对。"
LATER = "好的，补齐之前不会提醒。发送 /drafts 可以随时接着核对。"
NOT_A_DATE = "没有看懂这个日期。请写成 2024-12-31，或“年底前”“三季度末”这样的说法。"
FUTURE_REPLY_DATE = "答复日期不能晚于今天，请再核对一下。"
UNIT_TOO_LONG = "单位名称请写 2 到 40 个字的全称，例如 澄湾市交通运输局。"
EMPTY_REASON = "请用几个字写明理由。"
EMPTY_REPORT = "没有看到文字。请用一句话写明进展，或发照片、文件。"
QUESTION_TOO_LONG = "这段文字太长，不像一个问题。请用一两句话问，例如：孵化器的办法出台了吗？"
LETTER_TOO_LONG = "文字超过 10 万字，不像一封答复。请分开发送，或发文件。"
UNSUPPORTED_MESSAGE = "我看不懂这种消息。可以发文字提问，反馈时可以附照片或文件。"
FILE_WITHOUT_CARD = "这个文件是反馈哪一项的？请先点开那一项的“反馈进展”，再发文件。"
PHOTO_FROM_ADMIN = (
    "照片上的字读不出来。载入答复，请发 Word、可复制文字的 PDF 或 txt，也可以直接粘贴全文。\n"
    "佐证由承办单位的联系人在“反馈进展”时发送。"
)
SORRY = "刚才这一步没有办成，内容没有丢，请过一会儿再试一次。"
LOADING_STAYS_OPEN = "载入还在等您：请接着发答复文件，或粘贴答复全文。"
LETTER_DROPPED = "好的，刚才的文字没有载入。"
HOW_TO_ASK = "请在 /status 后面写编号或几个词，例如 /status 2024年9号。也可以直接用一句话问我。"
NOTHING_TO_READ = "还没有收到答复的文字。请把全文粘贴给我，或发文件。"

REFUSALS = {
    Refusal.EMPTY: "这个文件是空的。请重新导出后再发，或直接粘贴答复全文。",
    Refusal.TOO_LARGE: "这个文件超过 20 MB。请只发答复正文，或直接粘贴全文。",
    Refusal.BINARY: "这个文件不是文字。请发送 Word、网页、可复制文字的 PDF 或 txt，或直接粘贴答复全文。",
    Refusal.WRONG_ENCODING: "这个文件的文字编码读不出来。请另存为 UTF-8 或 GB18030 后再发，或直接粘贴答复全文。",
    Refusal.UNKNOWN_TYPE: "还不能读这种文件。请另存为 Word、网页、可复制文字的 PDF 或 txt，或直接粘贴答复全文。",
    Refusal.SCANNED_PDF: "这个文件是扫描件，读不出文字。请发送 Word 或可复制文字的 PDF，或直接粘贴答复全文。",
    Refusal.PASSWORD: "这个文件有密码。请去掉密码后再发，或直接粘贴答复全文。",
    Refusal.BROKEN: "这个文件打不开，可能没有传完整。请重新发送，或直接粘贴答复全文。",
    Refusal.TOO_COMPLEX: "这个文件读起来耗时过长，已停止。请另存为 txt 后再发，或直接粘贴答复全文。",
    Refusal.TOO_MANY_FILES: "压缩包里的文件太多。请分成几个压缩包，或逐个发送。",
    Refusal.NO_TEXT: "这个文件里没有文字。请发送可复制文字的文件，或直接粘贴答复全文。",
}
NOT_A_LETTER = "这段内容不像建议、提案的答复或工作计划，没有载入。请核对后发送答复全文。"

VERB_WORDS = {
    Verb.CONFIRM: "确认承诺",
    Verb.EDIT_DRAFT: "修改草稿",
    Verb.DROP_DRAFT: "删去草稿",
    Verb.ACKNOWLEDGE: "知悉",
    Verb.REPORT: "反馈进展",
    Verb.REPORT_DONE: "报办结",
    Verb.CLOSE: "销号",
    Verb.SEND_BACK: "退回",
    Verb.CHANGE_DUE: "改期限",
    Verb.ATTACH: "补充佐证",
    Verb.REQUEST_EXTENSION: "申请延期",
    Verb.REQUEST_DROP: "申请终止",
    Verb.REQUEST_TRANSFER: "申请转办",
    Verb.WITHDRAW: "撤回申请",
    Verb.GRANT_EXTENSION: "同意延期",
    Verb.GRANT_DROP: "同意终止",
    Verb.GRANT_TRANSFER: "同意转办",
    Verb.REFUSE: "不同意",
    Verb.REASSIGN: "改派",
    Verb.EDIT: "改文字",
    Verb.SPLIT: "拆分",
    Verb.MERGE: "并入",
    Verb.REOPEN: "重新办理",
    Verb.RATE: "评价",
    Verb.REDO: "评价不满意",
    Verb.LOOK_BACK: "回头看",
}
ROLE_WORDS = {
    Role.ADMIN: "督查室、代表工委",
    Role.OFFICIAL: "本单位联系人",
    Role.DELEGATE: "提出的代表、委员本人",
}
STATE_WORDS = {
    CommitmentState.DRAFT: "还是草稿",
    CommitmentState.OPEN: "正在办理",
    CommitmentState.REPORTED: "已报办结，等待核对",
    CommitmentState.CLOSED: "已经销号",
    CommitmentState.DROPPED: "已经不作为承诺",
}


def refusal(reason: Refusal, name: str) -> str:
    return f"《{name}》：{REFUSALS[reason]}" if name else REFUSALS[reason]


def not_a_letter(name: str) -> str:
    return f"《{name}》：{NOT_A_LETTER}" if name else NOT_A_LETTER


def forbidden(verb: Verb, roles: frozenset[Role]) -> str:
    who = "、".join(ROLE_WORDS[role] for role in sorted(roles))
    return f"“{VERB_WORDS[verb]}”由{who}办理。"


def not_now(verb: Verb, standing: Standing) -> str:
    rule = RULES[verb]
    if standing.state not in rule.states:
        return f"这一项{STATE_WORDS[standing.state]}，现在不用“{VERB_WORDS[verb]}”。"
    if standing.pending is None:
        return "这一项现在没有待批的申请。" if rule.settles else f"这一项现在不能“{VERB_WORDS[verb]}”。"
    return f"这一项的{REQUEST_WORDS[standing.pending]}申请正在审批，定下来之后再“{VERB_WORDS[verb]}”。"


def changed(event: EventView, zone: ZoneInfo) -> str:
    """To whoever decided on a card that was older than the commitment."""
    what = VERB_WORDS.get(Verb(event.verb), "有变动") if event.verb in set(Verb) else "有变动"
    return f"这一项刚有变动：{event.at.astimezone(zone):%m-%d %H:%M} {event.actor} {what}。请看更新后的卡片再定。"


def too_late_to_return(rules: RuleSet, until_on: date) -> str:
    return (
        f"按“{rules.name}”，非本单位的应在 {rules.return_workdays} 个工作日内提出，这一项到 {until_on} 为止。"
        "可以申请延期，或与督查室联系改派。"
    )


def not_later(due_on: date) -> str:
    return f"新的期限要晚于现在的期限 {due_on}。请再发送一个日期。"


def is_unit_name(name: str) -> bool:
    return 2 <= len(name) <= 40 and "\n" not in name


def name_taken(name: str, unit: str) -> str:
    return f"“{name}”已经是{unit}的名称，没有改动。"


def nobody_of_that_name(name: str) -> str:
    return f"台账里没有“{name}”，请核对名称后再发。"


def date_in_the_past(day: date, today: date) -> str:
    return f"{day} 已经过去（今天 {today}）。请发送今天以后的日期。"


def progress(done: int, total: int) -> str:
    return f"已读 {done}/{total} 件…" if done < total else f"已读完 {total} 件。"


def kept(position: int) -> str:
    return f"第 {position} 项已核对"


def dropped(position: int) -> str:
    return f"第 {position} 项不作为承诺"


def added(position: int) -> str:
    return f"已加入，为第 {position} 项"


def pasted_name(at: datetime) -> str:
    """The source of a letter that came without a file."""
    return f"粘贴 {at:%Y-%m-%d %H:%M}"


def delegate(name: str) -> str:
    return f"{name}代表"


def no_reminders(day: date) -> str:
    return f"{day} 没有要提醒的承诺。"


def put_off(until_on: date, items: int) -> str:
    more = f"等 {items} 项" if items > 1 else ""
    return f"好的，{until_on} 再提醒您{more}。期限不变。"


def invite_refused(why: str) -> str:
    reasons = {"unknown": "这个邀请链接不对", "used": "这个邀请链接已经用过", "expired": "这个邀请链接已过期"}
    return f"{reasons[why]}，请向督查室重新要一个。"


def missing(fields: Sequence[str]) -> str:
    words = {"reply_date": "答复日期", "unit": "答复单位"}
    return f"还缺{'、'.join(words[field] for field in fields)}，补齐后再确认。"


def help_for(roles: frozenset[Role], commands: Sequence[tuple[str, str]]) -> str:
    """What this person can do, in the order of the table of commands."""
    heads = {
        Role.ADMIN: "直接发送答复文件即可载入；核对确认后，到期前自动提醒联系人。",
        Role.OFFICIAL: "到期前会收到提醒；点“反馈进展”，或直接回复提醒，就能报送进展和附件。",
        Role.DELEGATE: "用一句话问就行，例如：孵化器的办法出台了吗？上半年有哪些到期？",
    }
    rows = [f"/{name}　{words}" for name, words in commands]
    lines = ["<b>能做什么</b>", *(text for role, text in heads.items() if role in roles), *rows]
    return "\n".join(lines)


def health(
    *,
    version: str,
    database: str,
    swept_on: date | None,
    waiting: int,
    failed: int,
    failing_jobs: Sequence[str],
    now: datetime,
    zone: ZoneInfo,
    pretended: bool,
) -> str:
    time = f"{now.astimezone(zone):%Y-%m-%d %H:%M}" + ("（演练时间，不是真实时间）" if pretended else "")
    return "\n".join(
        (
            "<b>运行情况</b>",
            f"版本：{version}",
            f"数据库：{database}",
            f"时间：{time}",
            f"最近一次提醒检查：{swept_on or '还没有'}",
            f"待发消息：{waiting} 条" + (f"，发送失败 {failed} 条" if failed else ""),
            *([f"没有做成的定时工作：{'、'.join(failing_jobs)}"] if failing_jobs else []),
        )
    )


def loaded_before(name: str, *, changes: bool) -> str:
    return f"{name}：以前载入过，没有重复载入。" + ("内容有出入，请在聊天里核对。" if changes else "")


def loaded_line(name: str, items: int, *, confirmed: bool, missing: Sequence[str]) -> str:
    state = "已确认" if confirmed else "待核对"
    lack = "（没有写答复单位，可用 --unit 补上）" if "unit" in missing else ""
    return f"{name}：{items} 项承诺，{state}。{lack}"


def draft_incomplete(name: str, fields: Sequence[str]) -> str:
    options = {"reply_date": "--reply-date 年-月-日", "unit": "--unit 单位全称"}
    return f"{name}：{missing(fields)}请在聊天里补，或加 {'、'.join(options[field] for field in fields)} 重新载入。"


def file_not_found(path: Path) -> str:
    return f"没有找到文件 {path}，请检查路径。"
