/* The playground around the chats: several phones, one time machine, one connection that listens for all of them.

   A browser opens at most six connections to one host (HTTP/1.1). The hub therefore holds a single long poll,
   GET /api/changes, and hands each phone its part; a page in the background lets go of it. */

import { arrows, make } from "./chat.js";
import { Tour } from "./tour.js";
import { WORDS } from "./words.js";

const HOME = "Asia/Ho_Chi_Minh";
const ONE_AT_A_TIME = matchMedia("(max-width: 759px)");

const byId = (id) => document.getElementById(id);
let lang = remembered("xa-nha.lang") === "en" ? "en" : "vi";
const words = () => WORDS[lang];

function remembered(name, where = localStorage) {
  try {
    return where.getItem(name);
  } catch {
    return null; // a browser may forbid it
  }
}

function remember(name, value, where = localStorage) {
  try {
    where.setItem(name, value);
  } catch {
    /* then it is asked again next time */
  }
}

// --- Talking with the server -----------------------------------------------------------------------------------------

class Refused extends Error {}

async function call(path, options = {}) {
  const answer = await fetch(path, { cache: "no-store", ...options });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(told.error || `HTTP ${answer.status}`);
  return told;
}

const get = (path, signal) => call(path, { signal });
const post = (path, body = {}) => call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** The one listener. `state(user)` resolves when that chat differs from what was seen. */
class Hub extends EventTarget {
  clock = null; // {life, turn, now, next_at, blocked}
  #chats = new Map(); // user_id -> {rev, state}
  #waiting = new Map(); // user_id -> [[since, resolve]]

