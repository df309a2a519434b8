/* The dry run comes row by row: the bar follows the newest row. Without this script the rows come all the same. */
(function () {
  "use strict";
  const rows = document.querySelector("#dry-rows tbody");
  const bar = document.getElementById("dry-progress");
  if (!rows || !bar) { return; }
  const follow = function () {
    const last = rows.lastElementChild;
    if (last && last.dataset.seen) { bar.value = Number(last.dataset.seen); }
  };
  new MutationObserver(follow).observe(rows, { childList: true });
  document.addEventListener("DOMContentLoaded", function () { bar.value = bar.max; });
})();
