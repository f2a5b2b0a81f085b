// The page names the module in a link, because its address carries a hash of its content.
const { initAll } = await import(document.querySelector('link[rel="modulepreload"]').href);

initAll();

if (!window.matchMedia("(min-width: 48.0625em)").matches) {
  document.querySelectorAll("details.app-filter").forEach((filter) => filter.removeAttribute("open"));
}
