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

async function save() {
  const now = serialise();
  if (stopped || submitting || sending || now === lastSent) return;
  sending = fetch(address, { method: "POST", body: body(), headers: { Accept: "application/json" } });
  try {
    const answer = await sending;
    const said = await answer.json().catch(() => ({}));
    heard(said, now);
  } catch {
    say("You seem to be offline. What you typed is still on this page: keep it open. We will try again.", true);
  } finally {
    sending = null;
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

form.addEventListener("submit", () => { submitting = true; });
window.addEventListener("pageshow", () => { submitting = false; });
setInterval(save, EVERY);

// A page that is left or hidden may never come back: send what is new in a request that outlives it.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});
window.addEventListener("pagehide", leave);

function leave() {
  const now = serialise();
  if (stopped || submitting || sending || now === lastSent) return;
  lastSent = now;
  sending = fetch(address, { method: "POST", body: body(), keepalive: true })
    .then((answer) => answer.json())
    .then((said) => heard(said, now))
    .catch(() => { lastSent = null; })
    .finally(() => { sending = null; });
}
