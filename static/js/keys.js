/* Keyboard: any link, button or field with data-key="n" or data-key="g t" answers to it. `?` lists what this page has.
   Single keys can be switched off on a device (WCAG 2.1.4); they never fire while typing or with a modifier held. */

const dialog = document.getElementById("keys");
const list = dialog?.querySelector("[data-keys]");
const fixed = list ? [...list.children] : [];
const toggle = dialog?.querySelector("[data-keys-on]");
let first = "";

const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function show() {
  const seen = new Set();
  list.replaceChildren(...fixed);
  document.querySelectorAll("[data-key][data-key-label]").forEach((element) => {
    const { key, keyLabel } = element.dataset;
    if (seen.has(key)) return;
    seen.add(key);
    const row = document.createElement("li");
    const name = document.createElement("span");
    const keys = document.createElement("span");
    name.textContent = keyLabel;
    key.split(" ").forEach((part, index) => {
      if (index) keys.append(` ${list.dataset.keysThen} `);
      keys.append(Object.assign(document.createElement("kbd"), { textContent: part }));
    });
    row.append(name, keys);
    list.append(row);
  });
  dialog.showModal();
}

/* j and k walk over cards and rows by their links, so Enter opens and a screen reader reads the name. */
function walk(by) {
  const links = [...document.querySelectorAll("[data-row] [data-open]")];
  if (!links.length) return;
  const row = document.activeElement.closest("[data-row]");
  const at = links.findIndex((link) => row?.contains(link));
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
}

function press(key) {
  const element = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!element) return false;
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
  return true;
}

const plain = { "?": show, j: () => walk(1), k: () => walk(-1) };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1 || typing(event.target)) return;
  if (localStorage.getItem("keys") === "off" || document.querySelector("dialog[open]")) return;
  const pair = first && `${first} ${event.key}`;
  first = "";
  const starts = !pair && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`);
  if (plain[event.key] && !pair) plain[event.key]();
  else if (starts) {
    first = event.key;
    setTimeout(() => { first = ""; }, 1500);
  } else if (!press(pair || event.key)) return;
  event.preventDefault();
});

if (toggle) {
  toggle.checked = localStorage.getItem("keys") !== "off";
  toggle.addEventListener("change", () => localStorage.setItem("keys", toggle.checked ? "on" : "off"));
}
