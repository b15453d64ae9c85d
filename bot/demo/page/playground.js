/* The playground around the chats: several phones, one time machine, one connection that listens for all of them.

   A browser opens at most six connections to one host (HTTP/1.1). The hub therefore holds a single long poll,
   GET /api/changes, and hands each phone its part; a page in the background lets go of it. */

import { arrows, make } from "./chat.js";

const WORDS = {
  vi: {
    title: "Xa Nhà: bản dùng thử", skip: "Đến các điện thoại", trial: "Bản dùng thử", vietnam: "Giờ Việt Nam", unfold: "Tua thời gian",
    jumps: "Tua thời gian", hour: "+1 giờ", day: "+1 ngày", week: "+1 tuần", next: "Đến việc kế tiếp", nothing: "không có việc nào đang chờ",
    again: "Làm lại từ đầu", language: "Ngôn ngữ", phones: "Các điện thoại", sure: "Xóa mọi việc đã làm và bắt đầu lại từ đầu?", keep: "Thôi",
    openOn: "Mở lời mời trên điện thoại nào?", openLink: "Mở đường dẫn này trên điện thoại nào?", same: "máy này", invented: "Người và chi bộ ở đây là hư cấu. Mọi thứ chạy trên máy này, không gửi đi đâu.",
    lost: "Mất kết nối với chương trình. Trang đang tự kết nối lại…", failed: "Chưa làm được. Xin thử lại.", moving: "Đang tua…",
    hint: "Bấm một nút tua: mọi việc đã hẹn giờ sẽ diễn ra như thật.", none: "Trong khoảng vừa tua không có việc gì.",
    done: (n) => `Vừa diễn ra: ${n} việc`, all: (n) => `Xem cả ${n} việc`, fewer: "Thu gọn", chat: (name) => `Tin nhắn trên điện thoại của ${name}`,
    more: (name) => `Việc khác trên điện thoại của ${name}`, block: "Chặn bot", unblock: "Bỏ chặn chương trình", news: "có tin mới", blocked: "đã chặn chương trình",
  },
  en: {
    title: "Xa Nhà: playground", skip: "To the phones", trial: "Playground", vietnam: "Time in Vietnam", unfold: "Time machine",
    jumps: "Time machine", hour: "+1 hour", day: "+1 day", week: "+1 week", next: "To the next event", nothing: "nothing is waiting",
    again: "Start over", language: "Language", phones: "Phones", sure: "Delete everything done so far and start over?", keep: "Cancel",
    openOn: "Open the invite on which phone?", openLink: "Open this link on which phone?", same: "this phone", invented: "The people and cells here are invented. Everything runs on this machine; nothing leaves it.",
    lost: "The program cannot be reached. The page keeps trying…", failed: "That did not work. Please try again.", moving: "Travelling…",
    hint: "Press a button: whatever is scheduled will happen as it would.", none: "Nothing happened in that time.",
    done: (n) => `Just happened: ${n}`, all: (n) => `Show all ${n}`, fewer: "Show fewer", chat: (name) => `Messages on the phone of ${name}`,
    more: (name) => `More on the phone of ${name}`, block: "Block the bot", unblock: "Unblock the bot", news: "new messages", blocked: "bot blocked",
  },
};
const HOME = "Asia/Ho_Chi_Minh";
const ONE_AT_A_TIME = matchMedia("(max-width: 759px)");

const byId = (id) => document.getElementById(id);
let lang = remembered("xa-nha.lang") === "en" ? "en" : "vi";
const words = () => WORDS[lang];

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser may forbid it
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
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
        const timer = setTimeout(() => stop.abort(), 35_000); // a frozen server is no server
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
    this.tick(clock);
    for (const [user, chat] of Object.entries(chats)) this.#put(Number(user), chat);
    for (const [user, { rev, state }] of this.#chats) {
      const blocked = clock.blocked.includes(user);
      if (state.blocked !== blocked) this.#put(user, { ...state, rev, blocked });
    }
    if (anew) this.dispatchEvent(new Event("anew"));
  }

  tick(clock) {
    this.clock = clock;
    this.dispatchEvent(new Event("clock"));
  }

  #put(user, chat) {
    const state = { ...chat, rev: `${this.clock.life}.${chat.rev}.${chat.blocked}` };
    this.#chats.set(user, { rev: chat.rev, state });
    const waiting = this.#waiting.get(user) || [];
    this.#waiting.set(user, []);
    for (const [since, resolve] of waiting) this.state(user, since).then(resolve);
  }

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
// Not «Thứ 5 5/3»: the weekday in letters, the date in figures.
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
let happened = null; // what the last jump brought
let travelling = false;

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
    };
    parts.actions = make("div.phone-actions", { hidden: true }, parts.block);
    parts.tab = make(
      "button.tab", { type: "button", role: "tab", id: `tab-${phone.user_id}`, "aria-controls": `phone-${phone.user_id}` },
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
    );
    parts.tab.addEventListener("click", () => (show(parts, false), bringIntoView(parts)));
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
      parts.dot.hidden = parts.tab.getAttribute("aria-selected") === "true" || !ONE_AT_A_TIME.matches;
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
  show(phones[0], false);
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
    parts.tab.setAttribute("aria-selected", String(on));
    parts.tab.tabIndex = on ? 0 : -1;
  }
  chosen.dot.hidden = true;
  drawWords();
  if (!focus) return;
  bringIntoView(chosen);
  chosen.chat.focusInput();
}

