// What a browser with scripts does besides: the page needs none of it. Nothing here knows a room or a question.
//
//   a form is posted ──> the answer's <main> takes the place of this one; no network: kept here, sent once when it is back
//   something new    ──> the server says so (/events); else the page is looked at again every minute
//   nobody is in any more ──> what was typed and not sent waits here for the same person, and for nobody else
//
// What it says stands in WORDS, which is put before it (look.py).
const KEPT = "unsent", DRAFT = "draft", WHOLE = "whole", CHUNK = 24 * 1024, KEEPS = 62 * 24 * 3600 * 1000;
const main = () => document.getElementById("main");
const person = () => (main() ?? document.getElementById("whole"))?.dataset.person;
const formKey = () => document.querySelector("main input[name=k]")?.value;
const say = (words) => { const state = document.getElementById("state"); if (state) { state.textContent = words; state.hidden = !words; } };
const read = (store, name, none) => { try { return JSON.parse(store.getItem(name)) ?? none; } catch { return none; } };
const keep = (store, name, value) => { try { store.setItem(name, JSON.stringify(value)); } catch { /* full, or forbidden: then nothing is kept */ } };

// --- the answer in place of the page ------------------------------------------------------------------------------

function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  if (next.documentElement.lang !== document.documentElement.lang) { location.assign("/"); return; }  // these scripts speak the other one
  const typed = document.getElementById("text")?.value, open = document.activeElement?.id;
  const before = words(), files = "form.say input[type=file]", chosen = document.querySelector(files);
  for (const part of ["header", "main"]) {
    const old = document.querySelector(part), other = next.querySelector(part);
    if (old && other) old.replaceWith(document.importNode(other, true));
    else if (other) document.body.append(document.importNode(other, true));
    else old?.remove();
  }
  const field = document.getElementById("text");
  if (field && typed) field.value = typed;
  if (chosen?.files.length) document.querySelector(files)?.replaceWith(chosen);  // a file that was chosen stays until it is sent
  if (open) document.getElementById(open)?.focus();
  out();
  dress();
  keepWhole();
  readOut(before);
}

// For who hears the page: what is new is said aloud, from a place that stays when <main> goes.
const heard = Object.assign(document.createElement("div"), { className: "unseen" });
heard.setAttribute("role", "status");
document.body.append(heard);
const words = () => [...document.querySelectorAll("main li.theirs .words")].map((one) => one.textContent.trim());
function readOut(before) {
  const fresh = words().filter((one) => { const at = before.indexOf(one); if (at >= 0) before.splice(at, 1); return at < 0; });
  const state = document.getElementById("state")?.textContent;
  heard.textContent = [...fresh, state].filter(Boolean).join("\n");
}

// Answers may overtake each other: a look shows nothing once something was posted, or looked at, after it was asked.
let turn = 0;
async function look() {
  const mine = ++turn, answer = await fetch("/", { headers: { Accept: "text/html" } });
  const html = answer.ok ? await answer.text() : "";
  if (html && mine === turn) show(html);
}

function dress() {
  document.getElementById("new")?.scrollIntoView({ block: "nearest" });
  const field = document.getElementById("text"), draft = read(sessionStorage, DRAFT, {});
  if (field && !field.value && draft.by === person()) field.value = draft.text ?? "";
  if (field) offer(field);
  clock();
  shares();
  bells().catch(() => {});
  if (toSend().length) say(WORDS.failed);
  if (main()?.dataset.waits) setTimeout(() => { look().catch(() => {}); }, 5000);  // what was sent is not answered yet
}

// --- what is posted -------------------------------------------------------------------------------------------------

const keepDraft = (text) => keep(sessionStorage, DRAFT, text ? { by: person(), text } : {});
document.addEventListener("input", (event) => {
  if (event.target.id !== "text") return;
  keepDraft(event.target.value);
  forget(offered());
});

// --- what could not be sent -----------------------------------------------------------------------------------------

