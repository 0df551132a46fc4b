// The tear-off calendar: the pretended date, leaps, and days that pass by themselves.

import { byId, icon } from "./dom.js";
import { act } from "./wire.js";
import { dateParts, say } from "./words.js";

const PLAY_PAUSE = 900;

export class Calendar {
  constructor() {
    this.clock = null;
    this.next = null;
    this.running = true;
    this.playing = false;
    byId("leap-day").addEventListener("click", () => this.#leap(1));
    byId("leap-week").addEventListener("click", () => this.#leap(7));
    byId("leap-next").addEventListener("click", () => this.#leap(0));
    byId("play").addEventListener("click", () => (this.playing ? this.pause() : this.#play()));
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
  }

  show(clock) {
    const turned = this.clock && this.clock.day !== clock.day;
    this.clock = clock;
    this.render();
    if (turned) this.#turnLeaf();
  }

  showNext(day) {
    this.next = day;
    this.render();
  }

  showRunning(running) {
    this.running = running;
    this.render();
  }

  pause() {
    this.playing = false;
    this.#renderPlay();
  }

  render() {
    if (!this.clock) return;
    const { year, month, date, weekday } = dateParts(this.clock.day);
    byId("month").textContent = say("clock.month", year, month);
    byId("day").textContent = String(date);
    byId("weekday").textContent = say("clock.weekday", weekday, this.clock.time);
    byId("leap-next-words").textContent = this.#nextWords();
    byId("leap-next").disabled = !this.running || !this.next;
    this.#renderPlay();
  }

  #nextWords() {
    if (!this.running) return say("clock.asleep");
    if (!this.next) return say("clock.none");
    const { month, date } = dateParts(this.next);
    return say("clock.next", month, date);
  }

  #renderPlay() {
    const button = byId("play");
    button.setAttribute("aria-pressed", String(this.playing));
    const words = document.createElement("span");
    words.textContent = say(this.playing ? "clock.pause" : "clock.play");
    button.replaceChildren(icon(this.playing ? "pause" : "play"), words);
  }

  /** The animation starts anew with every leaf. */
  #turnLeaf() {
    const sheet = byId("sheet");
    sheet.classList.remove("turned");
    void sheet.offsetWidth;
    sheet.classList.add("turned");
  }

  async #leap(days) {
    this.pause();
    await act("clock", { days });
  }

  async #play() {
    this.playing = true;
    this.#renderPlay();
    try {
      while (this.playing) {
        await act("clock", { days: 1 });
        await new Promise((resolve) => setTimeout(resolve, PLAY_PAUSE));
      }
    } finally {
      this.pause();
    }
  }
}