  async listen() {
    let pause = 500;
    for (;;) {
      await this.#visible();
      try {
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(), 35_000);
        const leave = () => document.hidden && stop.abort();
        document.addEventListener("visibilitychange", leave);
        try {
          this.#take(await get(this.#address(), stop.signal));
        } finally {
          clearTimeout(timer);
          document.removeEventListener("visibilitychange", leave);
        }
        pause = 500;
        this.dispatchEvent(new Event("found"));
      } catch {
        if (document.hidden) continue;
        this.dispatchEvent(new Event("lost"));
        await new Promise((done) => setTimeout(done, pause));
        pause = Math.min(pause * 1.6, 4000);
      }
    }
  }

  /** Asks every two seconds whether the program still answers: one that hangs is noticed before anything is typed. */
  async watch() {
    for (;;) {
      await this.#visible();
      const answered = await get("/api/alive", AbortSignal.timeout(2500)).then(() => true, () => false);
      if (!document.hidden) this.dispatchEvent(new Event(answered ? "found" : "lost"));
      await new Promise((done) => setTimeout(done, 2000));
    }
  }

  #address() {
    const query = new URLSearchParams({ since: [...this.#chats].map(([user, { rev }]) => `${user}:${rev}`).join(",") });
    if (this.clock) {
      query.set("life", this.clock.life);
      query.set("turn", this.clock.turn);
      query.set("wait", "25");
    }
    return `/api/changes?${query}`;
  }

  #visible() {
    if (!document.hidden) return Promise.resolve();
    return new Promise((done) => {
      const look = () => {
        if (document.hidden) return;
        document.removeEventListener("visibilitychange", look);
        done();
      };
      document.addEventListener("visibilitychange", look);
    });
  }

  #take({ chats, ...clock }) {
    const anew = this.clock && this.clock.life !== clock.life;
    if (anew) this.#chats.clear();
    this.clock = clock;
    for (const [user, chat] of Object.entries(chats)) this.#put(Number(user), chat);
    for (const [user, { rev, state }] of this.#chats) {
      const blocked = clock.blocked.includes(user);
      if (state.blocked !== blocked) this.#put(user, { ...state, rev, blocked });
    }
    this.dispatchEvent(new Event("clock"));
    if (anew) this.dispatchEvent(new Event("anew"));
  }

  #put(user, chat) {
    const state = { ...chat, rev: `${this.clock.life}.${chat.rev}.${chat.blocked}` };
    this.#chats.set(user, { rev: chat.rev, state });
    const waiting = this.#waiting.get(user) || [];
    this.#waiting.set(user, []);
    for (const [since, resolve] of waiting) this.state(user, since).then(resolve);
  }

  /** The chat as it was last heard of; the language that is spoken there. */
  known = (user) => this.#chats.get(user)?.state;
  spoken = (user) => this.known(user)?.lang;

  state(user, since) {
    const known = this.#chats.get(user)?.state;
    if (known && known.rev !== since) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiting.set(user, [...(this.#waiting.get(user) || []), [since, resolve]]));
  }
}

/** What <xn-chat> asks of the world, over HTTP, for one phone. */
class HttpSource {
  constructor(hub, user, openLink) {
    this.hub = hub;
    this.user = user;
    this.openLink = openLink;
  }

  #post = (what, body) => post(`/api/chats/${this.user}/${what}`, body);
  load = (since) => this.hub.state(this.user, since);
  sendText = (text) => this.#post("text", { text });
  tap = (messageId, data) => this.#post("tap", { message_id: messageId, data });
  shareContact = () => this.#post("contact");
  unblock = () => this.#post("unblock");
  block = () => this.#post("block");
  open = (payload) => this.#post("link", { payload });
  fileUrl = (fileId) => `/api/files/${encodeURIComponent(fileId)}`;
  sendFile = (file, caption) => {
    const kind = /^image\/(png|jpeg|webp)$/.test(file.type) ? "photo" : file.type === "audio/ogg" ? "voice" : "document";
    const query = new URLSearchParams({ kind, name: file.name || "tep", caption, mime: file.type });
    return call(`/api/chats/${this.user}/file?${query}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
  };
}

// --- Clocks ----------------------------------------------------------------------------------------------------------

const locale = () => (lang === "en" ? "en-GB" : "vi");
const inZone = (form, date, zone) => new Intl.DateTimeFormat(locale(), { timeZone: zone, ...form }).format(date);
const hourOf = (date, zone) => inZone({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, date, zone);
// Not “Thứ 5 5/3”: the weekday in letters, the date in figures.
const shortDay = (date, zone) =>
  lang === "en"
    ? inZone({ weekday: "short", day: "numeric", month: "short" }, date, zone)
    : `${inZone({ weekday: "long" }, date, zone)} ${inZone({ day: "numeric", month: "numeric" }, date, zone)}`;
const longDay = (date, zone) => inZone({ weekday: "long", day: "numeric", month: lang === "en" ? "long" : "numeric", year: "numeric" }, date, zone);
const offset = (date, zone) =>
  new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? zone;

// --- The page --------------------------------------------------------------------------------------------------------

const hub = new Hub();
let stage = null; // what /api/stage said
let phones = []; // {phone, frame, chat, tab, clock, …} in the order shown
let travelling = false; // what was pressed
let heading = ""; // where the journey goes, as a date
let ownReset = false; // we asked for the new life ourselves
const happened = () => hub.clock?.happened ?? null; // what the last jump brought, also one made in another window
const tour = new Tour({ words, lang: () => lang, steps: () => stage?.tour ?? [], leads: (user, locks) => lead(user, locks), does: (step) => guide(step), ends: () => byId("tour-open").focus() });

function buildPhones() {
  const place = byId("phones");
  const tabs = byId("tabs");
  phones = stage.phones.map((phone, index) => {
    const source = new HttpSource(hub, phone.user_id, (url, login) => offerLink(url, phone, login));
    const chat = make("xn-chat", { lang, zone: phone.zone });
    chat.source = source;
    const parts = {
      phone, source, chat,
      time: make("time.phone-time"), day: make("span"), zone: make("span.phone-zone"), about: make("p.phone-about"),
      menu: make("button.phone-more", { type: "button", "aria-haspopup": "true", "aria-expanded": "false" }, "⋯"),
      block: make("button", { type: "button" }), dot: make("span.tab-dot", { hidden: true }), tabTime: make("small"),
      lock: phone.discreet ? lockScreen(phone) : null, inView: true,
    };
    parts.actions = make("div.phone-actions", { hidden: true }, parts.block);
    parts.tab = make(
      "button.tab", { type: "button", id: `tab-${phone.user_id}` },
      make("span.tab-name", {}, phone.short || phone.name.split(" ").pop()), parts.tabTime, parts.dot,
    );
    parts.frame = make(
      "section.phone", { id: `phone-${phone.user_id}`, "aria-labelledby": `name-${phone.user_id}`, tabindex: "-1" },
      make("div.phone-status", {}, make("span", {}, parts.time, " ", parts.day), parts.zone),
      make(
        "header.phone-head", {},
        make(`span.avatar.avatar-${index % 5}`, { "aria-hidden": "true" }, initials(phone.name)),
        make("div", {}, make("h2", { id: `name-${phone.user_id}` }, phone.name), parts.about),
        parts.menu, parts.actions,
      ),
      chat,
      ...(parts.lock ? [parts.lock.screen] : []),
    );
    parts.tab.addEventListener("click", () => show(parts));
    if (parts.lock) {
      parts.lock.open.addEventListener("click", () => (lock(parts, false), chat.focusInput()));
      lock(parts, true);
    }
    parts.menu.addEventListener("click", () => unfoldActions(parts, parts.actions.hidden));
    parts.actions.addEventListener("keydown", (event) => event.key === "Escape" && (unfoldActions(parts, false), parts.menu.focus()));
    parts.actions.addEventListener("focusout", (event) => event.relatedTarget !== parts.menu && unfoldActions(parts, false));
    parts.block.addEventListener("click", () => {
      const blocked = hub.clock?.blocked.includes(phone.user_id);
      unfoldActions(parts, false);
      parts.menu.focus();
      attempt(() => (blocked ? source.unblock() : source.block()));
    });
    chat.addEventListener("xn-new", () => {
      parts.dot.hidden = parts.inView && (!ONE_AT_A_TIME.matches || isChosen(parts));
      if (parts.lock && travelling) lock(parts, true);
      parts.frame.classList.remove("news");
      requestAnimationFrame(() => parts.frame.classList.add("news"));
      drawWords();
    });
    parts.frame.addEventListener("animationend", () => parts.frame.classList.remove("news"));
    return parts;
  });
  document.body.classList.toggle("many", phones.length > 4); // more than a wide screen holds: the tabs stay
  place.replaceChildren(...phones.map(({ frame }) => frame));
  tabs.replaceChildren(...phones.map(({ tab }) => tab));
  watchTheView(place);
  const before = remembered("xa-nha.phone", sessionStorage);
  show(phones.find(({ phone }) => String(phone.user_id) === before) ?? phones[0], false);
  keepDrafts();
}

/** Who is out of sight has news marked beside the name; who comes into sight has been seen. */
function watchTheView(place) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const parts = phones.find(({ frame }) => frame === target);
        if (!parts) continue;
        parts.inView = isIntersecting;
        if (isIntersecting && (!ONE_AT_A_TIME.matches || isChosen(parts))) seen(parts);
      }
    },
    { root: place, threshold: 0.6 },
  );
  for (const { frame } of phones) observer.observe(frame);
}

const isChosen = ({ tab }) => tab.getAttribute("aria-current") === "true";

function seen(parts) {
  if (parts.dot.hidden) return;
  parts.dot.hidden = true;
  drawWords();
}

/** What was typed and not sent is there again after a reload, as in Telegram. */
function keepDrafts() {
  for (const { phone, chat } of phones) {
    const name = `xa-nha.draft.${phone.user_id}`;
    chat.draft = remembered(name, sessionStorage) ?? "";
    chat.addEventListener("xn-draft", (event) => remember(name, event.detail.text, sessionStorage));
  }
}

// The lock screen: what a phone shows to whoever looks over a shoulder.

function lockScreen(phone) {
  const parts = {
    time: make("time.lock-time"), day: make("p.lock-day"), note: make("p.lock-note"), why: make("p.lock-why"),
    open: make("button.strong", { type: "button" }),
  };
  parts.screen = make("section.lock", { "aria-label": "" }, parts.time, parts.day, make("div.lock-card", {}, make("b", {}, "Xa Nhà"), parts.note), parts.why, parts.open);
  return parts;
}

function lock({ lock: parts, chat, frame, phone }, on) {
  if (!parts) return;
  if (on && stage && hub.known(phone.user_id) && !frame.classList.contains("locked")) parts.since = newest(hub.known(phone.user_id))?.message_id ?? 0;
  parts.screen.hidden = !on;
  chat.inert = on;
  frame.classList.toggle("locked", on);
}

const newest = (state) => state?.messages.findLast((message) => message.from === "bot");

/** What a notification shows of what came since the phone was locked: hidden text is hidden there too. */
function notice(state, parts) {
  const last = newest(state);
  parts.since ??= last?.message_id;
  if (!last || last.message_id <= (parts.since ?? Infinity)) return words().noNews;
  const spoilers = (last.entities || []).filter(({ type }) => type === "spoiler");
  let text = last.text;
  for (const { offset, length } of [...spoilers].reverse()) text = `${text.slice(0, offset)}${"▒".repeat(Math.min(length, 14))}${text.slice(offset + length)}`;
  return text.replace(/\s*\n\s*/g, "\n").slice(0, 140);
}

function initials(name) {
  const parts = name.trim().split(/\s+/); // a Vietnamese given name stands last
  return (parts.length > 1 ? parts[0][0] + parts[parts.length - 1][0] : name.slice(0, 2)).toUpperCase();
}

function unfoldActions({ actions, menu, block }, open) {
  actions.hidden = !open;
  menu.setAttribute("aria-expanded", String(open));
  if (open) block.focus();
}

/** Brings a phone to the front: as the chosen tab on a narrow screen, into view on a wide one. */
function show(chosen, focus = true) {
  for (const parts of phones) {
    const on = parts === chosen;
    parts.frame.classList.toggle("chosen", on);
    parts.tab.setAttribute("aria-current", String(on));
    parts.chat.quiet = !on;
  }
  chosen.dot.hidden = true;
  remember("xa-nha.phone", String(chosen.phone.user_id), sessionStorage);
  drawWords();
  if (!focus) return;
  bringIntoView(chosen);
  if (chosen.lock && !chosen.lock.screen.hidden) chosen.lock.open.focus();
  else chosen.chat.focusInput();
}

/** The tour points at a phone; the focus stays with the tour. */
function lead(user, locks) {
  const parts = phones.find(({ phone }) => phone.user_id === user);
  if (!parts) return;
  if (locks) lock(parts, true);
  else lock(parts, false);
  show(parts, false);
  bringIntoView(parts);
}

function bringIntoView({ frame }) {
  const place = byId("phones"); // not scrollIntoView: it would push the machine out of sight
  const [inside, here] = [place.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (here.left < inside.left || here.right > inside.right) place.scrollBy({ left: here.left - inside.left - 24 });
}

// Words and clocks

/** Sets a text only when it differs: a live region would read it out again. */
function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function drawWords() {
  document.documentElement.lang = lang;
  document.title = words().title;
  for (const node of document.querySelectorAll("[data-word]")) put(node, words()[node.dataset.word]);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words()[node.dataset.label]);
  for (const button of document.querySelectorAll(".lang")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  for (const { phone, chat, about, menu, block, tab, dot, lock: locked } of phones) {
    const spoken = hub.spoken(phone.user_id) ?? phone.lang;
    const blocked = hub.clock?.blocked.includes(phone.user_id);
    put(about, phone.about[lang] ?? phone.about.vi);
    about.title = about.textContent;
    chat.setAttribute("lang", spoken); // as the program speaks there, not as the page does
    chat.setAttribute("owner", phone.name);
    chat.setAttribute("label", WORDS[spoken].chat(phone.name));
    chat.setAttribute("typed", WORDS[spoken].write(phone.name));
    if (locked) {
      locked.screen.setAttribute("aria-label", words().locked(phone.name));
      put(locked.note, notice(hub.known(phone.user_id), locked));
      locked.note.lang = spoken;
      put(locked.why, words().hides);
      put(locked.open, words().unlock);
    }
    menu.setAttribute("aria-label", words().more(phone.name));
    menu.title = words().more(phone.name);
    put(block, blocked ? words().unblock : words().block);
    tab.setAttribute("aria-label", [phone.name, dot.hidden ? "" : words().news, blocked ? words().blocked : ""].filter(Boolean).join(", "));
  }
  for (const link of document.querySelectorAll("[data-read]")) {
    link.href = `/read/${lang}/${link.dataset.read}`;
    link.hreflang = link.dataset.read === "readme" ? lang : "vi";
  }
  tour.draw();
  drawClock();
  drawHappened();
}

function drawClock() {
  if (!hub.clock) return;
  const now = new Date(hub.clock.now);
  put(byId("now-time"), hourOf(now, HOME));
  byId("now-time").dateTime = hub.clock.now;
  put(byId("now-day"), (ONE_AT_A_TIME.matches ? shortDay : longDay)(now, HOME));
  const next = hub.clock.next_at && new Date(hub.clock.next_at);
  put(byId("next-at"), next ? `${shortDay(next, HOME)}, ${hourOf(next, HOME)}` : words().nothing);
  for (const button of document.querySelectorAll(".jump")) {
    // Not `disabled`: the focus would be lost to a person who works by keyboard.
    button.setAttribute("aria-disabled", String(travelling || (button.dataset.add === "next" && !next)));
    button.classList.toggle("busy", travelling === button.dataset.add);
  }
  const day = byId("to-day");
  const home = new Intl.DateTimeFormat("en-CA", { timeZone: HOME }).format(now);
  if (day.min !== home) day.min = home;
  if (!day.value || day.value < home) day.value = home;
  for (const { phone, time, day, zone, tabTime, lock: locked } of phones) {
    if (locked) (put(locked.time, hourOf(now, phone.zone)), put(locked.day, longDay(now, phone.zone)));
    put(time, hourOf(now, phone.zone));
    time.dateTime = hub.clock.now;
    put(day, shortDay(now, phone.zone));
    put(zone, offset(now, phone.zone));
    zone.title = phone.zone;
    put(tabTime, hourOf(now, phone.zone));
  }
}

function drawHappened() {
  const list = byId("happenings");
  const told = happened();
  const count = told?.length ?? 0;
  put(byId("happened-title"), travelling ? words().moving(heading) : told === null ? words().hint : count ? words().done(count) : words().none);
  const print = JSON.stringify([lang, told]);
  if (list.dataset.print !== print)
    list.replaceChildren(
      ...(told || []).map(({ at, what }) => {
        const date = new Date(at);
        const line = what[lang] ?? what.vi;
        return make("li", { title: line }, make("time", { datetime: at }, `${shortDay(date, HOME)}, ${hourOf(date, HOME)}`), make("span", {}, line));
      }),
    );
  list.dataset.print = print;
  list.hidden = !count;
  const all = byId("all-happenings");
  const open = all.getAttribute("aria-expanded") === "true";
  byId("happened").classList.toggle("open", open && count > 0);
  const cut = [...list.querySelectorAll("span")].some((line) => line.scrollWidth > line.clientWidth + 1);
  all.hidden = !count || (!open && !cut && list.scrollWidth <= list.clientWidth + 1 && !ONE_AT_A_TIME.matches);
  put(all, open ? words().fewer : words().all(count));
  drawNews();
}

/** Whose phone to look at: a button for each that has news and is out of sight. */
function drawNews() {
  const place = byId("news");
  const who = phones.filter(({ dot }) => !dot.hidden);
  place.hidden = !who.length;
  const print = JSON.stringify([lang, who.map(({ phone }) => phone.user_id)]);
  if (place.dataset.print === print) return;
  place.dataset.print = print;
  place.replaceChildren(
    make("span", {}, words().newsOn),
    ...who.map((parts) => make("button.quiet", { type: "button", onclick: () => show(parts) }, parts.phone.short || parts.phone.name.split(" ").pop())),
  );
}

// Acts

let bannerWord = "";
let bannerTimer = 0;

function banner(word) {
  clearTimeout(bannerTimer);
  bannerWord = word;
  if (word && word !== "lost" && word !== "beginning") bannerTimer = setTimeout(() => banner(""), 8000);
  byId("banner").hidden = !word;
  put(byId("banner"), word ? words()[word] : "");
}

async function attempt(what, whenRefused = "failed") {
  try {
    return await what();
  } catch (error) {
    banner(error instanceof Refused ? whenRefused : "lost");
    return null;
  }
}

async function jump(pressed, where) {
  if (travelling || (pressed === "next" && !hub.clock?.next_at)) return false;
  const target = where.to ?? (pressed === "next" ? hub.clock.next_at : null);
  heading = target ? shortDay(new Date(target), HOME) : "";
  return travel(pressed, "/api/time", where, "failed");
}

const guide = (step) => (travelling ? false : ((heading = ""), travel("tour", "/api/tour", { step }, "otherWay")));

async function travel(pressed, path, body, whenRefused) {
  travelling = pressed;
  drawClock();
  drawHappened();
  const told = await attempt(() => post(path, body), whenRefused);
  travelling = false;
  if (told) {
    byId("all-happenings").setAttribute("aria-expanded", "false");
    banner("");
    hub.dispatchEvent(new Event("found"));
    if (told.life === hub.clock.life) Object.assign(hub.clock, { now: told.now, next_at: told.next_at, happened: told.happened }); // the poll brings the rest
  }
  drawClock();
  drawHappened();
  return told !== null;
}

function ask(dialog) {
  return new Promise((resolve) => {
    const chosen = (event) => {
      const button = event.target.closest("button");
      if (button) dialog.close(button.value);
      else if (event.target === dialog) dialog.close("no"); // beside it
    };
    dialog.returnValue = "";
    dialog.addEventListener("click", chosen);
    dialog.addEventListener("close", () => (dialog.removeEventListener("click", chosen), resolve(dialog.returnValue)), { once: true });
    dialog.showModal();
  });
}

async function startOver() {
  if ((await ask(byId("sure"))) === "yes") await beginAnew();
}

async function beginAnew() {
  ownReset = true;
  banner("beginning"); // it does not answer meanwhile, and is not lost
  await attempt(() => post("/api/reset", { lang }));
}

/** The page changes at once; the phones go on in their owners' language unless the visitor begins anew. */
async function speak(chosen) {
  if (lang === chosen) return;
  lang = chosen;
  remember("xa-nha.lang", lang);
  drawWords();
  if (phones.some(({ phone }) => !phone.guest && (hub.spoken(phone.user_id) ?? phone.lang) !== lang) && (await ask(byId("in-this"))) === "yes") await beginAnew();
}

/** True when the link leads to the bot or to its door: then a menu asks who opens it, as if it had been forwarded to them. */
function offerLink(url, from, login) {
  const payload = startPayload(url);
  const path = invented(url);
  if (payload === null && path === null) return false;
  if (path !== null && opensPage(url)) return true;
  if (path !== null && !path.startsWith(new URL(stage.door).host)) return browse(from, path); // a room is nobody's own
  const question = byId("open-on-text");
  question.dataset.word = path === null ? "openOn" : "openLink";
  put(question, words()[question.dataset.word]);
  const order = [...phones].sort((a, b) => weight(a) - weight(b));
  byId("open-on-phones").replaceChildren(
    ...order.map(({ phone }) =>
      make("button", { type: "button", value: String(phone.user_id) }, make("b", {}, phone.name), make("small", {}, phone === from ? words().same : (phone.about[lang] ?? phone.about.vi))),
    ),
  );
  ask(byId("open-on")).then((answer) => {
    const chosen = phones.find(({ phone }) => String(phone.user_id) === answer);
    if (!chosen) return;
    show(chosen);
    if (path === null) attempt(() => chosen.source.open(payload));
    else if (login && chosen.phone === from) browse(from, `login?${new URLSearchParams({ url })}`); // only its own phone has the button
    else browse(chosen.phone, path);
  });
  return true;

  function weight({ phone }) {
    if (path !== null) return phone === from ? 0 : 1;
    return phone === from ? 2 : phone.guest ? 0 : 1;
  }
}

/** Host and path of an address that only the playground knows; null for any other. */
function invented(address) {
  const { origin, host, pathname } = new URL(address);
  return [stage.door, stage.rooms].includes(origin) ? host + pathname : null;
}

/** True when the link leads to the page: whoever has no Telegram opens it in a browser of their own, which is the visitor's. */
function opensPage(address) {
  const { pathname } = new URL(address);
  if (!stage.page || !/^\/[io]\//.test(pathname)) return false;
  window.open(stage.page + pathname, "_blank", "noopener");
  return true;
}

/** In the phone's own browser: its cookies are not another's. */
function browse(phone, path) {
  window.open(`/browser/${phone.user_id}/${path}`, "_blank", "noopener");
  return true;
}

/** The payload of https://t.me/<bot>?start=…, also when it is wrapped for sharing; null for any other address. */
function startPayload(address) {
  let url = new URL(address);
  if (url.hostname === "t.me" && url.pathname === "/share/url") {
    try {
      url = new URL(url.searchParams.get("url"));
    } catch {
      return null;
    }
  }
  const bot = stage.bot.username.toLowerCase();
  if (url.protocol === "tg:" && url.hostname === "resolve" && url.searchParams.get("domain")?.toLowerCase() === bot) return url.searchParams.get("start") ?? "";
  if (!["t.me", "telegram.me"].includes(url.hostname) || url.pathname.slice(1).replace(/\/$/, "").toLowerCase() !== bot) return null;
  return url.searchParams.get("start") ?? "";
}

// Wiring

function wire() {
  for (const button of document.querySelectorAll(".jump")) button.addEventListener("click", () => jump(button.dataset.add, { add: button.dataset.add }));
  for (const button of document.querySelectorAll(".lang")) button.addEventListener("click", () => speak(button.dataset.lang));
  byId("to").addEventListener("submit", (event) => {
    event.preventDefault();
    if (byId("to-day").value) jump("to", { to: byId("to-day").value });
  });
  tour.wire(byId("tour"), byId("tour-open"));
  byId("again").addEventListener("click", startOver);
  byId("unfold").addEventListener("click", () => {
    const open = byId("machine").classList.toggle("unfolded");
    byId("unfold").setAttribute("aria-expanded", String(open));
    drawHappened();
  });
  byId("all-happenings").addEventListener("click", (event) => {
    const open = event.currentTarget.getAttribute("aria-expanded") !== "true";
    event.currentTarget.setAttribute("aria-expanded", String(open));
    drawHappened();
    if (open) byId("happenings").focus();
  });
  const jumps = document.querySelector(".jumps");
  jumps.addEventListener("keydown", (event) => arrows(event, [...jumps.querySelectorAll("button")]));
  byId("tabs").addEventListener("keydown", (event) => arrows(event, phones.map(({ tab }) => tab)));
  addEventListener("resize", drawHappened);
  ONE_AT_A_TIME.addEventListener("change", drawClock);
  hub.addEventListener("clock", drawWords);
  hub.addEventListener("lost", () => bannerWord === "beginning" || banner("lost"));
  hub.addEventListener("found", () => bannerWord === "lost" && banner(""));
  hub.addEventListener("anew", async () => {
    if (!(await loadStage())) return; // another life: perhaps other phones
    for (const parts of phones) lock(parts, true);
    if (!ownReset) banner("anew");
    else if (bannerWord === "beginning") banner("");
    ownReset = false;
  });
}

async function loadStage() {
  try {
    const found = await get("/api/stage");
    const same = stage && JSON.stringify(found.phones.map((phone) => phone.user_id)) === JSON.stringify(stage.phones.map((phone) => phone.user_id));
    stage = found;
    if (!same) buildPhones();
    drawWords();
    return true;
  } catch {
    banner("lost");
    return false;
  }
}

async function open() {
  wire();
  drawWords();
  while (!(await loadStage())) await new Promise((done) => setTimeout(done, 1500));
  banner("");
  hub.watch();
  await hub.listen();
}

open();
