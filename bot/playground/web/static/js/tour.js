// The guided tour: a card that says what just happened, and a button that lets the people do the next step.

import { confirmReset } from "./dialogs.js";
import { byId, make } from "./dom.js";
import { act, Mistake } from "./wire.js";
import { say } from "./words.js";

const KEPT_AS = "jiannuo.tour";

export class Tour {
  /** `lookAt(role)` brings a phone into view, role "" ends that; `isFresh()`: nobody has sent anything yet. */
  constructor(lookAt, isFresh) {
    this.lookAt = lookAt;
    this.isFresh = isFresh;
    this.card = byId("tour");
    this.step = null;
    this.generation = null;
    this.failed = false;
    this.working = false;
  }

  /** A stage begins; the tour goes on only where it belongs to this stage. */
  begin(generation) {
    if (this.starting) this.step = 0;
    else {
      const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "null");
      this.step = kept?.generation === generation ? kept.step : null;
    }
    this.starting = false;
    this.generation = generation;
    this.#show();
  }

  render() {
    const focused = document.activeElement?.dataset?.tour;
    this.card.replaceChildren(...(this.step === null ? this.#invitation() : this.#stepCard()));
    this.card.toggleAttribute("data-on", this.step !== null);
    this.card.dataset.step = this.step ?? "";
    if (focused) (this.card.querySelector("[data-tour=next]") ?? this.card.querySelector("button")).focus();
  }

  #invitation() {
    return [
      make("h2", {}, say("tour.label")),
      make("p", {}, say("tour.invitation")),
      this.#button("next", "strong", say("tour.begin"), () => this.#start()),
    ];
  }

  #stepCard() {
    const steps = say("tour.steps");
    const { title, text, next } = steps[this.step];
    const all = steps.length - 1;
    const done = this.step === all;
    return [
      make(
        "div",
        { class: "progress", "aria-hidden": "true" },
        ...steps.slice(1).map((_, index) => make("i", { "data-done": index < this.step })),
      ),
      make(
        "div",
        { class: "told", "aria-live": "polite" },
        make("p", { class: "count" }, this.step ? say("tour.step", this.step, all) : say("tour.label")),
        make("h2", {}, title),
        make("p", {}, text),
        this.failed && make("p", { class: "failed" }, say("tour.failed")),
      ),
      make(
        "div",
        { class: "row" },
        done
          ? this.#button("next", "strong", say("tour.done"), () => this.#leave())
          : this.#button("next", "strong", say("tour.next"), () => this.#go(), next),
        !done && this.#button("leave", "plain", say("tour.leave"), () => this.#leave()),
      ),
      !done && make("p", { class: "coming" }, `→ ${next}`),
    ].filter(Boolean);
  }

  #button(name, kind, words, onclick, title = null) {
    return make(
      "button",
      { type: "button", class: kind, "data-tour": name, title, disabled: this.working, onclick },
      words,
    );
  }

  /** The tour tells its story from the beginning, so the stage is cleared first, but not without asking. */
  async #start() {
    if (!this.isFresh() && !(await confirmReset(say("tour.restarts")))) return;
    this.starting = true;
    await act("reset");
  }

  async #go() {
    this.working = true;
    this.render();
    this.failed = false;
    try {
      await act("tour", { step: this.step + 1 });
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      this.failed = true;
    } finally {
      this.working = false;
      this.step += 1;
      this.#show();
      this.card.querySelector("[data-tour=next]").focus({ preventScroll: true });
    }
  }

  #leave() {
    this.step = null;
    this.#show();
  }

  #show() {
    sessionStorage.setItem(KEPT_AS, JSON.stringify({ generation: this.generation, step: this.step }));
    this.lookAt(this.step === null ? "" : say("tour.steps")[this.step].at);
    this.render();
  }
}
