// The bot's text with its marks (Telegram's entities, counted in UTF-16 like JavaScript's strings) as nodes.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE_LINK = /^(https?|tg):\/\//;

/** `taps.command(text)` and `taps.invite(code)` are called for what can be tapped in the text. */
export function toNodes(text, marks, taps) {
  return between(text, marks, 0, text.length, taps);
}

/** Marks come outer before inner and left before right, so the first is never inside a later one. */
function between(text, marks, start, end, taps) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < marks.length;) {
    const mark = marks[index];
    const stop = mark.offset + mark.length;
    let after = index + 1;
    while (after < marks.length && marks[after].offset < stop) after += 1;
    nodes.push(text.slice(at, mark.offset));
    nodes.push(wrapped(mark, between(text, marks.slice(index + 1, after), mark.offset, stop, taps), text, taps));
    at = stop;
    index = after;
  }
  nodes.push(text.slice(at, end));
  return nodes.filter((node) => node !== "");
}

function wrapped(mark, inner, text, taps) {
  if (mark.kind === "bot_command") {
    const command = text.slice(mark.offset, mark.offset + mark.length);
    return make("button", { type: "button", class: "in-text", onclick: () => taps.command(command) }, ...inner);
  }
  if (mark.code) {
    return make("button", { type: "button", class: "in-text", onclick: () => taps.invite(mark.code) }, ...inner);
  }
  if (SAFE_LINK.test(mark.link)) {
    return make("a", { href: mark.link, rel: "noopener noreferrer", target: "_blank" }, ...inner);
  }
  if (mark.kind === "spoiler") return make("details", {}, make("summary", {}, "…"), ...inner);
  return make(TAGS[mark.kind] ?? "span", {}, ...inner);
}
