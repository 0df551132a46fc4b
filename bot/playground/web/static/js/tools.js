// Beside the phones: sample letters, the bot's switch, another phone, starting over.

import { askPerson, confirmReset } from "./dialogs.js";
import { byId, icon, make } from "./dom.js";
import { act, actWithFile } from "./wire.js";
import { say } from "./words.js";

const SAMPLE_PEOPLE = [
  ["林清越", ""],
  ["何青禾", ""],
  ["顾言", "13900000158"],
  ["沈知夏", ""],
];

export class Tools {
  /** `admin()` is the phone from which letters are sent. */
  constructor(admin) {
    this.admin = admin;
    this.letters = [];
    this.life = { state: "running", undone: 0 };
    this.killed = false;
    this.busy = false;
    this.file = make("input", {
      type: "file",
      multiple: true,
      class: "hidden-input",
      onchange: () => this.#sendChosen(),
    });
    this.ownFile = make("label", { class: "drop" }, this.file, icon("plus"), make("span"));
    byId("restart").addEventListener("click", () => act("restart"));
    byId("power").addEventListener("click", () => act(this.life.state === "running" ? "stop" : "run"));
    byId("reset").addEventListener("click", async () => (await confirmReset()) && act("reset"));
    byId("add-person").addEventListener("click", () => this.#addPerson());
    byId("more").addEventListener("click", () => this.open(!byId("tools").hasAttribute("data-open")));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave(event, "dialog"));
    document.addEventListener("pointerdown", (event) => this.#leave(event, "dialog, #tools, #more"));
    this.#takeDrops();
  }

  /** On a narrow page the tools lie over the phones; whoever was in them is not left nowhere. */
  open(wanted) {
    if (!wanted && byId("tools").hasAttribute("data-open") && byId("tools").contains(document.activeElement)) {
      byId("more").focus();
    }
    byId("tools").toggleAttribute("data-open", wanted);
    byId("more").setAttribute("aria-expanded", String(wanted));
  }

  #leave(event, unlessIn) {
    if (!event.target.closest(unlessIn)) this.open(false);
  }

  begin(letters) {
    this.letters = letters;
    this.killed = false;
    this.render();
  }

  /** What became of a kill stays to be read until the page is loaded again or the stage is cleared. */
  showLife(life) {
    this.killed ||= life.state === "stopped";
    this.life = life;
    this.#renderState();
  }

  showBusy(busy) {
    this.busy = busy;
    this.#renderState();
  }

  render() {
    this.ownFile.lastChild.textContent = say("letters.own");
    this.ownFile.title = say("letters.own_hint");
    const offers = [...this.letters.map((name) => this.#letter(name)), this.ownFile];
    byId("letters").replaceChildren(...offers.map((one) => make("li", {}, one)));
    this.#renderState();
  }

  /** Apart from the letters, so that a button is not taken away while somebody is about to press it. */
  #renderState() {
    const { state, undone } = this.life;
    const running = state === "running";
    byId("pulse").dataset.state = running && this.busy ? "busy" : state;
    byId("pulse").textContent = say(`machine.${byId("pulse").dataset.state}`);
    byId("power-words").textContent = say(running ? "machine.stop" : "machine.start");
    byId("power").disabled = state === "starting";
    byId("restart").disabled = !running;
    const note = this.killed ? say(`machine.note_${state}`, undone) : "";
    byId("machine-note").hidden = !note;
    // said once: a screen reader reads out every change of this text
    if (byId("machine-note").textContent !== note) byId("machine-note").textContent = note;
  }

  #letter(name) {
    const title = name.replace(/\.\w+$/, "").replace(/^\d+-/, "");
    const send = () => {
      this.open(false);
      act("letter", { person: this.admin().id, letter: name });
    };
    return make(
      "button",
      { type: "button", "aria-label": say("letters.send", name), onclick: send },
      icon("file"),
      make("span", { lang: "zh-Hans" }, title),
    );
  }

  #sendChosen() {
    const files = [...this.file.files];
    this.file.value = "";
    return this.#sendFiles(files);
  }

  /** A file that misses the phones is a letter, too; without this the browser would leave the page for it. */
  #takeDrops() {
    document.addEventListener("dragover", (event) => {
      const beside = !event.defaultPrevented && event.dataTransfer.types.includes("Files");
      if (beside) event.preventDefault();
      this.ownFile.toggleAttribute("data-drop", beside);
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget || this.ownFile.removeAttribute("data-drop"));
    document.addEventListener("drop", (event) => {
      this.ownFile.removeAttribute("data-drop");
      if (event.defaultPrevented || !event.dataTransfer.files.length) return;
      event.preventDefault();
      this.#sendFiles([...event.dataTransfer.files]);
    });
  }

  async #sendFiles(files) {
    this.open(false);
    for (const file of files) await actWithFile("file", { person: this.admin().id, text: "" }, file);
  }

  async #addPerson() {
    const person = await askPerson(SAMPLE_PEOPLE);
    this.open(false);
    if (person) await act("person", person);
  }
}
