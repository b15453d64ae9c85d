/* The chat view: one conversation with a bot, drawn as Telegram draws it.

   <xn-chat> knows nothing but its source. It has no idea of phones on a page, of a time machine or of who plays whom.

   Attributes: lang ("vi" or "en"), zone (IANA, for times and dates), label and typed (the names of the log and of the
               text field for screen readers).
   Property:   draft, what stands in the text field; the event "xn-draft" tells each change (detail.text).
   Property:   source, an object with
     load(since)              -> Promise<State>: at once when since is null, otherwise as soon as something differs
     sendText(text)           -> Promise
     tap(messageId, data)     -> Promise<{answered, text, alert}>: resolves when the button has been answered
     shareContact()           -> Promise
     sendFile(file, caption)  -> Promise
     openLink(url, login)     -> true when the source takes the link itself; otherwise the browser opens it (login: of a login button)
     fileUrl(fileId)          -> string
     unblock()                -> Promise (optional)
   State: {rev, messages, reply_keyboard, commands, blocked}; rev is opaque and goes back into load().
   Event:      "xn-new" with detail.count: messages from the bot that arrived after the first load.

   People's text reaches the page as text nodes only; nothing here parses HTML. */

const WORDS = {
  vi: {
    log: "Tin nhắn", bot: "Bot", me: "Tôi", write: "Tin nhắn", send: "Gửi", commands: "Lệnh", attach: "Đính kèm tệp",
    showKeys: "Hiện các nút trả lời", hideKeys: "Ẩn các nút trả lời", keys: "Các nút trả lời", under: "Các nút của tin nhắn",
    edited: "đã sửa", kept: "không chuyển tiếp được", start: "Bắt đầu", empty: "Chưa có tin nhắn nào.", emptyHint: "Bấm “Bắt đầu” để trò chuyện với chương trình.",
    newest: "Xuống tin mới nhất", blocked: "Đã chặn chương trình này: bot không gửi tin đến được.", unblock: "Bỏ chặn",
    failed: "Chưa gửi được. Nội dung vẫn còn đây, xin thử lại.", tooBig: "Tệp lớn hơn 20 MB, không gửi được.",
    noAnswer: "Bot chưa trả lời nút này.", lost: "Mất kết nối. Đang tự kết nối lại…", download: "Tải về", voice: "Tin thoại",
    contact: "Danh thiếp", more: "Xem thêm", less: "Thu gọn", hidden: "Nội dung ẩn, bấm để xem", photo: "Ảnh, bấm để xem lớn",
    close: "Đóng", understood: "Đã hiểu", drop: "Bỏ tệp này", place: "Vị trí",
  },
  en: {
    log: "Messages", bot: "Bot", me: "Me", write: "Message", send: "Send", commands: "Menu", attach: "Attach a file",
    showKeys: "Show the answer buttons", hideKeys: "Hide the answer buttons", keys: "Answer buttons", under: "Buttons of the message",
    edited: "edited", kept: "cannot be forwarded", start: "Start", empty: "No messages yet.", emptyHint: "Press “Start” to talk to the bot.",
    newest: "Down to the newest", blocked: "This bot is blocked: it cannot send anything here.", unblock: "Unblock",
    failed: "Not sent. Your text is still here; please try again.", tooBig: "The file is larger than 20 MB and cannot be sent.",
    noAnswer: "The bot has not answered this button.", lost: "Connection lost. Reconnecting…", download: "Download", voice: "Voice message",
    contact: "Contact", more: "Show more", less: "Show less", hidden: "Hidden text, press to show", photo: "Picture, press to enlarge",
    close: "Close", understood: "OK", drop: "Remove this file", place: "Location",
  },
};

const ICONS = {
  attach: "M16.5 6.5v10a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v10a1.5 1.5 0 0 1-3 0V6.5",
  send: "M4 12 20 4.5 15 20l-3.5-6.5z M11.5 13.5 20 4.5",
  keys: "M4 6.5h16v11H4z M7.5 10h1 M11.5 10h1 M15.5 10h1 M8 14h8",
  down: "M6 10l6 6 6-6",
  file: "M7 3.5h7l4 4v13H7z M14 3.5v4h4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.5 20.5c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6",
  away: "M8 16 16.5 7.5 M9.5 7.5h7v7",
  menu: "M5 7.5h14 M5 12h14 M5 16.5h14",
  close: "M7 7l10 10 M17 7 7 17",
};

