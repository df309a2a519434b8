/* Browser notifications while Today is open: for what spreads in public and what did not go out, if the person wants them.
   Today's poll brings [data-alert] items; each is told once on this device, and not while the person is looking at Today.
   Nothing is sent to anybody: the service worker only shows what this page has fetched. */

const box = document.querySelector("[data-notify]");
const button = box?.querySelector("button");
const words = box?.querySelector("[data-on]");
const PLACE = `notify:${document.body.dataset.user}`; // another person on the device has their own choice
const KEPT = 500;

const able = "Notification" in window && "serviceWorker" in navigator && "locks" in navigator;
const read = () => JSON.parse(localStorage.getItem(PLACE) ?? '{"on": false, "told": []}');
const write = (state) => localStorage.setItem(PLACE, JSON.stringify(state));
const isOn = () => read().on && Notification.permission === "granted";
const isLooking = () => document.visibilityState === "visible" && document.hasFocus();

/* Marks the items as told and returns those that were not; the lock keeps a second tab from telling them too. */
function take(items) {
  return navigator.locks.request(PLACE, () => {
    const state = read();
    const fresh = items.filter((item) => !state.told.includes(item.alert));
    if (fresh.length) write({ ...state, told: [...state.told, ...fresh.map((item) => item.alert)].slice(-KEPT) });
    return fresh;
  });
}

async function tell(page) {
  if (!isOn()) return;
  const fresh = await take([...page.querySelectorAll("[data-alert]")].map((element) => ({ ...element.dataset })));
  if (isLooking()) return; // it stands before their eyes
  const worker = await navigator.serviceWorker.ready;
  const icon = document.querySelector("link[rel=apple-touch-icon]").href;
  for (const { alert, title, body, url } of fresh) {
    await worker.showNotification(title, { body, tag: alert, icon, data: { url }, lang: document.documentElement.lang });
  }
}

function show() {
  const { permission } = Notification;
  button.ariaPressed = String(isOn());
  button.hidden = permission === "denied";
  words.textContent = words.dataset[permission === "denied" ? "denied" : isOn() ? "on" : "off"];
  box.hidden = false;
}

async function toggle() {
  const on = !isOn() && (await Notification.requestPermission()) === "granted";
  write({ ...read(), on });
  show();
  if (on) tell(document); // what stands here now is no news
}

if (able && box) {
  button.addEventListener("click", toggle);
  show();
  tell(document);
  // The answer itself is read: while somebody works in the lanes they are not replaced.
  document.body.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target.id !== "lanes" || !detail.successful) return;
    tell(new DOMParser().parseFromString(detail.xhr.responseText, "text/html"));
  });
}
