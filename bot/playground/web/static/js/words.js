// Every word of the page's own interface, in both languages. What the bot says comes from the bot.

const CHINESE = {
  skip: "跳到聊天",
  "brand.name": "践诺",
  "brand.page": "试用页",
  "looks.language": "EN",
  "looks.language_label": "EN: show this page in English",
  "looks.theme": "切换深浅配色",
  "looks.more": "答复样本和机器人",
  "clock.label": "日历",
  "clock.month": (y, m) => `${y} 年 ${m} 月`,
  "clock.weekday": (weekday, time) => `星期${"日一二三四五六"[weekday]} ${time}`,
  "clock.day": "+1 天",
  "clock.week": "+1 周",
  "clock.play": "播放",
  "clock.pause": "暂停",
  "clock.next": (m, d) => `到下一次提醒 · ${m}月${d}日`,
  "clock.none": "暂无要提醒的",
  "clock.asleep": "机器人停着，不会提醒",
  "clock.separator": (y, m, d, weekday) => `${y}年${m}月${d}日 周${"日一二三四五六"[weekday]}`,
  "letters.title": "答复样本",
  "letters.send": (name) => `由督查室发送：${name}`,
  "letters.own": "自己的文件",
  "letters.own_hint": "由督查室发送自己的答复；也可以把文件拖到这里，或拖到任一部手机上",
  "machine.title": "机器人",
  "machine.running": "运行中",
  "machine.busy": "处理中",
  "machine.stopped": "已断电",
  "machine.starting": "正在重启…",
  "machine.restart": "断电重启",
  "machine.restart_hint": "不打招呼，直接结束机器人的进程，再起一个新的",
  "machine.stop": "断电",
  "machine.start": "通电",
  "machine.note_stopped": "机器人的进程被直接结束。这时发出的消息都留着，通电后接着办。",
  "machine.note_starting": "断电了，正在重启…",
  "machine.note_running": (undone) =>
    undone ? `已恢复，一条未丢：没办完的 ${undone} 条已接着办完。` : "已恢复，一条未丢：台账、按钮、日程都还在。",
  "machine.reset": "全部重来",
  "reset.title": "全部重来？",
  "reset.text": "聊天、台账和日历都回到开头。",
  "reset.yes": "重来",
  "people.tabs": "切换手机",
  "people.phones": "各人的手机",
  "people.add": "添一部手机",
  "people.add_title": "添一部手机",
  "people.name": "姓名",
  "people.phone_number": "手机号（可不填）",
  "people.add_yes": "添加",
  "people.samples": "样本答复里的人",
  "people.open_link": "在谁的手机上打开这个链接？",
  "role.admin": "督查室 · 管理员",
  "role.official": "承办单位联系人",
  "role.delegate": "人大代表",
  "role.guest": "来访者",
  "chat.label": (name) => `${name}的手机`,
  "chat.log": (name) => `${name}与践诺的对话`,
  "chat.unread": (count) => `${count} 条未读`,
  "chat.newer": (count) => `${count} 条新消息`,
  "chat.empty": "还没有打开过机器人",
  "chat.empty_hint": "按下面的“开始”",
  "chat.start": "开始",
  "chat.bot": "践诺",
  "chat.edited": "已编辑",
  "chat.reply": "回复这条",
  "chat.replying": "回复",
  "chat.cancel_reply": "不回复了",
  "chat.photo": "照片",
  "chat.open_photo": "看大图",
  "chat.contact": "名片",
  "chat.save": (name, size) => `${name}，${size}`,
  "chat.buttons": "按钮",
  "composer.menu": "菜单",
  "composer.commands": "命令菜单",
  "composer.attach": "添加照片或文件",
  "composer.remove": (name) => `不发 ${name}`,
  "composer.text": "写消息",
  "composer.send": "发送",
  "composer.keys": "快捷键盘",
  "dialog.close": "关闭",
  "dialog.fine": "知道了",
  "mistake.gone": "这个按钮或文件已经不在了。",
  "mistake.empty": "没有内容，没有发送。",
  "mistake.no_phone": "这部手机没有填手机号。",
  "mistake.not_now": "现在还做不了这一步：这部手机要先打开机器人。",
  "mistake.too_far": "一次走得太远了。",
  "mistake.nobody": "没有这部手机。",
  "mistake.too_big": "文件超过 20 MB，机器人收不下。",
  "trouble.lost": "与试用程序断开了，正在重新连接。",
  "tour.label": "导览",
  "tour.begin": "跟着走一遍",
  "tour.invitation": "八步，两分钟：一封答复里的承诺，从载入到办结、到代表得到回答。",
  "tour.restarts": "导览从头讲起。",
  "tour.leave": "离开导览",
  "tour.next": "下一步",
  "tour.done": "走完了",
  "tour.step": (step, all) => `第 ${step} 步，共 ${all} 步`,
  "tour.failed": "这一步没有做成，可能您已经做过了。可以继续下一步。",
  "tour.steps": [
    {
      title: "三部手机，一个机器人",
      text: "左起：督查室、承办单位、代表。下面每按一次“下一步”，他们就替您做一步；您也可以随时自己动手。",
      next: "督查室发来一件答复",
      at: "admin",
    },
    {
      title: "读答复",
      text: "督查室把科技局的答复发给机器人。它读出编号、单位、联系人，找到 5 项承诺和各自的期限；拿不准的会问，不会猜。",
      next: "核对后确认",
      at: "admin",
    },
    {
      title: "人来确认",
      text: "机器只是提议，按下“全部确认”才开始跟踪。点“看承诺清单”可以逐项看期限的依据。",
      next: "承办单位联系人进来",
      at: "admin",
    },
    {
      title: "联系人绑定",
      text: "周明远打开机器人，发送本人手机号；与答复上的号码一致，当场绑定。别人发这张名片不算数。",
      next: "邀请代表",
      at: "official",
    },
    {
      title: "代表进来",
      text: "督查室开出只能用一次的邀请链接，陈书宁代表点开即可。其他人看不到任何内容。",
      next: "让日子过去，到下一次提醒",
      at: "delegate",
    },
    {
      title: "到期前提醒",
      text: "到期前 30 天正逢国庆放假，就提前到 9 月 30 日早上：一条汇总，说清哪一项、哪天到期、还有几天。一天至多一条，不打扰。",
      next: "发照片，报办结",
      at: "official",
    },
    {
      title: "反馈和佐证",
      text: "回复那条提醒，发来文件首页的照片，再按“已办结”。这一项变成“待核”，不能自己给自己销号。",
      next: "断电重启，再由督查室销号",
      at: "admin",
    },
    {
      title: "断电不丢，核对销号",
      text: "机器人的进程刚刚被直接结束，又起了一个新的：按钮照样能用。督查室看过附件后销号，承办单位和代表都收到通知。",
      next: "代表问一句",
      at: "admin",
    },
    {
      title: "随问随答",
      text: "代表用平常话一问，就得到状态、日期和答复原话。导览到此为止；换一件样本，或发一份自己的答复试试。",
      next: "",
      at: "delegate",
    },
  ],
};