const LONGEST = 4096; // UTF-16 units of one message; longer ones are sent in parts, as Telegram's apps do
const BIGGEST = 20 * 1024 * 1024;

/** make("p.note", {title: "…"}, child, "text") -> element. Strings become text nodes. */
export function make(what, props = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "xn-icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Moves the focus among buttons with the arrow keys: ← → in order, ↑ ↓ to the nearest in the next line. */
export function arrows(event, buttons) {
  const steps = { ArrowLeft: "x", ArrowRight: "x", ArrowUp: "y", ArrowDown: "y", Home: "end", End: "end" };
  const here = buttons.indexOf(document.activeElement);
  if (!(event.key in steps) || here < 0 || buttons.length < 2) return;
  const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
  let target = null;
  if (steps[event.key] === "end") target = event.key === "Home" ? buttons[0] : buttons[buttons.length - 1];
  else if (steps[event.key] === "x") target = buttons[here + (forward ? 1 : -1)];
  else {
    const box = buttons[here].getBoundingClientRect();
    const middle = (box.left + box.right) / 2;
    let best = Infinity;
    for (const button of buttons) {
      const other = button.getBoundingClientRect();
      const away = forward ? other.top - box.top : box.top - other.top;
      if (away < 4) continue;
      const distance = away * 1000 + Math.abs((other.left + other.right) / 2 - middle);
      if (distance < best) [best, target] = [distance, button];
    }
  }
  if (target) {
    event.preventDefault();
    target.focus();
  }
}

// --- Rich text -------------------------------------------------------------------------------------------------------

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const NUMBERS = /\+\d(?:[ .-]?\d){7,13}/g; // of telephones
const OUTER = ["blockquote", "expandable_blockquote", "pre", "spoiler", "text_link", "url"]; // of two equally long ones, the outer

/** The text with its entities as nodes. Offsets are UTF-16, as JavaScript's own. */
export function richText(text, entities, act, words) {
  const whole = document.createDocumentFragment();
  const rank = (entity) => (OUTER.includes(entity.type) ? OUTER.indexOf(entity.type) : OUTER.length);
  const sorted = (entities || [])
    .filter((entity) => entity.length > 0 && entity.offset >= 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
  fill(whole, 0, text.length, sorted);
  return whole;

  function fill(parent, from, to, list) {
    let at = from;
    const pending = [...list];
    while (pending.length) {
      const entity = pending.shift();
      const start = Math.max(entity.offset, at);
      const end = Math.min(entity.offset + entity.length, to);
      if (end <= start) continue;
      plain(parent, at, start);
      const inside = [];
      const beyond = [];
      while (pending.length && pending[0].offset < end) {
        const next = pending.shift();
        inside.push(next);
        const over = next.offset + next.length - end; // an overlap goes on behind the end
        if (over > 0) beyond.push({ ...next, offset: end, length: over });
      }
      pending.unshift(...beyond);
      const node = dress(entity, text.slice(start, end));
      fill(node.firstChild?.classList?.contains("xn-fold") ? node.firstChild : node, start, end, inside);
      parent.append(node);
      if (entity.type === "spoiler") node.addEventListener("click", () => reveal(node));
      at = end;
    }
    plain(parent, at, to);
  }

  function plain(parent, from, to) {
    let piece = text.slice(from, to);
    // The line break behind a block is the block's own end.
    if (parent.lastChild?.classList?.contains("xn-block") && piece.startsWith("\n")) piece = piece.slice(1);
    let at = 0;
    for (const found of parent.closest?.("a") ? [] : piece.matchAll(NUMBERS)) { // an app makes them links by itself
      if (found.index > at) parent.append(piece.slice(at, found.index));
      const tel = link({ type: "phone_number" }, found[0]);
      tel.append(found[0]);
      parent.append(tel);
      at = found.index + found[0].length;
    }
    if (at < piece.length) parent.append(piece.slice(at));
  }

  function dress(entity, shown) {
    const { type } = entity;
    if (type === "expandable_blockquote") return fold();
    if (type in TAGS) return make(BLOCKS.has(type) ? `${TAGS[type]}.xn-block` : TAGS[type]);
    if (type === "text_link" || type === "url" || type === "email" || type === "phone_number") return link(entity, shown);
    if (type === "bot_command") return make("button.xn-inline-link", { type: "button", onclick: () => act.say(shown) });
    if (type === "spoiler") return make("span.xn-spoiler", { role: "button", tabindex: "0", "aria-label": words.hidden, onkeydown: pressed });
    return make("span");
  }

  function link(entity, shown) {
    const raw = entity.url || { email: `mailto:${shown}`, phone_number: `tel:${shown.replace(/[^+\d]/g, "")}` }[entity.type] || shown;
    const url = safeUrl(raw);
    if (!url) return make("span");
    return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: (event) => act.follow(event, url) });
  }

  function fold() {
    const inner = make("span.xn-fold");
    const button = make("button.xn-more", { type: "button", "aria-expanded": "false" }, words.more);
    button.addEventListener("click", () => {
      const open = inner.classList.toggle("xn-open");
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? words.less : words.more;
    });
    return make("blockquote.xn-block", {}, inner, button);
  }

  function reveal(node) {
    node.classList.add("xn-open");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  }

  function pressed(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal(event.currentTarget);
  }
}

