// While a PDF is being made: ask again every second, and fetch it when it is ready.
const SECOND = 1000;
const GIVE_UP_AFTER = 120;

for (let tries = 0; tries < GIVE_UP_AFTER; tries += 1) {
  await new Promise((resolve) => { setTimeout(resolve, SECOND); });
  const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.headers.get("Content-Type") === "application/pdf") {
    document.querySelector("[data-progress]").textContent = "Your PDF is ready";
    window.location.reload();
    break;
  }
}