function bringIntoView({ frame }) {
  frame.scrollIntoView({ block: "nearest", inline: "nearest" });
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
  for (const { phone, chat, about, menu, block, tab, dot } of phones) {
    const blocked = hub.clock?.blocked.includes(phone.user_id);
    put(about, phone.about[lang] ?? phone.about.vi);
    about.title = about.textContent;
    chat.setAttribute("lang", lang);
    chat.setAttribute("label", words().chat(phone.name));
    menu.setAttribute("aria-label", words().more(phone.name));
    menu.title = words().more(phone.name);
    put(block, blocked ? words().unblock : words().block);
    tab.setAttribute("aria-label", [phone.name, dot.hidden ? "" : words().news, blocked ? words().blocked : ""].filter(Boolean).join(", "));
  }
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
  for (const { phone, time, day, zone, tabTime } of phones) {
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
  const count = happened?.length ?? 0;
  put(byId("happened-title"), travelling ? words().moving : happened === null ? words().hint : count ? words().done(count) : words().none);
  const print = JSON.stringify([lang, happened]);
  if (list.dataset.print !== print)
    list.replaceChildren(
    ...(happened || []).map(({ at, what }) => {
      const date = new Date(at);
      return make("li", {}, make("time", { datetime: at }, `${shortDay(date, HOME)}, ${hourOf(date, HOME)}`), make("span", {}, what[lang] ?? what.vi));
    }),
  );
  list.dataset.print = print;
  list.hidden = !count;
  const all = byId("all-happenings");
  const open = all.getAttribute("aria-expanded") === "true";
  byId("happened").classList.toggle("open", open && count > 0);
  all.hidden = count < 2 || (!open && list.scrollWidth <= list.clientWidth + 1 && !ONE_AT_A_TIME.matches);
  put(all, open ? words().fewer : words().all(count));
}

// Acts

let bannerWord = "";
let bannerTimer = 0;

function banner(word) {
  clearTimeout(bannerTimer);
  bannerWord = word;
  if (word === "failed") bannerTimer = setTimeout(() => banner(""), 8000);
  byId("banner").hidden = !word;
  put(byId("banner"), word ? words()[word] : "");
}

async function attempt(what) {
  try {
    return await what();
  } catch (error) {
    banner(error instanceof Refused ? "failed" : "lost");
    return null;
  }
}

async function jump(add) {
  if (travelling || (add === "next" && !hub.clock?.next_at)) return;
  travelling = add;
  drawClock();
  drawHappened();
  const told = await attempt(() => post("/api/time", { add }));
  travelling = false;
  if (told) {
    ({ happened } = told);
    byId("all-happenings").setAttribute("aria-expanded", "false");
    banner("");
    delete told.happened;
    hub.dispatchEvent(new Event("found"));
    if (told.life === hub.clock.life) Object.assign(hub.clock, { now: told.now, next_at: told.next_at }); // the poll brings the rest
  }
  drawClock();
  drawHappened();
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
  if ((await ask(byId("sure"))) !== "yes") return;
  if (await attempt(() => post("/api/reset"))) {
    happened = null;
    drawHappened();
  }
}

/** True when the link leads to the bot or to its door: then a menu asks who opens it, as if it had been forwarded to them. */
function offerLink(url, from, login) {
  const payload = startPayload(url);
  const path = invented(url);
  if (payload === null && path === null) return false;
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
  for (const button of document.querySelectorAll(".jump")) button.addEventListener("click", () => jump(button.dataset.add));
  for (const button of document.querySelectorAll(".lang")) {
    button.addEventListener("click", () => {
      lang = button.dataset.lang;
      remember("xa-nha.lang", lang);
      drawWords();
    });
  }
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
  byId("tabs").addEventListener("keydown", (event) => {
    const before = document.activeElement;
    arrows(event, phones.map(({ tab }) => tab));
    const now = phones.find(({ tab }) => tab === document.activeElement);
    if (now && document.activeElement !== before) (show(now, false), bringIntoView(now));
  });
  addEventListener("resize", drawHappened);
  ONE_AT_A_TIME.addEventListener("change", drawClock);
  hub.addEventListener("clock", drawWords);
  hub.addEventListener("lost", () => banner("lost"));
  hub.addEventListener("found", () => bannerWord === "lost" && banner(""));
  hub.addEventListener("anew", loadStage); // another life: perhaps other phones
}

async function loadStage() {
  try {
    const found = await get("/api/stage");
    const same = stage && JSON.stringify(found.phones) === JSON.stringify(stage.phones);
    stage = found;
    happened = null;
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
  await hub.listen();
}

open();
