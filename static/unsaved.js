// The browser asks before it leaves a form in which something was typed or chosen, and not sent.
document.querySelectorAll("form[data-unsaved]").forEach((form) => {
  const written = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.name ?? value])).toString();
  const before = written();
  let isMeant = false;

  form.addEventListener("submit", () => { isMeant = true; });
  // “Cancel” stands beside the button, and means it.
  form.querySelectorAll(".govuk-button-group a").forEach((link) => {
    link.addEventListener("click", () => { isMeant = true; });
  });
  window.addEventListener("pageshow", () => { isMeant = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isMeant && written() !== before) event.preventDefault();
  });
});
