// Opens without a network to what was read last, on this device, until "Thoát". A push says that something is new, and no more.
"use strict";

const READ = "read", FILES = "files";  // what a person read, and what everybody gets

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === "/" && !url.search) event.respondWith(page(event.request));
  else if (url.pathname.startsWith("/s/")) event.respondWith(file(event.request));
});

async function page(request) {
  const store = await caches.open(READ);
  try {
    const answer = await fetch(request);
    if (answer.headers.get("x-read") === "own") await store.put("/", answer.clone());
    else if (answer.ok) await store.delete("/");  // the page is somebody's no longer
    return answer;
  } catch (error) {
    // only where the page is opened: one that is open shows more than was kept, and looks again later
    const kept = request.mode === "navigate" && await store.match("/");
    if (kept) return kept;
    throw error;
  }
}

async function file(request) {
  const store = await caches.open(FILES), kept = await store.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && !request.url.endsWith("/s/worker.js")) await store.put(request, answer.clone());
  return answer;
}

self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification("Sổ tay", { body: event.data?.text() ?? "", tag: "new", icon: "/s/icon-192.png" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
