// The messages of a phone in their order: drawn, replaced when edited, followed to the end, read or unread.

import { bubbleId, makeBubble } from "./bubble.js";
import { icon, make } from "./dom.js";
import { dateParts, say } from "./words.js";

const NEAR_THE_END = 80;

export class Conversation {
  /** `seen`: the newest message that was read; `taps`: see bubble.js; `onCount()`: what is unread may have changed. */
  constructor(messages, seen, taps, onCount) {
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.seen = seen;
    this.taps = taps;
    this.onCount = onCount;
    this.attended = false;
    this.atEnd = true;
    this.height = 0;
    this.log = make("div", { class: "log", role: "log", tabindex: "0", "aria-live": "off" });
    this.newer = make("button", { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() });
    this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // whoever was at the end stays there when keys appear below, the page is turned, or the tour's card grows
    new ResizeObserver(() => this.#resized()).observe(this.log);
  }

  get unread() {
    return [...this.messages.values()].filter((message) => !message.own && message.id > this.seen).length;
  }

  get sent() {
    return [...this.messages.values()].filter((message) => message.own).length;
  }

  render() {
    this.log.replaceChildren();
    for (const message of this.messages.values()) this.#append(message);
    this.toEnd();
    this.#count();
  }

  put(message) {
    const known = this.messages.has(message.id);
    const follow = this.atEnd || message.own;
    this.messages.set(message.id, message);
    if (known) this.#replace(message);
    else this.#append(message);
    if (message.own) this.attend();
    if (follow) this.toEnd();
    this.#count();
  }

  drop(message) {
    this.messages.delete(message.id);
    document.getElementById(bubbleId(message))?.remove();
    this.#count();
  }

  /** Shows which pressed buttons the bot has not answered yet. */
  await(pressed) {
    const waiting = new Set(pressed.map(({ message, data }) => `${message} ${data}`));
    for (const button of this.log.querySelectorAll("button[data-data]")) {
      const message = button.closest(".bubble").dataset.message;
      if (waiting.has(`${message} ${button.dataset.data}`)) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  /** Somebody looks at it now, or no longer. */
  look(attended) {
    this.attended = attended;
    this.log.setAttribute("aria-live", attended ? "polite" : "off");
    if (attended && this.atEnd) this.attend();
  }

  /** All of it has been read. */
  attend() {
    this.seen = Math.max(0, ...this.messages.keys());
    this.#count();
  }

  toEnd() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
    if (this.attended) this.attend();
  }

  #append(message) {
    if (this.log.lastElementChild?.dataset.day !== message.day) this.log.append(this.#dayLine(message.day));
    this.log.append(makeBubble(message, this.taps));
  }

  /** An edited message takes the old one's place; who stood on one of its buttons stays near. */
  #replace(message) {
    const old = document.getElementById(bubbleId(message));
    const fresh = makeBubble(message, this.taps);
    const inside = old.contains(document.activeElement);
    fresh.dataset.changed = "";
    old.replaceWith(fresh);
    if (inside) (fresh.querySelector(".buttons button") ?? fresh).focus({ preventScroll: true });
  }

  #dayLine(day) {
    const { year, month, date, weekday } = dateParts(day);
    const words = say("clock.separator", year, month, date, weekday);
    return make("p", { class: "day", "data-day": day }, make("time", { datetime: day }, words));
  }

  #resized() {
    this.height = this.log.clientHeight;
    if (this.atEnd) this.toEnd();
  }

  /** A scroll that comes with another height is the browser's doing, not the reader's. */
  #scrolled() {
    if (this.log.clientHeight !== this.height) return;
    this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_THE_END;
    if (this.attended && this.atEnd) this.attend();
    else this.#count();
  }

  #count() {
    const unread = this.unread;
    this.newer.hidden = unread === 0 || this.atEnd;
    this.newer.replaceChildren(icon("down"), say("chat.newer", unread));
    this.onCount();
  }
}
