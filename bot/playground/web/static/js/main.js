// Puts the page together: news from the program goes to calendar, phones, tools and tour.

import { Calendar } from "./calendar.js";
import { tell } from "./dialogs.js";
import { byId, countNodes, make } from "./dom.js";
import { Phone } from "./phone.js";
import { Tools } from "./tools.js";
import { Tour } from "./tour.js";
import { listen, Mistake } from "./wire.js";
import { fillWords, onLanguage, say, switchLanguage } from "./words.js";

const THEME = "jiannuo.theme";
const SEEN = "jiannuo.seen";

const phones = new Map();
const tabs = new Map();
let generation = null;

const calendar = new Calendar();
const tools = new Tools(() => phones.values().next().value);
const tour = new Tour(lookAt, isFresh);

listen(
  {
    stage: showStage,
    person: (person) => bringIntoView(addPhone(person)),
    head: (head) => phones.get(head.id)?.setHead(head),
    message: (message) => phones.get(message.chat)?.put(message),
    gone: ({ chat, id }) => phones.get(chat)?.drop(id),
    notice: (notice) => phones.get(notice.chat)?.notice(notice),
    clock: (clock) => calendar.show(clock),
    next: (day) => calendar.showNext(day),
    life: showLife,
    busy: (busy) => tools.showBusy(busy),
  },
  (lost) => {
    byId("trouble").hidden = !lost;
    byId("trouble").textContent = lost ? say("trouble.lost") : "";
  },
);

function showStage(stage) {
  const kept = JSON.parse(sessionStorage.getItem(SEEN) ?? "{}");
  generation = stage.generation;
  phones.clear();
  tabs.clear();
  byId("phones").replaceChildren();
  byId("tabs").replaceChildren();
  for (const person of stage.people) addPhone(person, kept.generation === generation ? kept.seen : {});
  calendar.pause();
  calendar.show(stage.clock);
  calendar.showNext(stage.next);
  tools.begin(stage.letters);
  showLife(stage.life);
  tour.begin(generation);
  document.body.dataset.ready = String(generation);
}

function showLife(life) {
  tools.showLife(life);
  calendar.showRunning(life.state === "running");
}

function addPhone(person, seen = {}) {
  if (phones.has(person.id)) return phones.get(person.id);
  const phone = new Phone(person, seen[person.id] ?? 0, () => [...phones.values()], countUnread);
  phones.set(person.id, phone);
  const tab = make("button", { type: "button", onclick: () => bringIntoView(phone) });
  tabs.set(person.id, tab);
  byId("phones").append(phone.element);
  byId("tabs").append(tab);
  visible.observe(phone.element);
  phone.element.addEventListener("pointerenter", () => phone.look(true));
  phone.element.addEventListener("focusin", () => phone.look(true));
  phone.element.addEventListener("pointerleave", () => phone.look(isNarrow() && isCurrent(phone)));
  phone.render();
  countUnread(phone);
  return phone;
}

function countUnread(phone) {
  const tab = tabs.get(phone.id);
  const unread = phone.unread;
  const badge = make("span", { class: "badge" }, ...countNodes(unread));
  tab?.replaceChildren(make("span", {}, phone.head.name), ...(unread ? [badge] : []));
  const seen = Object.fromEntries([...phones.values()].map((one) => [one.id, one.seen]));
  sessionStorage.setItem(SEEN, JSON.stringify({ generation, seen }));
}

// on a narrow page one phone is in view at a time, by tab or by swipe; that one is being read
const visible = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const phone = [...phones.values()].find((one) => one.element === entry.target);
      if (!phone || !isNarrow()) continue;
      phone.look(entry.isIntersecting);
      tabs.get(phone.id).setAttribute("aria-current", String(entry.isIntersecting));
    }
  },
  { root: byId("phones"), threshold: 0.6 },
);

function isNarrow() {
  return getComputedStyle(byId("tabs")).display !== "none";
}

function isCurrent(phone) {
  return tabs.get(phone.id).getAttribute("aria-current") === "true";
}

function bringIntoView(phone) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  phone.element.scrollIntoView({ inline: "center", block: "nearest", behavior: calm ? "auto" : "smooth" });
}

// between wide and narrow nobody has scrolled, so the observer looks again; the tour's phone stays the one in view
matchMedia("(max-width: 980px)").addEventListener("change", () => {
  for (const phone of phones.values()) {
    visible.unobserve(phone.element);
    visible.observe(phone.element);
    if (phone.element.hasAttribute("data-looked-at")) bringIntoView(phone);
  }
});

/** All that happened is that the admin's phone has opened the bot. */
function isFresh() {
  return [...phones.values()].reduce((count, phone) => count + phone.sent, 0) <= 1;
}

function lookAt(role) {
  for (const phone of phones.values()) {
    const looked = phone.head.role === role;
    phone.element.toggleAttribute("data-looked-at", looked);
    if (looked) bringIntoView(phone);
  }
}

function switchTheme() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || isDarkBySystem();
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem(THEME, document.documentElement.dataset.theme);
}

function isDarkBySystem() {
  return !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches;
}

if (localStorage.getItem(THEME)) document.documentElement.dataset.theme = localStorage.getItem(THEME);
byId("theme").addEventListener("click", switchTheme);
byId("language").addEventListener("click", switchLanguage);
// a deed that could not be done and that nobody else has told of
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Mistake)) return;
  event.preventDefault();
  tell(say(`mistake.${event.reason.message}`));
});
onLanguage(() => {
  fillWords();
  calendar.render();
  tools.render();
  tour.render();
  for (const phone of phones.values()) {
    phone.render();
    countUnread(phone);
  }
});
