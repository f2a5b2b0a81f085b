// Saves the page of the wizard every few seconds while somebody types, and when they leave it.
const EVERY = 4000;
const form = document.querySelector("form[data-autosave]");
// A button named “action” hides the form's own property of that name.
const address = form.getAttribute("action");
const status = form.querySelector("[data-autosave-status]");
let lastSent = serialise();
let stopped = form.hasAttribute("data-conflict");
let submitting = false;
let failed = false;
let sending = null;

function serialise() {
  const data = new FormData(form);
  data.delete("started_from");
  data.delete("csrfmiddlewaretoken");
  return new URLSearchParams(data).toString();
}

function unsaved() {
  return serialise() !== lastSent;
}

function say(text, asFailure = false) {
  failed = asFailure;
  status.textContent = text;
  status.classList.toggle("app-autosave--failed", failed);
}

function body() {
  const data = new URLSearchParams(new FormData(form));
  data.set("action", "autosave");
  return data;
}

function save(options = {}) {
  if (stopped || submitting || sending || !unsaved()) return;
  sending = send(serialise(), options).finally(() => { sending = null; });
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

// A link is followed once what was typed is saved: the page it leads to, and this one again after it, are then up to date.
async function saveThenFollow(link) {
  await sending;
  save();
  await sending;
  location.assign(link.href);
}

function leadsAway(event, link) {
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const withinThePage = link.hash && link.pathname === location.pathname;
  return plain && !event.defaultPrevented && !link.target && !link.hasAttribute("download") && !withinThePage;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !leadsAway(event, link) || !unsaved()) return;
  event.preventDefault();
  saveThenFollow(link);
});

// The browser asks before it leaves a page whose text could not be saved.
window.addEventListener("beforeunload", (event) => {
  if (failed && !submitting && unsaved()) event.preventDefault();
});

// A page that is closed or hidden may never come back: send what is new in a request that outlives it.
const leave = () => save({ keepalive: true });
window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});
