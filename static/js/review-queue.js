/* The reviewer's queue: how many of the picked lines would be confirmed stands on the button. */
const buttons = () => document.querySelectorAll("[data-ready-button]");

/** “Xác nhận đạt (2/3)”: two of three picked lines are ready. */
function count() {
  const picked = [...document.querySelectorAll("[data-row].sel [data-ready]")];
  const ready = picked.filter((cell) => cell.dataset.ready === "1").length;
  buttons().forEach((button) => {
    const words = button.dataset.readyButton;
    button.textContent = picked.length ? `${words} (${ready}/${picked.length})` : words;
  });
}

// The table marks its rows first; this listener stands on the document and so comes after it.
document.addEventListener("change", () => requestAnimationFrame(count));
document.addEventListener("click", () => requestAnimationFrame(count));
document.addEventListener("keyup", () => requestAnimationFrame(count));
document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(count));
count();