// {by: whose words, key: of the forms of the session in which they were typed, path, words, at}. Another member who comes in
// throws them away; somebody who is not known yet, as whoever comes in by a new link at first, neither sees nor touches them.
function kept() {
  const all = read(localStorage, KEPT, []), mine = all.filter((one) => one.by === person() && Date.now() - one.at < KEEPS);
  if (main()?.dataset.member !== undefined && mine.length < all.length) keep(localStorage, KEPT, mine);
  return mine;
}
const toSend = () => kept().filter((one) => one.key === formKey());
const offered = () => kept().filter((one) => one.key !== formKey());
const setAside = (one) => keep(localStorage, KEPT, [...read(localStorage, KEPT, []), { ...one, at: Date.now() }]);
function forget(those) {
  if (those.length) keep(localStorage, KEPT, read(localStorage, KEPT, []).filter((one) => !those.some((other) => other.at === one.at)));
}

// Whoever has come in again reads their words before they go: they answered a question of before.
function offer(field) {
  const old = offered();
  if (!old.length || !main()) return;
  const texts = old.map((one) => new Map(one.words).get("text")?.trim()).filter((text) => text && !field.value.includes(text));
  field.value = [...texts, field.value].filter(Boolean).join("\n");
  say(old.some((one) => one.path === "/tap") ? WORDS.tapAgain : WORDS.lookOver);
}

// Nobody is in here. After "Thoát" nothing stays, in no tab; where the page was closed by time or from elsewhere, words wait.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("out") : null;
if (tabs) tabs.onmessage = () => { sessionStorage.clear(); location.replace("/"); };
function out() {
  const place = document.querySelector("[data-out]");
  if (!place) return;
  window.caches?.delete("read");
  if (place.dataset.out === "left") {
    sessionStorage.clear();
    localStorage.clear();
    tabs?.postMessage("left");
    return;
  }
  const draft = read(sessionStorage, DRAFT, {});
  if (draft.text) setAside({ by: draft.by, key: "", path: "/say", words: [["text", draft.text]] });
  sessionStorage.removeItem(DRAFT);
  if (read(localStorage, KEPT, []).length || sessionStorage.getItem(WHOLE)) say(WORDS.kept);
}

document.addEventListener("submit", async (event) => {
  const form = event.target, path = new URL(form.action).pathname;
  if (path === "/whole") { event.preventDefault(); await postWhole(form); return; }
  if (path === "/out" && kept().length && !confirm(WORDS.loses)) { event.preventDefault(); return; }
  if (path !== "/say" && path !== "/tap") return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const waits = setTimeout(() => say(WORDS.working), 3000);
  const fields = new FormData(form, event.submitter), file = fields.get("file"), typed = document.getElementById("text")?.value;
  try {
    if (file?.size > CHUNK) await bring(fields, file);
    else if (file && !file.size) fields.delete("file");
    const taken = await post(path, fields);
    if (taken && path === "/say") clear(typed, file);
    else if (taken) {
      forget(offered().filter((one) => one.path === path));
      document.getElementById("new")?.focus({ preventScroll: true });  // the button is gone, and the place with it
    }
  } catch (error) {
    const words = [...fields].filter(([, value]) => typeof value === "string");
    if (file?.size && !fields.get("upload") && !error.page) say(WORDS.again);  // a file stays in its field: Send goes on with it
    else {
      setAside({ by: person(), key: formKey(), path, words });
      if (path === "/say") clear(typed, file);
      if (error.page) show(error.page);
      else say(WORDS.failed);
    }
  } finally {
    clearTimeout(waits);
    delete form.dataset.busy;
  }
});

// Whether it was taken. An error with a `page`: nobody is in here any more, and that page says so.
async function post(path, fields) {
  turn++;
  const answer = await fetch(path, { method: "POST", body: fields, headers: { "X-Answer": "page" } });
  if (answer.status >= 500) throw new Error("busy");
  if (answer.headers.get("x-read") === "own") keepRead(answer.clone());
  const html = await answer.text();
  if (answer.status === 403) throw Object.assign(new Error("out"), { page: html });
  turn++;
  show(html);
  return answer.ok;
}

