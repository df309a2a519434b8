/* What every page gets on top of plain HTML. Listeners sit on the document, so content swapped in by htmx needs no set-up.
   Nothing here is needed to use ShopCare: each behaviour improves a link, form or <details> that works alone. */

const root = document.documentElement;
root.dataset.js = "";

const say = (text) => {
  const region = document.getElementById("say");
  if (region) region.textContent = text;
};

/* Copy: <button data-copy="#id of the text"> or data-copy-text="the text". */
async function copy(button) {
  const words = document.getElementById("say").dataset;
  const source = button.dataset.copy && document.querySelector(button.dataset.copy);
  const text = source ? (source.value ?? source.innerText) : button.dataset.copyText;
  const done = await writeClipboard(text);
  if (!done && source) getSelection().selectAllChildren(source);
  say(done ? words.copied : words.copyFailed);
  const label = button.querySelector("[data-copy-label]");
  if (!done || !label || label.dataset.was) return;
  label.dataset.was = label.textContent;
  label.textContent = words.copied;
  setTimeout(() => {
    label.textContent = label.dataset.was;
    delete label.dataset.was;
  }, 2000);
}

async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // plain http, or not allowed: the text is selected instead
  }
}

/* Confirm: data-confirm="question" on a form or button; hx-confirm asks with the same dialog. */
function ask(question) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-text").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question).then((yes) => (yes ? event.detail.issueRequest(true) : release(event.target)));
});

/* Submit: ask first where asked to, then let a form go only once. */
const confirmed = new WeakSet();

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !confirmed.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question).then((yes) => {
      if (!yes) return;
      confirmed.add(form);
      form.requestSubmit(submitter);
    });
    return;
  }
  confirmed.delete(form);
  guard(event, form, submitter);
}, true);

function guard(event, form, submitter) {
  if (form.method !== "post" || form.target === "_blank" || "repeat" in form.dataset) return; // data-repeat: downloads
  if (form.ariaBusy === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.ariaBusy = "true";
  submitter?.setAttribute("aria-disabled", "true"); // not `disabled`: its name and value must still be sent
}

function release(form) {
  form.removeAttribute("aria-busy");
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

document.addEventListener("htmx:afterRequest", (event) => event.target.closest && release(event.target));
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release)); // back button

/* Theme: kept in a cookie, so the server writes data-theme and nothing flashes. */
function showTheme() {
  const now = root.dataset.theme ?? "auto";
  document.querySelectorAll("[data-theme-set]").forEach((button) => {
    button.ariaPressed = String(button.dataset.themeSet === now);
  });
}

function setTheme(name) {
  if (name === "auto") delete root.dataset.theme;
  else root.dataset.theme = name;
  const age = name === "auto" ? 0 : 31536000;
  document.cookie = `theme=${name}; path=/; max-age=${age}; samesite=lax`;
  showTheme();
}

/* "Use this" beside a remark of the tone guard: put the better words into the text. */
function apply(button) {
  const field = document.querySelector(button.dataset.apply);
  field.value = field.value.replace(button.dataset.find, () => button.dataset.put);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

const clicks = {
  "[data-copy], [data-copy-text]": copy,
  "[data-apply]": apply,
  "[data-dismiss]": (button) => button.closest("[data-toast]").remove(),
  "[data-theme-set]": (button) => setTheme(button.dataset.themeSet),
  "[data-dialog]": (button, event) => {
    event.preventDefault();
    document.getElementById(button.dataset.dialog).showModal();
  },
  "[data-close]": (button) => button.closest("dialog").close(),
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(clicks)) {
    const button = event.target.closest(selector);
    if (button) act(button, event);
  }
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

/* Toasts: good news leaves by itself, an undo when its time is up; problems stay until dismissed. */
function tend(toast) {
  toast.dataset.tended = "";
  const undo = toast.querySelector("[data-undo]");
  let left = undo ? Number(undo.dataset.undo) : toast.matches(".note-success") ? 8 : 0;
  if (!left) return;
  const shown = toast.querySelector("[data-undo-left]");
  const timer = setInterval(() => {
    if (shown) shown.textContent = left;
    if (toast.matches(":hover, :focus-within")) return;
    left -= 1;
    if (left >= 0 && toast.isConnected) return;
    clearInterval(timer);
    toast.remove();
  }, 1000);
}

const tendAll = () => document.querySelectorAll("#toasts > [data-toast]:not([data-tended])").forEach(tend);
const toasts = document.getElementById("toasts");
if (toasts) new MutationObserver(tendAll).observe(toasts, { childList: true });

/* A region that refreshes itself (hx-trigger="every ...") never takes the focus away from who works in it. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event;
  if (target.matches("[data-calm]") && target.contains(document.activeElement)) event.detail.shouldSwap = false;
});

/* A row of tabs that is wider than the phone shows the tab one is on. */
document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
  const row = tab.closest(".tabs");
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});

tendAll();
showTheme();

const { worker } = document.body.dataset;
if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {});
