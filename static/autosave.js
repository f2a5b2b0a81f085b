// Saves the page of the wizard every few seconds while somebody types, and when they leave it.
const EVERY = 4000;
const form = document.querySelector("form[data-autosave]");
// A button named “action” hides the form's own property of that name.
const address = form.getAttribute("action");
const status = form.querySelector("[data-autosave-status]");
let lastSent = serialise();
let stopped = form.hasAttribute("data-conflict");
let submitting = false;
let sending = null;

function serialise() {
  const data = new FormData(form);
  data.delete("started_from");
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams(data).toString();
}

function say(text, failed = false) {
  status.textContent = text;
  status.classList.toggle("app-autosave--failed", failed);
}

function body() {
  const data = new URLSearchParams(new FormData(form));
  data.set("action", "autosave");
  return data;
}

function save(options = {}) {
  const now = serialise();
  if (stopped || submitting || sending || now === lastSent) return;
  sending = send(now, options).finally(() => { sending = null; });
}

async function send(now, options) {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", body: body(), headers, ...options });
    heard(await answer.json().catch(() => ({})), now);
  } catch {
    say("You seem to be offline. What you typed is still on this page: keep it open. We will try again.", true);
  }
}

function heard(said, sent) {
  if (said.state === "saved") {
    lastSent = sent;
    form.elements.started_from.value = said.started_from;
    say(`Saved at ${said.at}.`);
  } else if (said.state === "conflict") {
    stopped = true;
    say("Somebody else has saved this page. Select “Save and continue” to see both texts. Nothing is lost.", true);
  } else if (said.state === "signed-out") {
    say("You have been signed out. Keep this page open. Select “Save and continue”, sign in, and your text will be there.", true);
  } else if (said.state === "closed") {
    stopped = true;
    say("This page can no longer be changed. Copy what you want to keep.", true);
  } else {
    say("We could not save just now. What you typed is still on this page. We will try again.", true);
  }
}

// A save that is still under way would meet this one as a conflict: it goes first.
form.addEventListener("submit", (event) => {
  submitting = true;
  if (!sending) return;
  event.preventDefault();
  sending.then(() => form.requestSubmit(event.submitter));
});
window.addEventListener("pageshow", () => { submitting = false; });
setInterval(save, EVERY);

// A page that is left or hidden may never come back: send what is new in a request that outlives it.
const leave = () => save({ keepalive: true });
window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});
