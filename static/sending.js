// Says that a file is on its way and being read, for as long as its form is: the browser itself shows little of it.
const status = document.querySelector("[data-sending]");

function say(text) {
  status.textContent = text;
}

status.closest("form").addEventListener("submit", () => say(status.dataset.sending));
// Somebody who comes back finds the page as it was left.
window.addEventListener("pageshow", () => say(""));
