// One person's phone: head, conversation, composer. It knows what has been read on it.

import { bubbleId, makeBubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { choosePerson, showPhoto, tell } from "./dialogs.js";
import { countNodes, icon, make } from "./dom.js";
import { act, actWithFile, Mistake } from "./wire.js";
import { dateParts, say } from "./words.js";

const NOTICE_SECONDS = 4;
const NEAR_THE_END = 80;

export class Phone {
  /** `neighbours()` are all phones; `onUnread(phone)` is called when the number of unread messages changed. */
  constructor(person, seen, neighbours, onUnread) {
    this.id = person.id;
    this.head = person;
    this.messages = new Map(person.messages.map((message) => [message.id, message]));
    this.seen = seen;
    this.neighbours = neighbours;
    this.onUnread = onUnread;
    this.attended = false;
    this.atEnd = true;
    this.height = 0;
    this.composer = new Composer(this.#deeds());
    this.#build();
    this.composer.show(this.head);
    this.render();
  }

  get unread() {
    return [...this.messages.values()].filter((message) => !message.own && message.id > this.seen).length;
  }

  /** All words anew, after the language was switched or at the beginning. */
  render() {
    this.#renderHead();
    this.element.setAttribute("aria-label", say("chat.label", this.head.name));
    this.log.setAttribute("aria-label", say("chat.log", this.head.name));
    this.log.replaceChildren();
    for (const message of this.messages.values()) this.#append(message);
    this.#renderEmpty();
    this.composer.build();
    this.#toEnd();
    this.#count();
  }

  setHead(head) {
    this.head = { ...this.head, ...head };
    this.composer.show(this.head);
    this.#renderEmpty();
    const waiting = new Set(head.waiting.map(({ message, data }) => `${message} ${data}`));
    for (const button of this.log.querySelectorAll("button[data-data]")) {
      const key = `${this.#messageOf(button)} ${button.dataset.data}`;
      button.toggleAttribute("aria-busy", waiting.has(key));
      if (waiting.has(key)) button.setAttribute("aria-busy", "true");
    }
  }

  put(message) {
    const known = this.messages.has(message.id);
    const atEnd = this.atEnd;
    this.messages.set(message.id, message);
    if (known) this.#replace(message);
    else this.#append(message);
    if (message.own) this.#attend();
    else if (!known && this.attended && atEnd) this.seen = message.id;
    if (atEnd || message.own) this.#toEnd();
    this.#renderEmpty();
    this.#count();
  }

  drop(id) {
    this.messages.delete(id);
    this.log.querySelector(`#m-${this.id}-${id}`)?.remove();
    this.#count();
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

  /** Somebody looks at this phone now, or no longer. */
  look(attended) {
    this.attended = attended;
    this.log.setAttribute("aria-live", attended ? "polite" : "off");
    if (attended && this.atEnd) this.#attend();
  }

  #build() {
    this.title = make("h2", {});
    this.role = make("p", {});
    this.badge = make("span", { class: "badge", hidden: true });
    const head = make("header", {}, make("span", { class: "face", "aria-hidden": "true" }, this.#initial()),
      make("div", {}, this.title, this.role), this.badge);
    this.log = make("div", { class: "log", role: "log", tabindex: "0", "aria-live": "off" });
    this.newer = make("button", { type: "button", class: "newer", hidden: true, onclick: () => this.#toEnd() });
    this.noticeLine = make("p", { class: "notice", role: "status", hidden: true, lang: "zh-Hans" });
    this.empty = make("div", { class: "empty" });
    this.element = make("section", { class: "phone", id: `phone-${this.id}`, "data-role": this.head.role }, head,
      make("div", { class: "screen" }, this.log, this.empty, this.noticeLine, this.newer), this.composer.element);
    this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // whoever was at the end stays there when keys appear below, the page is turned, or the tour's card grows
    new ResizeObserver(() => this.#resized()).observe(this.log);
    this.element.addEventListener("pointerdown", () => this.#attend());
    this.#takeDrops();
  }

  #initial() {
    return this.head.name.replace(/^.* /, "").slice(0, 1);
  }

  #renderHead() {
    this.title.textContent = this.head.name;
    this.role.textContent = say(`role.${this.head.role}`);
  }

  #renderEmpty() {
    this.empty.hidden = this.messages.size > 0;
    this.empty.replaceChildren(icon("phone"), make("p", {}, say("chat.empty")), make("p", { class: "note" }, say("chat.empty_hint")));
  }

  #append(message) {
    const last = this.log.lastElementChild;
    if (last?.dataset.day !== message.day) this.log.append(this.#dayLine(message.day));
    this.log.append(this.#bubble(message));
  }

  #bubble(message) {
    const bubble = makeBubble(message, this.#taps());
    bubble.dataset.day = message.day;
    return bubble;
  }

  #dayLine(day) {
    const { year, month, date, weekday } = dateParts(day);
    return make("p", { class: "day", "data-day": day }, make("time", { datetime: day }, say("clock.separator", year, month, date, weekday)));
  }

  /** An edited message takes the old one's place; who stood on one of its buttons stays near. */
  #replace(message) {
    const old = document.getElementById(bubbleId(message));
    const fresh = this.#bubble(message);
    const inside = old.contains(document.activeElement);
    fresh.dataset.changed = "";
    old.replaceWith(fresh);
    if (inside) (fresh.querySelector(".buttons button") ?? fresh).focus({ preventScroll: true });
  }

  #taps() {
    return {
      press: (message, button, row, column) =>
        button.code ? this.#invite(button.code) : this.#do(act("press", { person: this.id, message: message.id, row, column })),
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

  #messageOf(button) {
    return button.closest(".bubble").id.split("-")[2];
  }

  #resized() {
    this.height = this.log.clientHeight;
    if (this.atEnd) this.#toEnd();
  }

  /** A scroll that comes with another height is the browser's doing, not the reader's. */
  #scrolled() {
    if (this.log.clientHeight !== this.height) return;
    this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_THE_END;
    if (this.attended && this.atEnd) this.#attend();
    else this.newer.hidden = this.atEnd || this.unread === 0;
  }

  #toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
    if (this.attended) this.#attend();
  }

  #attend() {
    this.seen = Math.max(0, ...this.messages.keys());
    this.#count();
  }

  #count() {
    const unread = this.unread;
    this.badge.hidden = unread === 0;
    this.badge.replaceChildren(...countNodes(unread));
    this.newer.hidden = unread === 0 || this.atEnd;
    this.newer.replaceChildren(icon("down"), say("chat.newer", unread));
    this.onUnread(this);
  }
}
