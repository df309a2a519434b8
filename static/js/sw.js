/* Service worker, served at /sw.js. Keeps static files, and shows the offline page when a page cannot be fetched.
   Never stores pages or answers: they hold customers' words. Bump VERSION when this file changes. */

const VERSION = "shopcare-2";
const OFFLINE = "/offline/";
const STATIC = "/static/";

/* The offline page names its own files, so their hashed names need not be known here. */
async function install() {
  const cache = await caches.open(VERSION);
  const page = await fetch(OFFLINE, { cache: "reload", credentials: "omit" });
  if (!page.ok) throw new Error("no offline page");
  const html = await page.clone().text();
  const files = [...html.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((match) => match[1]);
  await cache.put(OFFLINE, page);
  await cache.addAll([...new Set(files)]);
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name)));
}

/* Stored copy at once, a fresh one for next time. Hashed names never change, so this costs nothing for them. */
async function staticFile(request) {
  const cache = await caches.open(VERSION);
  const stored = await cache.match(request);
  const hashed = /\.[0-9a-f]{12}\.\w+$/.test(new URL(request.url).pathname);
  if (stored && hashed) return stored;
  const fresh = fetch(request).then((answer) => {
    if (answer.ok) cache.put(request, answer.clone());
    return answer;
  });
  if (!stored) return fresh;
  fresh.catch(() => {});
  return stored;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    const stored = await caches.match(OFFLINE);
    return stored ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(install().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && url.pathname.startsWith(STATIC)) event.respondWith(staticFile(request));
});

/* A notification's click: the case or message, in a window that is open already where there is one. */
async function open(url) {
  const [window] = await self.clients.matchAll({ type: "window" });
  if (!window) return self.clients.openWindow(url);
  await window.focus();
  return window.navigate(url);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});