// What the worker shows without a network: it keeps what was looked at, and this came as an answer.
function keepRead(answer) { window.caches?.open("read").then((store) => store.put("/", answer)).catch(() => {}); }

// A form on one page: without a network all stays where it was typed, also when the page is opened anew.
async function postWhole(form) {
  const whole = document.getElementById("whole");
  try {
    const answer = await fetch("/whole", { method: "POST", body: new FormData(form) });
    if (answer.status >= 500) throw new Error("busy");
    if (answer.status !== 403) sessionStorage.removeItem(WHOLE);
    show(await answer.text());
    if (main()) { history.replaceState(null, "", "/"); listen(); }
    document.querySelector("#whole [role=alert]")?.scrollIntoView();
  } catch { say(WORDS.wholeFailed); }
}

const inputs = (form) => [...form.elements].filter((one) => one.name?.startsWith("t.") || one.name?.startsWith("c."));
function keepWhole() {
  const form = document.querySelector("#whole form");
  if (!form) return;
  const kept = read(sessionStorage, WHOLE, {}), key = form.elements.form.value, room = (one) => one?.split(":")[0];
  // whoever came in again has begun the form again, and it counts its questions anew
  if (kept.by === person() && (kept.form === key || (kept.key !== formKey() && room(kept.form) === room(key)))) for (const one of inputs(form)) {
    if (one.type === "radio") one.checked ||= kept.given[one.name] === one.value;
    else one.value ||= kept.given[one.name] ?? "";
  }
  form.addEventListener("input", () => {
    keep(sessionStorage, WHOLE, { by: person(), key: formKey(), form: key, given: Object.fromEntries([...new FormData(form)].filter(([name]) => /^[tc]\./.test(name))) });
  });
}

// Only what was sent goes: something new may have been typed or chosen while the answer was under way.
function clear(words, file) {
  const field = document.getElementById("text"), chosen = document.querySelector("form.say input[type=file]"), now = chosen?.files[0];
  if (field?.value === words) field.value = "";
  keepDraft(field?.value);
  forget(offered());
  if (now && file && now.name === file.name && now.size === file.size && now.lastModified === file.lastModified) chosen.value = "";
}

// A large file goes in pieces: after a break it goes on where the server has it, and is sent with the form as a whole.
async function bring(fields, file) {
  const upload = `${fields.get("once")}-${file.size}`;
  let at = 0, tries = 0;
  while (at < file.size) {
    try {
      const query = new URLSearchParams({ upload, at, k: fields.get("k") });
      const answer = await fetch(`/part?${query}`, { method: "POST", body: file.slice(at, at + CHUNK) });
      if (answer.status === 403) { fields.delete("file"); return; }  // nobody is in any more: the words are kept
      if (answer.status === 413) break;  // the form says what is wrong with it
      if (!answer.ok) throw new Error("busy");
      at = Number(await answer.text());
      tries = 0;
      say(`${Math.round((100 * at) / file.size)} %`);
    } catch (error) {
      if (++tries > 20) throw error;
      say(WORDS.failed);
      await new Promise((done) => { setTimeout(done, Math.min(1000 * 2 ** tries, 15000)); });
    }
  }
  if (at < file.size) return;
  fields.delete("file");
  fields.set("upload", upload);
  fields.set("name", file.name);
  fields.set("type", file.type);
}

let sending = false;
async function sendKept() {
  if (sending || document.getElementById("whole")) return;  // the answer would take this page's place
  sending = true;
  try {
    for (let left = toSend(); left.length; left = toSend()) {
      const fields = new FormData();
      for (const [name, value] of left[0].words) fields.append(name, value);
      await post(left[0].path, fields);
      forget(left.slice(0, 1));
      say(WORDS.sent);
    }
  } catch (error) {  // still no network: it is tried again
    if (error.page) show(error.page);
  } finally { sending = false; }
}

// --- something new --------------------------------------------------------------------------------------------------

