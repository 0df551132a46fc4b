// The way to the program that serves this page: news comes as a stream, deeds go as POST.

const TOKEN = document.querySelector("meta[name=page-token]").content;
const LONGEST_FILE = 20 * 1024 * 1024;
const RELOADED_AT = "jiannuo.reloaded";

/** A deed that could not be done; its message is a code of words.js. */
export class Mistake extends Error {}

/** Does something on the stage; its answer, once it is done. */
export function act(name, deed = {}) {
  return send(name, JSON.stringify(deed), { "Content-Type": "application/json" });
}

export function actWithFile(name, deed, file) {
  if (file.size > LONGEST_FILE) return Promise.reject(new Mistake("too_big"));
  const form = new FormData();
  form.append("deed", JSON.stringify(deed));
  form.append("file", file, file.name);
  return send(name, form, {});
}

export function fileAddress(chat, message) {
  return `/files/${chat}/${message}?token=${encodeURIComponent(TOKEN)}`;
}

/** Calls `hears[kind](content)` for all news; `lost(true)` when the line breaks, `lost(false)` when it stands again. */
export function listen(hears, lost) {
  const news = new EventSource(`/news?token=${encodeURIComponent(TOKEN)}`);
  news.addEventListener("open", () => lost(false));
  news.addEventListener("error", () => {
    lost(true);
    if (news.readyState === EventSource.CLOSED) startAfresh();
  });
  for (const [kind, hear] of Object.entries(hears)) {
    news.addEventListener(kind, (event) => hear(JSON.parse(event.data)));
  }
}

async function send(name, body, headers) {
  const response = await fetch(`/do/${name}`, { method: "POST", body, headers: { "X-Page-Token": TOKEN, ...headers } });
  if (response.status === 409) throw new Mistake((await response.json()).mistake);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return (await response.json()).answer;
}

/** The program was started anew and knows this page's token no more: load the page again, but not in a loop. */
function startAfresh() {
  const last = Number(sessionStorage.getItem(RELOADED_AT) ?? 0);
  setTimeout(
    () => {
      sessionStorage.setItem(RELOADED_AT, String(Date.now()));
      location.reload();
    },
    Date.now() - last < 5000 ? 5000 : 300,
  );
}
