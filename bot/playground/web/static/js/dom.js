// Making elements. Text always goes in as text: nothing here, and nothing on this page, parses HTML.

import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`on…`) and children; null and false children are left out. */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  picture.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  picture.append(use);
  return picture;
}

/** A button that shows an icon and says its words to those who cannot see it. */
export function iconButton(name, words, onclick, given = {}) {
  return make("button", { type: "button", "aria-label": words, title: words, onclick, ...given }, icon(name));
}

/** A number as people see it and, in words, as it is read out. */
export function countNodes(count) {
  return [
    make("span", { "aria-hidden": "true" }, String(count)),
    make("span", { class: "read-out" }, say("chat.unread", count)),
  ];
}

export const byId = (id) => document.getElementById(id);
