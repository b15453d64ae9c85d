// What a browser with scripts does besides: the page needs none of it. Nothing here knows a room or a question.
//
//   a form is posted ──> the answer's <main> takes the place of this one; no network: kept here, sent once when it is back
//   something new    ──> the server says so (/events); else the page is looked at again every minute
"use strict";

const KEPT = "unsent", DRAFT = "draft", WHOLE = "whole", CHUNK = 24 * 1024;
const main = () => document.getElementById("main");
const say = (words) => { const state = document.getElementById("state"); if (state) state.textContent = words; };
const read = (store, name, none) => { try { return JSON.parse(store.getItem(name)) ?? none; } catch { return none; } };
const keep = (store, name, value) => { try { store.setItem(name, JSON.stringify(value)); } catch { /* full, or forbidden: then nothing is kept */ } };

// --- the answer in place of the page ------------------------------------------------------------------------------

function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const typed = document.getElementById("text")?.value, open = document.activeElement?.id;
  const files = "form.say input[type=file]", chosen = document.querySelector(files);
  for (const part of ["header", "main"]) {
    const old = document.querySelector(part), other = next.querySelector(part);
    if (old && other) old.replaceWith(document.importNode(other, true));
    else if (other) document.body.append(document.importNode(other, true));
    else old?.remove();
  }
  document.documentElement.lang = next.documentElement.lang;
  const field = document.getElementById("text");
  if (field && typed) field.value = typed;
  if (chosen?.files.length) document.querySelector(files)?.replaceWith(chosen);  // a file that was chosen stays until it is sent
  if (open) document.getElementById(open)?.focus();
  dress();
  keepWhole();
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
  const field = document.getElementById("text");
  if (field && !field.value) field.value = read(sessionStorage, DRAFT, "");
  clock();
  shares();
  bells().catch(() => {});
  if (read(localStorage, KEPT, []).length) say(main()?.dataset.failed ?? "");
  if (main()?.dataset.waits) setTimeout(() => { look().catch(() => {}); }, 5000);  // what was sent is not answered yet
}

// --- what is posted -------------------------------------------------------------------------------------------------

document.addEventListener("input", (event) => {
  if (event.target.id === "text") keep(sessionStorage, DRAFT, event.target.value);
});

document.addEventListener("submit", async (event) => {
  const form = event.target, path = new URL(form.action).pathname;
  if (path === "/whole") { event.preventDefault(); await postWhole(form); return; }
  if (path !== "/say" && path !== "/tap") return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const waits = setTimeout(() => say(main()?.dataset.working ?? ""), 3000);
  const fields = new FormData(form, event.submitter), file = fields.get("file"), typed = document.getElementById("text")?.value;
  try {
    if (file?.size > CHUNK) await bring(fields, file);
    else if (file && !file.size) fields.delete("file");
    await post(path, fields);
    if (path === "/say") clear(typed, file);
  } catch {
    const words = [...fields].filter(([, value]) => typeof value === "string");
    if (file?.size && !fields.get("upload")) say(main()?.dataset.again ?? "");  // a file stays in its field: Send goes on with it
    else {
      keep(localStorage, KEPT, [...read(localStorage, KEPT, []), { path, words }]);
      if (path === "/say") clear(typed, file);
      say(main()?.dataset.failed ?? "");
    }
  } finally {
    clearTimeout(waits);
    delete form.dataset.busy;
  }
});

async function post(path, fields) {
  turn++;
  const answer = await fetch(path, { method: "POST", body: fields, headers: { "X-Answer": "page" } });
  if (answer.status >= 500) throw new Error("busy");
  if (answer.headers.get("x-read") === "own") keepRead(answer.clone());
  const html = await answer.text();
  turn++;
  show(html);
}

// What the worker shows without a network: it keeps what was looked at, and this came as an answer.
function keepRead(answer) { window.caches?.open("read").then((store) => store.put("/", answer)).catch(() => {}); }

// A form on one page: without a network all stays where it was typed, also when the page is opened anew.
async function postWhole(form) {
  const whole = document.getElementById("whole");
  try {
    const answer = await fetch("/whole", { method: "POST", body: new FormData(form) });
    if (answer.status >= 500) throw new Error("busy");
    sessionStorage.removeItem(WHOLE);
    show(await answer.text());
    if (main()) { history.replaceState(null, "", "/"); listen(); }
    document.querySelector("#whole [role=alert]")?.scrollIntoView();
  } catch { say(whole.dataset.failed); }
}

const inputs = (form) => [...form.elements].filter((one) => one.name?.startsWith("t.") || one.name?.startsWith("c."));
function keepWhole() {
  const form = document.querySelector("#whole form");
  if (!form) return;
  const kept = read(sessionStorage, WHOLE, {}), key = form.elements.form.value;
  if (kept.form === key) for (const one of inputs(form)) {
    if (one.type === "radio") one.checked ||= kept.given[one.name] === one.value;
    else one.value ||= kept.given[one.name] ?? "";
  }
  form.addEventListener("input", () => {
    keep(sessionStorage, WHOLE, { form: key, given: Object.fromEntries([...new FormData(form)].filter(([name]) => /^[tc]\./.test(name))) });
  });
}

// Only what was sent goes: something new may have been typed or chosen while the answer was under way.
function clear(words, file) {
  const field = document.getElementById("text"), chosen = document.querySelector("form.say input[type=file]"), now = chosen?.files[0];
  if (field?.value === words) field.value = "";
  keep(sessionStorage, DRAFT, field?.value ?? "");
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
      if (answer.status === 413) break;  // the form says what is wrong with it
      if (!answer.ok) throw new Error("busy");
      at = Number(await answer.text());
      tries = 0;
      say(`${Math.round((100 * at) / file.size)} %`);
    } catch (error) {
      if (++tries > 20) throw error;
      say(main()?.dataset.failed ?? "");
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
    for (let left = read(localStorage, KEPT, []); left.length; left = read(localStorage, KEPT, [])) {
      const fields = new FormData();
      for (const [name, value] of left[0].words) fields.append(name, value);
      await post(left[0].path, fields);
      keep(localStorage, KEPT, left.slice(1));
      say(main()?.dataset.sent ?? "");
    }
  } catch { /* still no network: it is tried again */ } finally { sending = false; }
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
  place.textContent = here === there ? here : `${here} ${place.dataset.here} · ${there} ${place.dataset.home}`;
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
    button.textContent = button.dataset.done;
  } catch { field.select(); button.textContent = button.dataset.failed; }
});

// --- rung without a messenger -------------------------------------------------------------------------------------

async function bells() {
  const button = document.getElementById("ring"), key = document.querySelector("main input[name=k]")?.value;
  if (!button || !("PushManager" in window) || !("serviceWorker" in navigator)) return;
  const asked = await (await fetch("/push/key")).json();
  let on = asked.on;
  const label = () => { button.textContent = on ? button.dataset.off : button.dataset.on; };
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
    } catch { say(button.dataset.failed); }
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
  const failed = () => say(place.dataset.failed);
  document.getElementById("use-key").addEventListener("click", () => { useKey().catch(failed); });
  document.getElementById("make-key")?.addEventListener("click", () => { makeKey(place.dataset.key).catch(failed); });
}

// Nobody is in: nothing typed or read stays. An answer that was under way while somebody went out is dropped here as well.
if (document.querySelector("[data-out]")) { sessionStorage.clear(); localStorage.clear(); window.caches?.delete("read"); }
keys();
keepWhole();
if (main()) { dress(); listen(); sendKept(); }
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/s/worker.js", { scope: "/" }).catch(() => {});
