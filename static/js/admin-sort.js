/* Steps and routes are sorted by their number; here also by dragging and with two buttons. Numbers stay the truth. */
(function () {
  "use strict";
  const STEP = ".sortable-step:not(.empty-form)";
  const ROUTE = ".model-route #result_list tbody tr";

  function number(item) { return item.querySelector("input[name$='-position']"); }

  function renumber(list, selector) {
    let place = 0;
    list.querySelectorAll(selector).forEach(function (item) {
      const input = number(item);
      if (!input) { return; }
      place += 10;
      input.value = place;
      const shown = item.querySelector(".step-number");
      if (shown) { shown.textContent = place; }
    });
  }

  function button(text, label) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "sort-button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.title = label;
    return made;
  }

  function sortable(item, selector, holder) {
    const list = item.parentElement;
    const same = function (other) { return other && other.matches(selector) ? other : null; };
    const up = button("↑", gettext_up), down = button("↓", gettext_down);
    up.addEventListener("click", function () {
      const before = same(item.previousElementSibling);
      if (before) { list.insertBefore(item, before); renumber(list, selector); up.focus(); }
    });
    down.addEventListener("click", function () {
      const after = same(item.nextElementSibling);
      if (after) { list.insertBefore(after, item); renumber(list, selector); down.focus(); }
    });
    const grip = button("⠿", gettext_drag);
    grip.draggable = true;
    grip.addEventListener("dragstart", function (event) {
      item.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    grip.addEventListener("dragend", function () { item.classList.remove("is-dragged"); renumber(list, selector); });
    item.addEventListener("dragover", function (event) {
      const dragged = list.querySelector(".is-dragged");
      if (!dragged || dragged === item) { return; }
      event.preventDefault();
      const box = item.getBoundingClientRect();
      list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? item : item.nextElementSibling);
    });
    holder.prepend(grip, up, down);
  }

  const indonesian = document.documentElement.lang.startsWith("id");
  const gettext_up = indonesian ? "Naik" : "Up";
  const gettext_down = indonesian ? "Turun" : "Down";
  const gettext_drag = indonesian ? "Geser" : "Drag";

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(STEP).forEach(function (item) { sortable(item, STEP, item.querySelector("h3")); });
    document.querySelectorAll(ROUTE).forEach(function (item) {
      const input = number(item);
      if (input) { sortable(item, ROUTE, input.parentElement); }
    });
  });
})();