let ear = null;
function listen() {
  if (!main() || ear || document.hidden) return;
  ear = new EventSource("/events");
  ear.onmessage = () => { ear.close(); ear = null; look().catch(() => {}).finally(listen); };
  ear.onerror = () => { ear?.close(); ear = null; };
}

function clock() {
  const place = document.getElementById("clock"), home = "Asia/Ho_Chi_Minh";
  if (!place) return;
  const at = (zone) => new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format();
  const here = at(undefined), there = at(home);
  place.textContent = here === there ? here : `${here} ${WORDS.here} · ${there} ${WORDS.home}`;
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) { sendKept(); listen(); } });
addEventListener("online", () => { sendKept(); listen(); });
setInterval(() => { clock(); if (main() && !document.hidden && navigator.onLine) { sendKept(); if (!ear) look().catch(() => {}).finally(listen); } }, 60000);

// What is handed on to somebody else: by the phone's own sheet, or copied. Where the browser can do neither, it is selected by hand.
function shares() {
  for (const place of document.querySelectorAll(".share .row")) {
    const share = place.querySelector("[data-share]"), copy = place.querySelector("[data-copy]");
    share.hidden = !navigator.share;
    copy.hidden = !navigator.clipboard;
    place.hidden = share.hidden && copy.hidden;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share],[data-copy]"), field = button?.closest(".share").querySelector("textarea");
  if (!field) return;
  if ("share" in button.dataset) { navigator.share({ text: field.value }).catch(() => {}); return; }
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = WORDS.copied;
  } catch { field.select(); button.textContent = WORDS.notCopied; }
});

// --- rung without a messenger -------------------------------------------------------------------------------------

async function bells() {
  const button = document.getElementById("ring"), key = formKey();
  if (!button || !("PushManager" in window) || !("serviceWorker" in navigator)) return;
  const asked = await (await fetch("/push/key")).json();
  let on = asked.on;
  const label = () => { button.textContent = on ? WORDS.ringOff : WORDS.ring; };
  label();
  button.hidden = false;
  button.onclick = async () => {
    try {
      const worker = await navigator.serviceWorker.ready;
      const subscription = on ? null : await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(asked.key) });
      const answer = await fetch("/push", { method: "POST", body: JSON.stringify({ k: key, subscription: subscription && subscription.toJSON() }) });
      if (!answer.ok) throw new Error("push");
      on = !on;
      label();
    } catch { say(WORDS.notRung); }
  };
}

// --- keys on this device ----------------------------------------------------------------------------------------------

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function ask(path, body, key) {
  const headers = { "Content-Type": "application/json", "X-Key": key ?? "" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

async function makeKey(key) {
  const asked = await ask("/key/make", {}, key);
  asked.challenge = bytes(asked.challenge);
  asked.user.id = bytes(asked.user.id);
  for (const one of asked.excludeCredentials ?? []) one.id = bytes(one.id);
  const { id, rawId, type, response } = await navigator.credentials.create({ publicKey: asked });
  const made = { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) };
  say((await ask("/key/made", { id, rawId: text(rawId), type, response: made }, key)).said);
}

async function useKey() {
  const asked = await ask("/key/ask", {});
  asked.challenge = bytes(asked.challenge);
  const { id, rawId, type, response } = await navigator.credentials.get({ publicKey: asked });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const shown = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle && text(userHandle) };
  location.assign((await ask("/key/shown", { id, rawId: text(rawId), type, response: shown })).to);
}

function keys() {
  const place = document.getElementById("keys");
  if (!place || !window.PublicKeyCredential) return;
  document.getElementById("no-key").hidden = true;
  document.getElementById("with-key").hidden = false;
  const failed = () => say(WORDS.keyFailed);
  document.getElementById("use-key").addEventListener("click", () => { useKey().catch(failed); });
  document.getElementById("make-key")?.addEventListener("click", () => { makeKey(place.dataset.key).catch(failed); });
}

out();
keys();
keepWhole();
if (main()) { dress(); listen(); sendKept(); }
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/s/worker.js", { scope: "/" }).catch(() => {});