const ENGLISH = {
  skip: "Skip to the chats",
  "brand.name": "Jiannuo",
  "brand.page": "demo",
  "looks.language": "中文",
  "looks.language_label": "中文：把页面换成中文",
  "looks.theme": "Light or dark",
  "looks.more": "Sample letters and the bot",
  "clock.label": "Calendar",
  "clock.month": (y, m) => `${ENGLISH_MONTHS[m - 1]} ${y}`,
  "clock.weekday": (weekday, time) => `${ENGLISH_DAYS[weekday]} ${time}`,
  "clock.day": "+1 day",
  "clock.week": "+1 week",
  "clock.play": "Play",
  "clock.pause": "Pause",
  "clock.next": (m, d) => `Next reminder · ${d} ${ENGLISH_MONTHS[m - 1].slice(0, 3)}`,
  "clock.none": "No reminder to come",
  "clock.asleep": "The bot is stopped",
  "clock.separator": (y, m, d, weekday) => `${ENGLISH_DAYS[weekday].slice(0, 3)}, ${d} ${ENGLISH_MONTHS[m - 1]} ${y}`,
  "letters.title": "Sample letters",
  "letters.send": (name) => `Let the supervision office send ${name}`,
  "letters.own": "Your file",
  "letters.own_hint": "Let the supervision office send a letter of yours; or drop a file here or on any phone",
  "machine.title": "The bot",
  "machine.running": "running",
  "machine.busy": "at work",
  "machine.stopped": "no power",
  "machine.starting": "restarting…",
  "machine.restart": "Power cut",
  "machine.restart_hint": "Kills the bot's process without a word, then starts a new one",
  "machine.stop": "Off",
  "machine.start": "On",
  "machine.note_stopped": "The bot's process was killed. What is sent meanwhile waits, and is dealt with when it is back.",
  "machine.note_starting": "Killed; restarting…",
  "machine.note_running": (undone) =>
    undone
      ? `Back, nothing lost: ${undone} message(s) it had not dealt with are done now.`
      : "Back, nothing lost: ledger, buttons and reminders are all there.",
  "machine.reset": "Start over",
  "reset.title": "Start all over?",
  "reset.text": "Chats, ledger and calendar go back to the beginning.",
  "reset.yes": "Start over",
  "people.tabs": "Choose a phone",
  "people.phones": "The phones",
  "people.add": "Add a phone",
  "people.add_title": "Add a phone",
  "people.name": "Name",
  "people.phone_number": "Phone number (optional)",
  "people.add_yes": "Add",
  "people.samples": "People of the sample letters",
  "people.open_link": "On whose phone shall this link open?",
  "role.admin": "Supervision office · admin",
  "role.official": "Contact of the unit",
  "role.delegate": "Delegate",
  "role.guest": "Visitor",
  "chat.label": (name) => `Phone of ${name}`,
  "chat.log": (name) => `Chat of ${name} with the bot`,
  "chat.unread": (count) => `${count} unread`,
  "chat.newer": (count) => `${count} new below`,
  "chat.empty": "The bot has not been opened here yet",
  "chat.empty_hint": "Press Start below",
  "chat.start": "Start",
  "chat.bot": "Jiannuo",
  "chat.edited": "edited",
  "chat.reply": "Reply to this",
  "chat.replying": "Reply to",
  "chat.cancel_reply": "Do not reply",
  "chat.photo": "Photo",
  "chat.open_photo": "Enlarge",
  "chat.contact": "Contact",
  "chat.save": (name, size) => `${name}, ${size}`,
  "chat.buttons": "Buttons",
  "composer.menu": "Menu",
  "composer.commands": "Commands",
  "composer.attach": "Attach a photo or file",
  "composer.remove": (name) => `Do not send ${name}`,
  "composer.text": "Write a message",
  "composer.send": "Send",
  "composer.keys": "Quick keys",
  "dialog.close": "Close",
  "dialog.fine": "OK",
  "mistake.gone": "That button or file is no longer there.",
  "mistake.empty": "Nothing to send.",
  "mistake.no_phone": "This phone has no number.",
  "mistake.not_now": "Not possible yet: this phone has to open the bot first.",
  "mistake.too_far": "Too far in one leap.",
  "mistake.nobody": "There is no such phone.",
  "mistake.too_big": "More than 20 MB: the bot cannot take it.",
  "trouble.lost": "The demo cannot be reached; trying again.",
  "tour.label": "Guided tour",
  "tour.begin": "Take the tour",
  "tour.invitation": "Eight steps, two minutes: the promises of a letter, from loading to the delegate's answer.",
  "tour.restarts": "The tour begins at the beginning. ",
  "tour.leave": "Leave the tour",
  "tour.next": "Next",
  "tour.done": "Done",
  "tour.step": (step, all) => `Step ${step} of ${all}`,
  "tour.failed": "This step could not be done; perhaps you did it already. Go on with the next one.",
  "tour.steps": [
    {
      title: "Three phones, one bot",
      text: "From the left: the supervision office, the unit that promised, the delegate. Each press of Next lets them do one step; act yourself whenever you like.",
      next: "The office sends a reply letter",
      at: "admin",
    },
    {
      title: "Reading the letter",
      text: "The bot finds the number, the unit, the contact and five commitments with their dates. What it is not sure of it asks; it never guesses.",
      next: "Check and confirm",
      at: "admin",
    },
    {
      title: "A person confirms",
      text: "The machine only proposes: tracking starts with the press of 全部确认. The list shows where each date came from.",
      next: "The unit's contact comes in",
      at: "admin",
    },
    {
      title: "Binding by phone",
      text: "Zhou Mingyuan opens the bot and shares his own number. It equals the one in the letter, so he is bound. Anybody else's card does not count.",
      next: "Invite the delegate",
      at: "official",
    },
    {
      title: "The delegate comes in",
      text: "An invite link that works once brings in delegate Chen Shuning. Strangers see nothing.",
      next: "Let days pass, to the next reminder",
      at: "delegate",
    },
    {
      title: "Reminded in time",
      text: "Thirty days before the due date is a public holiday, so the digest comes on the working morning before it: which commitment, due when, how many days left.",
      next: "Send a photo, report it done",
      at: "official",
    },
    {
      title: "Report and evidence",
      text: "He answers the digest with a photo of the document and presses 已办结. It waits to be checked: nobody closes an own commitment.",
      next: "Kill and restart the bot, then let the office close it",
      at: "admin",
    },
    {
      title: "Killed, back, closed",
      text: "The bot's process has just been killed and another one started; the buttons still work. The office looks at the photo and closes the commitment; the unit and the delegate are told.",
      next: "The delegate asks",
      at: "admin",
    },
    {
      title: "Ask in plain words",
      text: "The delegate asks and gets state, date and the words of the letter. That was the tour; now try another letter, or one of yours.",
      next: "",
      at: "delegate",
    },
  ],
};

