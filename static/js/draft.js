/* Drafts kept on the device: <form data-draft="complaints:new">.
   What is typed is saved as it is typed and put back when the page opens again, until the form has been accepted.
   Passwords, files and hidden fields are left out, except <input type="hidden" data-draft-keep>: an idempotency key must
   travel with its draft, or a message sent on a broken line and sent again would be stored twice. */

const PREFIX = "draft:";
const KEEP_FOR = 7 * 24 * 3600 * 1000;

const read = (key) => {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key));
    return draft && Date.now() - draft.at < KEEP_FOR ? draft.fields : null;
  } catch {
    return null;
  }
};

const forget = (key) => localStorage.removeItem(PREFIX + key);

function forgetAll() {
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
}

const kept = (field) =>
  field.name && field.name !== "csrfmiddlewaretoken" && field.type !== "password" && field.type !== "file" &&
  field.type !== "submit" && (field.type !== "hidden" || "draftKeep" in field.dataset);

const isTick = (field) => field.type === "radio" || field.type === "checkbox";

function save(form) {
  const own = [...form.elements].filter(kept);
  const fields = read(form.dataset.draft) ?? {}; // the offline page has only some of the fields: keep the others
  own.forEach((field) => delete fields[field.name]);
  let typed = false;
  for (const field of own) {
    if (isTick(field) && !field.checked) continue;
    (fields[field.name] ??= []).push(field.value);
    typed ||= field.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])") && field.value.trim() !== "";
  }
  if (typed) localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), fields }));
  else forget(form.dataset.draft);
}

function restore(form) {
  const fields = read(form.dataset.draft);
  if (!fields || form.querySelector(".is-invalid")) return; // the server's answer is newer than the draft
  for (const field of form.elements) {
    const values = fields[field.name];
    if (!kept(field) || !values) continue;
    if (isTick(field)) field.checked = values.includes(field.value);
    else if (!field.value || field.type === "hidden" || field.matches("select")) [field.value] = values;
  }
  const note = form.querySelector("[data-draft-note]");
  if (note) note.hidden = false;
}

function restoreAll() {
  document.querySelectorAll("form[data-draft]:not([data-draft-seen])").forEach((form) => {
    form.dataset.draftSeen = "";
    restore(form);
  });
}

/* Only the server knows that a form was accepted: it answers with data-draft-saved="complaints:new" on any element
   (a success message with extra_tags does that). Guessing from page loads would lose words on a broken line. */
function settle() {
  document.querySelectorAll("[data-draft-saved]").forEach((element) => forget(element.dataset.draftSaved));
}

/* Another person on the same device must not see them. */
const { user } = document.body.dataset;
if (user && localStorage.getItem("draft-user") !== user) {
  if (localStorage.getItem("draft-user")) forgetAll();
  localStorage.setItem("draft-user", user);
}

settle();
restoreAll();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.draft) save(form);
});

document.addEventListener("submit", (event) => {
  if ("forgetDrafts" in event.target.dataset) forgetAll();
});

document.addEventListener("htmx:afterSettle", () => {
  settle();
  restoreAll();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-draft-discard]");
  if (!button) return;
  const form = button.closest("form");
  forget(form.dataset.draft);
  form.reset();
  form.querySelector("[data-draft-note]").hidden = true;
});
