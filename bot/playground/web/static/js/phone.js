// One person's phone: head, conversation, composer, and what is done on it.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { choosePerson, showPhoto, tell } from "./dialogs.js";
import { countNodes, icon, make } from "./dom.js";
import { act, actWithFile, Mistake } from "./wire.js";
import { say } from "./words.js";

const NOTICE_SECONDS = 4;

export class Phone {
  /** `neighbours()` are all phones; `onUnread(phone)` is called when the number of unread messages may have changed. */
  constructor(person, seen, neighbours, onUnread) {
    this.id = person.id;
    this.head = person;
    this.neighbours = neighbours;
    this.onUnread = onUnread;
    this.composer = new Composer(this.#deeds());
    this.conversation = new Conversation(person.messages, seen, this.#taps(), () => this.#count());
    this.#build();
    this.composer.show(this.head);
  }

  get unread() {
    return this.conversation.unread;
  }

  /** How many messages its owner has sent. */
  get sent() {
    return this.conversation.sent;
  }

  get seen() {
    return this.conversation.seen;
  }

  /** All words anew, after the language was switched or at the beginning. */
  render() {
    this.title.textContent = this.head.name;
    this.role.textContent = say(`role.${this.head.role}`);
    this.element.setAttribute("aria-label", say("chat.label", this.head.name));
    this.conversation.log.setAttribute("aria-label", say("chat.log", this.head.name));
    this.conversation.render();
    this.#renderEmpty();
    this.composer.build();
  }

  setHead(head) {
    this.head = { ...this.head, ...head };
    this.composer.show(this.head);
    this.conversation.await(head.waiting);
  }

  put(message) {
    this.conversation.put(message);
    this.#renderEmpty();
  }

  drop(id) {
    this.conversation.drop({ chat: this.id, id });
  }

  look(attended) {
    this.conversation.look(attended);
  }

  notice({ text, alert }) {
    if (!text) return;
    if (alert) {
      tell(text);
      return;
    }
    this.noticeLine.textContent = text;
    this.noticeLine.hidden = false;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => (this.noticeLine.hidden = true), NOTICE_SECONDS * 1000);
  }

  #build() {
    const { log, newer } = this.conversation;
    const initial = this.head.name.replace(/^.* /, "").slice(0, 1);
    const face = make("span", { class: "face", "aria-hidden": "true" }, initial);
    this.title = make("h2", {});
    this.role = make("p", {});
    this.badge = make("span", { class: "badge", hidden: true });
    this.noticeLine = make("p", { class: "notice", role: "status", hidden: true, lang: "zh-Hans" });
    this.empty = make("div", { class: "empty" });
    this.element = make(
      "section",
      { class: "phone", id: `phone-${this.id}`, "data-role": this.head.role },
      make("header", {}, face, make("div", {}, this.title, this.role), this.badge),
      make("div", { class: "screen" }, log, this.empty, this.noticeLine, newer),
      this.composer.element,
    );
    this.element.addEventListener("pointerdown", () => this.conversation.attend());
    this.#takeDrops();
  }

  #renderEmpty() {
    this.empty.hidden = this.conversation.messages.size > 0;
    const hint = make("p", { class: "note" }, say("chat.empty_hint"));
    this.empty.replaceChildren(icon("phone"), make("p", {}, say("chat.empty")), hint);
  }

  #count() {
    const unread = this.unread;
    this.badge.hidden = unread === 0;
    this.badge.replaceChildren(...countNodes(unread));
    this.onUnread(this);
  }

  #taps() {
    return {
      press: (message, button, row, column) => this.#press(message, button, row, column),
      reply: (message) => this.composer.answer(message),
      command: (text) => this.#do(act("say", { person: this.id, text })),
      invite: (code) => this.#invite(code),
      photo: showPhoto,
    };
  }

  #deeds() {
    return {
      start: () => this.#do(act("start", { person: this.id })),
      say: (text, reply) => this.#do(act("say", { person: this.id, text, reply })),
      file: (file, text, reply) => this.#do(actWithFile("file", { person: this.id, text, reply }, file)),
      key: (text) => this.#do(act("key", { person: this.id, text })),
    };
  }

  #press(message, button, row, column) {
    if (button.code) this.#invite(button.code);
    else this.#do(act("press", { person: this.id, message: message.id, row, column }));
  }

  /** The link in this chat is passed on to somebody, who opens it. */
  async #invite(code) {
    const chosen = await choosePerson(this.neighbours().map((phone) => phone.head));
    if (chosen) await this.#do(act("start", { person: chosen, code }));
  }

  async #do(deed) {
    try {
      await deed;
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      this.notice({ text: say(`mistake.${error.message}`), alert: false });
    }
  }

  #takeDrops() {
    const over = (on) => (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      this.element.toggleAttribute("data-drop", on);
    };
    this.element.addEventListener("dragover", over(true));
    this.element.addEventListener("dragleave", over(false));
    this.element.addEventListener("drop", (event) => {
      over(false)(event);
      for (const file of event.dataTransfer.files) this.#do(actWithFile("file", { person: this.id, text: "" }, file));
    });
  }
}
