/* "Use this" and "Add this" beside the tone guard's remarks, done on the spot: the focus goes back to the text, nothing is loaded.
   Each is a submit button that works alone; where the text has changed since it was checked, the server does it. */

const points = (text) => Array.from(text); // places are counted in whole characters, as the server counts them

/* Where the words to be replaced stand now: at their place, else at the one place they are found; -1 where neither. */
function locate(letters, start, words) {
  if (!words.length) return start === 0 ? 0 : letters.length; // a sentence to add: at the very start or at the end
  const holds = (at) => words.every((letter, step) => letters[at + step] === letter);
  if (holds(start)) return start;
  const places = letters.map((_letter, at) => at).filter(holds);
  return places.length === 1 ? places[0] : -1;
}

function mend(field, { start, find, put }) {
  const letters = points(field.value);
  const words = points(find);
  const at = locate(letters, Number(start), words);
  if (at < 0) return false;
  const before = letters.slice(0, at).join("") + put;
  field.value = before + letters.slice(at + words.length).join("");
  field.focus();
  field.setSelectionRange(before.length, before.length);
  field.dispatchEvent(new Event("input", { bubbles: true })); // the guard reads the new words, the draft is kept
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[name=apply], [name=insert]");
  if (button?.form && mend(button.form.elements.body, button.dataset)) event.preventDefault();
});

/* A button that htmx took away with its answer leaves the focus nowhere: back to the text. */
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) document.getElementById("id_body")?.focus();
});
