// What is asked or shown over the page, each in a native dialog: focus stays inside, Escape closes.

import { iconButton, make } from "./dom.js";
import { say } from "./words.js";

/** Shows a dialog until it is closed; answers the value that it was closed with, empty for none. */
function open(label, ...content) {
  return new Promise((resolve) => {
    const close = iconButton("close", say("dialog.close"), () => dialog.close(""), { class: "plain corner" });
    const dialog = make("dialog", { "aria-label": label }, ...content, close);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(""));
    document.body.append(dialog);
    dialog.showModal();
  });
}

const inForm = (...content) => make("form", { method: "dialog" }, ...content);
const closing = (value, words, kind) => make("button", { value, class: kind }, words);

export function tell(text) {
  return open(text, inForm(make("p", { class: "said" }, text), closing("", say("dialog.fine"), "strong")));
}

export function showPhoto(address, words) {
  return open(words, make("img", { class: "large", src: address, alt: words }));
}

/** `reason` says why everything would begin again, where that is not what was pressed. */
export async function confirmReset(reason = "") {
  const title = say("reset.title");
  const yes = closing("yes", say("reset.yes"), "strong");
  const text = make("p", {}, reason, say("reset.text"));
  return (await open(title, inForm(make("h2", {}, title), text, yes))) === "yes";
}

/** Which of the people; null when none was chosen. */
export async function choosePerson(people) {
  const title = say("people.open_link");
  const rows = people.map((person) => closing(String(person.id), person.name, ""));
  const chosen = await open(title, inForm(make("h2", {}, title), make("div", { class: "choices" }, ...rows)));
  return chosen ? Number(chosen) : null;
}

/** Name and phone number of somebody new; null when it was closed. */
export async function askPerson(samples) {
  const title = say("people.add_title");
  const name = make("input", { name: "name", required: true, maxlength: 40, autocomplete: "off" });
  const phone = make("input", { name: "phone", inputmode: "tel", maxlength: 20, autocomplete: "off" });
  const offers = samples.map(([who, number]) =>
    make("button", { type: "button", onclick: () => ([name.value, phone.value] = [who, number]) }, who),
  );
  const form = inForm(
    make("h2", {}, title),
    make("p", { class: "note" }, say("people.samples")),
    make("div", { class: "row" }, ...offers),
    make("label", {}, say("people.name"), name),
    make("label", {}, say("people.phone_number"), phone),
    closing("yes", say("people.add_yes"), "strong"),
  );
  return (await open(title, form)) === "yes" ? { text: name.value, phone: phone.value } : null;
}