const ENGLISH_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ENGLISH_MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const LANGUAGES = { "zh-Hans": CHINESE, en: ENGLISH };
const KEPT_AS = "jiannuo.language";

let language = localStorage.getItem(KEPT_AS) in LANGUAGES ? localStorage.getItem(KEPT_AS) : "zh-Hans";
const listeners = [];

/** The words of a key; further arguments go into the sentence. */
export function say(key, ...given) {
  const words = LANGUAGES[language][key];
  return typeof words === "function" ? words(...given) : words;
}

/** Calls the listener now and whenever the language changes. */
export function onLanguage(listener) {
  listeners.push(listener);
  listener();
}

export function switchLanguage() {
  language = language === "en" ? "zh-Hans" : "en";
  localStorage.setItem(KEPT_AS, language);
  for (const listener of listeners) listener();
}

/** Puts the words into the elements of index.html that name them. */
export function fillWords() {
  document.documentElement.lang = language;
  document.title = `${say("brand.name")} · ${say("brand.page")}`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-hint]")) element.title = say(element.dataset.wordHint);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", say(element.dataset.wordLabel));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.wordLabel);
  }
}

/** Year, month, day and weekday of a date written 2024-07-09. */
export function dateParts(day) {
  const [year, month, date] = day.split("-").map(Number);
  return { year, month, date, weekday: new Date(Date.UTC(year, month - 1, date)).getUTCDay() };
}
