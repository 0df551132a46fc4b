// One message as an element: quote, picture or file, text, time, buttons.

import { icon, iconButton, make } from "./dom.js";
import { toNodes } from "./richtext.js";
import { fileAddress } from "./wire.js";
import { say } from "./words.js";

// the worst light of a message gives its edge
const LIGHTS = [
  ["🔴", "red"],
  ["🟡", "amber"],
  ["🟢", "green"],
];

export const bubbleId = (message) => `m-${message.chat}-${message.id}`;

/** `taps`: press(message, row, column), reply(message), command(text), invite(code), photo(address, words). */
export function makeBubble(message, taps) {
  const who = message.own ? "" : `${say("chat.bot")} `;
  return make(
    "article",
    {
      class: "bubble",
      id: bubbleId(message),
      tabindex: "-1",
      "aria-label": `${who}${message.time}`,
      "data-message": message.id,
      "data-day": message.day,
      "data-own": message.own,
      "data-light": message.own ? null : lightOf(message.text),
    },
    make(
      "div",
      { class: "body" },
      quoted(message),
      attached(message, taps),
      written(message, taps),
      signed(message, taps),
    ),
    keyboard(message, taps),
  );
}

function lightOf(text) {
  return LIGHTS.find(([sign]) => text.includes(sign))?.[1];
}

function quoted(message) {
  return message.reply && make("p", { class: "quoted" }, message.reply.text || say("chat.photo"));
}

function attached(message, taps) {
  if (message.contact) {
    return make("p", { class: "file" }, icon("phone"), make("span", {}, `${say("chat.contact")} ${message.contact}`));
  }
  if (!message.file) return null;
  const address = fileAddress(message.chat, message.id);
  return message.file.photo ? photo(message, address, taps) : file(message.file, address);
}

function photo(message, address, taps) {
  const words = message.text || say("chat.photo");
  const { width, height } = message.file;
  return make(
    "button",
    {
      type: "button",
      class: "photo",
      "aria-label": `${say("chat.open_photo")}：${words}`,
      onclick: () => taps.photo(address, words),
    },
    make("img", { src: address, alt: words, width, height, loading: "lazy" }),
  );
}

function file({ name, size }, address) {
  return make(
    "a",
    { class: "file", href: address, download: name, "aria-label": say("chat.save", name, readable(size)) },
    icon("file"),
    make("span", {}, name, make("small", {}, readable(size))),
  );
}

function readable(size) {
  return size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

function written(message, taps) {
  return message.text && make("div", { class: "text", lang: "zh-Hans" }, ...toNodes(message.text, message.marks, taps));
}

function signed(message, taps) {
  return make(
    "footer",
    {},
    !message.own && iconButton("reply", say("chat.reply"), () => taps.reply(message), { class: "reply" }),
    message.edited && make("span", {}, say("chat.edited")),
    make("time", { datetime: `${message.day}T${message.time}` }, message.time),
  );
}

function keyboard(message, taps) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row, y) =>
    make(
      "div",
      {},
      row.map((button, x) => inlineButton(message, button, () => taps.press(message, button, y, x))),
    ),
  );
  return make("div", { class: "buttons", role: "group", "aria-label": say("chat.buttons") }, ...rows);
}

function inlineButton(message, button, onclick) {
  if (button.link && !button.code) {
    return make("a", { href: button.link, rel: "noopener noreferrer", target: "_blank", lang: "zh-Hans" }, button.text);
  }
  return make("button", { type: "button", onclick, "data-data": button.data, lang: "zh-Hans" }, button.text);
}
