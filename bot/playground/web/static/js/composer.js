// The lower end of a phone: reply bar, files to be sent, keys of the bot's keyboard, command menu, text field.

import { icon, iconButton, make } from "./dom.js";
import { say } from "./words.js";

export class Composer {
  /** `deeds`: start(), say(text, reply), file(file, text, reply), key(text); each answers a promise. */
  constructor(deeds) {
    this.deeds = deeds;
    this.head = null;
    this.reply = null;
    this.files = [];
    this.element = make("div", { class: "composer" });
    this.text = make("textarea", {
      rows: 1,
      enterkeyhint: "send",
      oninput: () => this.#typed(),
      onkeydown: (e) => this.#key(e),
    });
    this.text.addEventListener("paste", (event) => this.#pasted(event));
  }

  show(head) {
    const had = this.head;
    this.head = head;
    const same =
      had &&
      ["started", "menu", "keys", "placeholder"].every(
        (part) => JSON.stringify(had[part]) === JSON.stringify(head[part]),
      );
    if (!same) this.build();
  }

  answer(message) {
    this.reply = message;
    this.build();
    this.text.focus();
  }

  take(files) {
    this.files.push(...files);
    this.build();
    this.text.focus();
  }

  /** Everything anew; whoever had the focus keeps it. */
  build() {
    const inside = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.text.setAttribute("aria-label", say("composer.text"));
    this.text.placeholder = this.head.placeholder || say("composer.text");
    this.element.replaceChildren(...(this.head.started ? this.#open() : [this.#starter()]));
    if (inside === this.text) this.text.focus();
  }

  #starter() {
    return make(
      "button",
      { type: "button", class: "strong starter", onclick: () => this.deeds.start() },
      say("chat.start"),
    );
  }

  #open() {
    this.commands = make("ul", { class: "commands", hidden: true, "aria-label": say("composer.commands") });
    this.menuButton = make(
      "button",
      { type: "button", class: "menu", "aria-expanded": "false", onclick: () => this.#toggleMenu() },
      icon("menu"),
      make("span", {}, say("composer.menu")),
    );
    this.send = iconButton("send", say("composer.send"), () => this.#send(), { class: "send" });
    this.#typed();
    return [
      this.commands,
      this.reply && this.#replyBar(),
      this.files.length > 0 && this.#fileBar(),
      make("div", { class: "line" }, this.menuButton, this.#attacher(), this.text, this.send),
      this.head.keys.length > 0 && this.#keys(),
    ].filter(Boolean);
  }

  #replyBar() {
    const cancel = iconButton("close", say("chat.cancel_reply"), () => this.#forget(() => (this.reply = null)), {
      class: "plain",
    });
    const excerpt = this.reply.text.split("\n")[0];
    return make("p", { class: "bar" }, icon("reply"), make("span", {}, `${say("chat.replying")} ${excerpt}`), cancel);
  }

  #fileBar() {
    const chips = this.files.map((file) =>
      make(
        "span",
        { class: "chip" },
        icon("file"),
        make("span", {}, file.name),
        iconButton("close", say("composer.remove", file.name), () =>
          this.#forget(() => this.files.splice(this.files.indexOf(file), 1)),
        ),
      ),
    );
    return make("p", { class: "bar" }, ...chips);
  }

  #attacher() {
    const input = make("input", {
      type: "file",
      multiple: true,
      class: "hidden-input",
      "aria-label": say("composer.attach"),
    });
    input.addEventListener("change", () => this.take(input.files));
    return make("label", { class: "attach", title: say("composer.attach") }, input, icon("clip"));
  }

  #keys() {
    const rows = this.head.keys.map((row) =>
      make(
        "div",
        {},
        row.map((text) => make("button", { type: "button", onclick: () => this.deeds.key(text) }, text)),
      ),
    );
    return make("div", { class: "keys", role: "group", "aria-label": say("composer.keys"), lang: "zh-Hans" }, ...rows);
  }

  #forget(what) {
    what();
    this.build();
    this.text.focus();
  }

  #key(event) {
    if (event.key === "Escape") this.#closeMenu();
    // while an input method composes, Enter picks a character
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #typed() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 132)}px`;
    const begun = /^\/(\w*)$/.exec(this.text.value);
    if (begun) this.#openMenu(begun[1]);
    else this.#closeMenu();
  }

  #pasted(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.take(event.clipboardData.files);
  }

  #toggleMenu() {
    if (this.commands.hidden) this.#openMenu("");
    else this.#closeMenu();
  }

  #openMenu(begins) {
    const offered = this.head.menu.filter((one) => one.command.startsWith(begins));
    this.commands.replaceChildren(...offered.map((one) => make("li", {}, this.#command(one))));
    this.commands.hidden = offered.length === 0;
    this.menuButton.setAttribute("aria-expanded", String(!this.commands.hidden));
  }

  #closeMenu() {
    this.commands.hidden = true;
    this.menuButton.setAttribute("aria-expanded", "false");
  }

  #command({ command, help }) {
    const onclick = () => {
      this.text.value = "";
      this.#typed();
      this.menuButton.focus();
      this.deeds.say(`/${command}`, null);
    };
    return make(
      "button",
      { type: "button", onclick },
      make("b", {}, `/${command}`),
      make("span", { lang: "zh-Hans" }, help),
    );
  }

  async #send() {
    const [text, files, reply] = [this.text.value.trim(), this.files, this.reply?.id];
    if (!text && !files.length) return;
    this.text.value = "";
    this.files = [];
    this.reply = null;
    this.build();
    this.text.focus();
    if (!files.length) await this.deeds.say(text, reply);
    for (const [index, file] of files.entries()) await this.deeds.file(file, index ? "" : text, reply);
  }
}