/** The address when it is of a kind that a message may open, else null. */
export function safeUrl(raw) {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `https://${raw}`;
  try {
    const url = new URL(text);
    return ["https:", "http:", "tg:", "tel:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function size(bytes) {
  if (bytes === undefined || bytes === null) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A long text in parts of at most `limit` units, cut at line ends or spaces where there are any. */
export function parts(text, limit = LONGEST) {
  const all = [];
  let rest = text;
  while (rest.length > limit) {
    let cut = Math.max(rest.lastIndexOf("\n", limit), rest.lastIndexOf(" ", limit));
    if (cut < limit / 2) cut = limit - (/[\uD800-\uDBFF]/.test(rest[limit - 1]) ? 1 : 0);
    all.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  if (rest) all.push(rest);
  return all;
}

// --- The element -----------------------------------------------------------------------------------------------------

class Chat extends HTMLElement {
  static observedAttributes = ["lang", "zone", "label", "typed"];

  #source = null;
  #listening = null; // the token of the one loop that may draw
  #state = null;
  #drawn = new Map(); // key -> {node, print}
  #busy = new Set(); // "message:data" of buttons that wait for their answer
  #stick = true; // stays at the newest message
  #begun = -1; // where that begins when it is taller than the screen: its first sentence comes before its last button
  #keysHidden = false;
  #keysPrint = "null";
  #file = null;
  #sending = false;
  #parts = null;

  get source() {
    return this.#source;
  }

  set source(source) {
    this.#source = source;
    this.#state = null;
    if (this.#parts) this.#draw();
    this.#listen();
  }

  connectedCallback() {
    if (!this.#parts) this.#build();
    this.#listen();
  }

  disconnectedCallback() {
    this.#listening = null;
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#parts || before === after) return;
    const { log } = this.#parts;
    const top = log.scrollTop;
    this.#drawn.clear();
    log.replaceChildren();
    this.#label();
    this.#draw();
    if (!this.#stick) log.scrollTop = top;
  }

  set draft(text) {
    this.#parts.text.value = text;
    this.#grow();
  }

  /** Of many chats on one page only the one in hand is read out. */
  set quiet(on) {
    this.#parts.log.setAttribute("aria-live", on ? "off" : "polite");
  }

  focusInput() {
    const { text, start } = this.#parts;
    (start.hidden ? text : start.firstElementChild).focus();
  }

  get #words() {
    return WORDS[this.lang] || WORDS.vi;
  }

  // Listening

  async #listen() {
    const source = this.#source;
    if (!source || !this.isConnected) return;
    const token = (this.#listening = {});
    let since = null;
    while (this.#listening === token) {
      try {
        const state = await source.load(since);
        if (this.#listening !== token) return;
        since = state.rev;
        this.#note("");
        this.#take(state);
      } catch {
        if (this.#listening !== token) return;
        this.#note(this.#words.lost);
        await new Promise((done) => setTimeout(done, 1500));
      }
    }
  }

  #take(state) {
    const before = this.#state;
    this.#state = state;
    this.#draw();
    if (!before) return;
    const known = new Set(before.messages.map((message) => message.message_id));
    const count = state.messages.filter((message) => message.from === "bot" && !known.has(message.message_id)).length;
    if (count) this.dispatchEvent(new CustomEvent("xn-new", { bubbles: true, detail: { count } }));
    if (count && !this.#stick) this.#parts.down.hidden = false;
  }

  // Building

  #build() {
    const log = make("div.xn-log", { role: "log", "aria-live": "polite", tabindex: "0" });
    const down = make("button.xn-down", { type: "button", onclick: () => this.#toEnd(true) }, icon("down"));
    const toast = make("p.xn-toast", { role: "status" });
    const note = make("p.xn-note", { role: "status" });
    const keys = make("div.xn-replykeys", { role: "group" });
    const commands = make("ul.xn-commands", { role: "menu" });
    const menu = make("button.xn-menu", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("menu"), make("span"));
    const text = make("textarea.xn-text", { rows: "1", autocomplete: "off", enterkeyhint: "send" });
    const toggle = make("button.xn-tool.xn-toggle", { type: "button" }, icon("keys"));
    const attach = make("button.xn-tool", { type: "button" }, icon("attach"));
    const input = make("input", { type: "file", tabindex: "-1", "aria-hidden": "true" });
    const send = make("button.xn-send", { type: "submit" }, icon("send"));
    const file = make("div.xn-file");
    const form = make("form.xn-composer", {}, menu, make("div.xn-field", {}, text, toggle, attach, input), send);
    const start = make("div.xn-bar", {}, make("button.xn-strong", { type: "button", onclick: () => this.#say("/start") }));
    const blocked = make("div.xn-bar", {}, make("p"), make("button.xn-strong", { type: "button", onclick: () => this.#unblock() }));
    const alert = make("dialog.xn-alert", {}, make("p"), make("button.xn-strong", { type: "button" }));
    const picture = make("dialog.xn-picture", {}, make("img", { alt: "" }), make("button.xn-strong", { type: "button" }));
    const view = make("div.xn-view", {}, log, down, toast, note);
    const foot = make("div.xn-foot", {}, commands, keys, file, form, start, blocked);
    this.#parts = { log, down, toast, note, keys, commands, menu, text, toggle, attach, input, send, file, form, start, blocked, alert, picture };
    for (const node of [down, toast, note, keys, commands, toggle, file, form, start, blocked, input]) node.hidden = true;
    this.replaceChildren(view, foot, alert, picture);

    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    log.addEventListener("keydown", (event) => this.#logKeys(event));
    keys.addEventListener("keydown", (event) => arrows(event, [...keys.querySelectorAll("button")]));
    new ResizeObserver(() => this.#stick && this.#toEnd()).observe(log);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    text.addEventListener("input", () => (this.#grow(), this.#tellDraft()));
    text.addEventListener("keydown", (event) => this.#textKeys(event));
    text.addEventListener("paste", (event) => this.#choose(event.clipboardData?.files?.[0], event));
    attach.addEventListener("click", () => input.click());
    input.addEventListener("change", () => this.#choose(input.files[0]));
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#choose(event.dataTransfer?.files?.[0]);
    });
    toggle.addEventListener("click", () => {
      this.#keysHidden = !this.#keysHidden;
      this.#drawKeys();
      if (!this.#keysHidden) keys.querySelector("button")?.focus();
    });
    menu.addEventListener("click", () => this.#showCommands(commands.hidden));
    this.addEventListener("focusout", (event) => {
      if (!commands.hidden && !commands.contains(event.relatedTarget) && event.relatedTarget !== menu) this.#showCommands(false);
    });
    commands.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.#showCommands(false);
        menu.focus();
      } else arrows(event, [...commands.querySelectorAll("button")]);
    });
    for (const dialog of [alert, picture]) {
      dialog.addEventListener("click", (event) => (event.target === dialog || event.target.closest("button, img")) && dialog.close());
    }
    this.#label();
    this.#draw();
  }

  #label() {
    const words = this.#words;
    const p = this.#parts;
    p.log.setAttribute("aria-label", this.getAttribute("label") || words.log);
    p.keys.setAttribute("aria-label", words.keys);
    p.text.placeholder = words.write;
    p.text.setAttribute("aria-label", this.getAttribute("typed") || words.write);
    p.menu.lastChild.textContent = words.commands;
    for (const [node, word] of [[p.menu, words.commands], [p.attach, words.attach], [p.send, words.send], [p.down, words.newest]]) {
      const owner = this.getAttribute("owner"); // on a page of many phones "Send" alone says too little
      node.setAttribute("aria-label", owner ? `${word}, ${owner}` : word);
      if (node !== p.menu) node.title = word;
    }
    p.commands.setAttribute("aria-label", words.commands);
    p.start.firstChild.textContent = words.start;
    p.blocked.firstChild.textContent = words.blocked;
    p.blocked.lastChild.textContent = words.unblock;
    p.alert.lastChild.textContent = words.understood;
    p.picture.lastChild.textContent = words.close;
  }

  // Drawing

  #draw() {
    const { log, start, blocked, form } = this.#parts;
    const state = this.#state;
    if (!state) {
      this.#drawn.clear();
      log.replaceChildren();
      log.setAttribute("aria-busy", "true");
      return;
    }
    const follow = this.#stick;
    const wanted = this.#wanted(state.messages);
    const first = this.#drawn.size === 0;
    if (first) log.setAttribute("aria-busy", "true"); // an old conversation is not news
    const keep = new Set(wanted.map(([key]) => key));
    for (const [key, { node }] of this.#drawn) {
      if (keep.has(key)) continue;
      if (node.contains(document.activeElement)) log.focus({ preventScroll: true });
      node.remove();
      this.#drawn.delete(key);
    }
    let before = null;
    for (const [key, print, draw] of wanted) {
      const known = this.#drawn.get(key);
      const node = known?.node ?? draw(null);
      if (known && known.print !== print) draw(known.node);
      this.#drawn.set(key, { node, print });
      const place = before ? before.nextSibling : log.firstChild;
      if (node !== place) log.insertBefore(node, place);
      before = node;
    }
    const fresh = state.messages.length === 0;
    start.hidden = state.blocked || !fresh;
    blocked.hidden = !state.blocked;
    blocked.lastChild.hidden = !this.#source?.unblock;
    form.hidden = state.blocked || fresh;
    this.#drawKeys();
    this.#drawCommands();
    if (follow) {
      this.#toEnd();
      requestAnimationFrame(() => this.#toEnd()); // once more when the page around has settled
    }
    if (first) requestAnimationFrame(() => log.setAttribute("aria-busy", "false"));
  }

  /** [key, what it looks like, how to draw it] from top to bottom. */
  #wanted(messages) {
    const zone = this.getAttribute("zone") || undefined;
    const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    const timeOf = new Intl.DateTimeFormat("vi", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const wanted = [];
    let day = "";
    let who = "";
    for (const message of messages) {
      const date = new Date(message.date);
      const today = dayOf.format(date);
      if (today !== day) {
        const withYear = today.slice(0, 4) !== day.slice(0, 4);
        wanted.push([`day ${today} ${withYear} ${message.message_id}`, "", () => this.#day(date, zone, withYear)]);
        who = "";
      }
      day = today;
      const follows = who === message.from;
      who = message.from;
      const print = JSON.stringify([message, follows]);
      wanted.push([`message ${message.message_id}`, print, (node) => this.#message(message, timeOf.format(date), follows, node)]);
    }
    if (!messages.length) {
      wanted.push(["empty", "", () => make("div.xn-empty", {}, make("p", {}, this.#words.empty), make("p", {}, this.#words.emptyHint))]);
    }
    return wanted;
  }

  #day(date, zone, withYear) {
    const form = { timeZone: zone, weekday: "long", day: "numeric", month: "long", ...(withYear ? { year: "numeric" } : {}) };
    const text = new Intl.DateTimeFormat(this.lang === "en" ? "en-GB" : "vi", form).format(date);
    return make("p.xn-day", {}, make("span", {}, text));
  }

  #message(message, time, follows, old) {
    const node = old ?? make("article", { tabindex: "-1" });
    const focused = node.contains(document.activeElement) && node !== document.activeElement ? document.activeElement : null;
    const place = focused?.dataset.place;
    node.className = `xn-msg ${message.from === "bot" ? "xn-in" : "xn-out"}${follows ? " xn-follows" : ""}`;
    const rows = (message.inline_keyboard || []).filter((row) => row.length);
    if (rows.length) node.classList.add("xn-keyed");
    node.dataset.message = message.message_id;
    node.replaceChildren(this.#bubble(message, time), ...(rows.length ? [this.#inlineKeys(message, rows)] : []));
    if (focused) (node.querySelector(`[data-place="${place}"]`) ?? node).focus({ preventScroll: true });
    return node;
  }

  #bubble(message, time) {
    const words = this.#words;
    const bubble = make("div.xn-bubble", {}, make("span.xn-hush", {}, `${message.from === "bot" ? words.bot : words.me}: `));
    if (message.photo) bubble.append(this.#photo(message.photo));
    if (message.document) bubble.append(this.#document(message.document));
    if (message.voice) bubble.append(this.#voice(message.voice));
    if (message.contact) bubble.append(this.#contact(message.contact));
    for (const kind of ["video", "audio"]) if (message[kind]) bubble.append(this.#document(message[kind]));
    if (message.sticker) bubble.append(make("div.xn-sticker", {}, message.sticker.emoji || ""));
    if (message.location) bubble.append(make("div.xn-doc", {}, make("b", {}, `${words.place}: ${message.location.latitude}, ${message.location.longitude}`)));
    if (message.text) {
      const act = { say: (text) => this.#say(text), follow: (event, url) => this.#follow(event, url) };
      const start = message.from !== "bot" && /^\/start \S+$/.test(message.text); // an app hides what a link gave it
      bubble.append(make("div.xn-words", {}, richText(start ? "/start" : message.text, message.entities, act, words)));
    } else if (message.photo) bubble.classList.add("xn-bare");
    const clock = make("time", { datetime: message.date }, time);
    const marks = [message.has_protected_content && words.kept, message.edited && words.edited].filter(Boolean);
    bubble.append(make("span.xn-meta", {}, marks.length ? `${marks.join(" · ")} ` : "", clock));
    return bubble;
  }

  #photo(photo) {
    const url = this.#source.fileUrl(photo.file_id);
    const image = make("img", { src: url, alt: "", decoding: "async" });
    // Its place is kept before it arrives: a picture that grows late would push the newest message out of sight.
    const ratio = photo.width / photo.height || 1;
    image.style.aspectRatio = String(ratio);
    image.style.width = `min(100%, ${photo.width || 320}px, ${16 * ratio}rem)`;
    return make("button.xn-photo", { type: "button", "data-place": "photo", "aria-label": this.#words.photo, onclick: () => this.#enlarge(url) }, image);
  }

  #document(file) {
    const url = this.#source.fileUrl(file.file_id);
    const ending = (file.file_name || "").split(".").pop().slice(0, 4).toUpperCase();
    return make(
      "a.xn-doc", { href: url, download: file.file_name || "", "data-place": "document" },
      make("span.xn-doc-icon", { "aria-hidden": "true" }, ending || icon("file")),
      make("span.xn-doc-name", {}, make("b", {}, file.file_name || "?"), make("small", {}, [size(file.size), this.#words.download].filter(Boolean).join(" · "))),
    );
  }

  #voice(voice) {
    const seconds = Number.isFinite(voice.duration) ? ` ${Math.floor(voice.duration / 60)}:${String(voice.duration % 60).padStart(2, "0")}` : "";
    return make("div.xn-voice", {}, make("small", {}, this.#words.voice + seconds), make("audio", { controls: true, preload: "none", src: this.#source.fileUrl(voice.file_id) }));
  }

  #contact(contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ") || contact.name || this.#words.contact;
    return make("div.xn-doc", {}, make("span.xn-doc-icon.xn-round", {}, icon("person")), make("span.xn-doc-name", {}, make("b", {}, name), make("small", {}, contact.phone_number || "")));
  }

  #inlineKeys(message, rows) {
    const group = make("div.xn-keys", { role: "group", "aria-label": this.#words.under });
    rows.forEach((row, y) => {
      const line = make("div.xn-row");
      row.forEach((button, x) => line.append(this.#inlineKey(message, button, `${y}.${x}`)));
      group.append(line);
    });
    return group;
  }

  #inlineKey(message, button, place) {
    if (button.url || button.login_url) {
      const url = safeUrl(button.url ?? button.login_url.url);
      const props = { href: url, target: "_blank", rel: "noopener noreferrer", "data-place": place, onclick: (event) => this.#follow(event, url, !button.url) };
      return make("a.xn-key", props, make("span", {}, button.text), icon("away"));
    }
    const key = `${message.message_id}:${button.callback_data}`;
    const props = { type: "button", "data-place": place, "data-key": key, "aria-busy": this.#busy.has(key) ? "true" : null };
    return make("button.xn-key", { ...props, onclick: () => this.#tap(message.message_id, button.callback_data) }, make("span", {}, button.text));
  }

  #drawKeys() {
    const { keys, toggle, text } = this.#parts;
    const keyboard = this.#state?.blocked ? null : (this.#state?.reply_keyboard ?? null);
    const print = JSON.stringify(keyboard);
    if (print !== this.#keysPrint) {
      this.#keysPrint = print;
      this.#keysHidden = false;
      const inside = keys.contains(document.activeElement);
      keys.replaceChildren(...(keyboard?.keyboard ?? []).map((row) => make("div.xn-row", {}, ...row.map((button) => this.#replyKey(button, keyboard)))));
      if (inside) (keys.querySelector("button") ?? text).focus();
    }
    toggle.hidden = !keyboard;
    keys.hidden = !keyboard || this.#keysHidden;
    const word = keys.hidden ? this.#words.showKeys : this.#words.hideKeys;
    toggle.setAttribute("aria-label", word);
    toggle.setAttribute("aria-expanded", String(!keys.hidden));
    toggle.title = word;
  }

  #replyKey(button, keyboard) {
    const press = async () => {
      const done = await (button.request_contact ? this.#try(() => this.#source.shareContact()) : this.#say(button.text));
      if (!done || !keyboard.one_time || JSON.stringify(this.#state?.reply_keyboard ?? null) !== JSON.stringify(keyboard)) return;
      const inside = this.#parts.keys.contains(document.activeElement);
      this.#keysHidden = true; // used once; the small keyboard button brings it back
      this.#drawKeys();
      if (inside) this.#parts.text.focus();
    };
    return make("button.xn-key", { type: "button", onclick: press }, button.request_contact ? icon("person") : null, make("span", {}, button.text));
  }

  #drawCommands() {
    const { commands, menu } = this.#parts;
    const list = this.#state.commands || [];
    menu.hidden = !list.length;
    const print = JSON.stringify(list);
    if (commands.dataset.print === print) return;
    commands.dataset.print = print;
    commands.replaceChildren(
      ...list.map(({ command, description }) =>
        make("li", { role: "none" }, make("button", { type: "button", role: "menuitem", onclick: () => this.#command(command) }, make("span", {}, description), make("small", {}, `/${command}`)))),
    );
  }

  #showCommands(shown) {
    const { commands, menu } = this.#parts;
    commands.hidden = !shown;
    menu.setAttribute("aria-expanded", String(shown));
    if (shown) commands.querySelector("button")?.focus();
  }

  // Acting

  async #try(what) {
    try {
      await what();
      this.#note("");
      this.#toEnd();
      return true;
    } catch {
      this.#note(this.#words.failed);
      return false;
    }
  }

  #say(text) {
    this.#stick = true;
    return this.#try(() => this.#source.sendText(text));
  }

  #command(command) {
    this.#showCommands(false);
    this.#parts.text.focus();
    this.#say(`/${command}`);
  }

  async #submit() {
    const { text, form } = this.#parts;
    const typed = text.value;
    if (this.#sending || (!typed.trim() && !this.#file)) return;
    this.#sending = true;
    form.setAttribute("aria-busy", "true");
    this.#stick = true;
    const file = this.#file;
    let rest = typed.trim();
    const done = await this.#try(async () => {
      if (file) {
        await this.#source.sendFile(file, rest.slice(0, 1024));
        this.#choose(null);
        rest = rest.slice(1024);
      }
      for (const part of parts(rest)) {
        await this.#source.sendText(part);
        rest = rest.slice(rest.indexOf(part) + part.length); // what is sent is not sent again when the next part fails
      }
    });
    this.#sending = false;
    form.removeAttribute("aria-busy");
    if (text.value === typed) text.value = done ? "" : rest.trim() || typed;
    this.#grow();
    this.#tellDraft();
  }

  #tellDraft() {
    this.dispatchEvent(new CustomEvent("xn-draft", { detail: { text: this.#parts.text.value } }));
  }

  async #tap(messageId, data) {
    const key = `${messageId}:${data}`;
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    this.#markBusy(key, true);
    try {
      const answer = await this.#source.tap(messageId, data);
      if (!answer.answered) this.#pop(this.#words.noAnswer);
      else if (answer.text && answer.alert) this.#warn(answer.text);
      else if (answer.text) this.#pop(answer.text);
    } catch {
      this.#pop(this.#words.noAnswer);
    } finally {
      this.#busy.delete(key);
      this.#markBusy(key, false);
    }
  }

  #markBusy(key, busy) {
    for (const button of this.#parts.log.querySelectorAll("button.xn-key")) {
      if (button.dataset.key === key) busy ? button.setAttribute("aria-busy", "true") : button.removeAttribute("aria-busy");
    }
  }

  #unblock() {
    return this.#try(() => this.#source.unblock());
  }

  #follow(event, url, login = false) {
    if (!url || this.#source.openLink(url, login)) event.preventDefault();
  }

  #choose(file, event) {
    const { file: row, input } = this.#parts;
    if (event && !file) return; // pasted text, not a file
    event?.preventDefault();
    input.value = "";
    if (file && file.size > BIGGEST) {
      this.#note(this.#words.tooBig);
      return;
    }
    this.#file = file || null;
    row.hidden = !file;
    if (!file) return;
    const drop = make("button.xn-tool", { type: "button", "aria-label": this.#words.drop, title: this.#words.drop }, icon("close"));
    drop.addEventListener("click", () => {
      this.#choose(null);
      this.#parts.text.focus();
    });
    row.replaceChildren(icon("attach"), make("span", {}, make("b", {}, file.name), make("small", {}, ` ${size(file.size)}`)), drop);
    this.#parts.text.focus();
  }

  #warn(text) {
    const { alert } = this.#parts;
    alert.firstChild.textContent = text;
    if (!alert.open) alert.showModal();
  }

  #enlarge(url) {
    const { picture } = this.#parts;
    picture.firstChild.src = url;
    picture.showModal();
  }

  #popped = 0;

  #pop(text) {
    const { toast } = this.#parts;
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.#popped);
    this.#popped = setTimeout(() => (toast.hidden = true), Math.max(3500, text.length * 70)); // time enough to read it
  }

  #note(text) {
    const { note } = this.#parts;
    note.textContent = text;
    note.hidden = !text;
  }

  // Scrolling and keys

  #scrolled() {
    const { log, down } = this.#parts;
    if (!log.clientHeight) return; // not on screen
    const ends = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    this.#stick = ends || Math.abs(log.scrollTop - this.#begun) < 2;
    if (ends) down.hidden = true;
  }

  #toEnd(smooth = false) {
    const { log, down } = this.#parts;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const end = log.scrollHeight - log.clientHeight;
    const newest = [...log.querySelectorAll(".xn-msg")].at(-1)?.getBoundingClientRect().top ?? Infinity;
    const begun = Math.floor(newest - log.getBoundingClientRect().top + log.scrollTop - 12);
    this.#begun = !smooth && begun > 0 && begun < end ? begun : -1;
    log.scrollTo({ top: this.#begun < 0 ? end : begun, behavior: smooth && !still ? "smooth" : "instant" });
    this.#stick = true;
    down.hidden = this.#begun < 0;
  }

  #grow() {
    const { text, menu } = this.#parts;
    text.style.height = "";
    if (text.value) text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
    menu.classList.toggle("xn-small", text.value !== "");
  }

  #textKeys(event) {
    if (event.isComposing) return; // a Vietnamese input method is still putting the letter together
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.#parts.text.value) {
      const groups = this.#parts.log.querySelectorAll(".xn-keys");
      const last = groups[groups.length - 1]?.querySelector(".xn-key");
      if (last) {
        event.preventDefault();
        last.focus();
      }
    }
  }

  #logKeys(event) {
    if (event.key === "Escape") this.focusInput();
    const group = event.target.closest?.(".xn-keys");
    if (group) arrows(event, [...group.querySelectorAll(".xn-key")]);
  }
}

customElements.define("xn-chat", Chat);
