// Inside another page of the same server: that one says which scenarios are shown, and in which language; a project
// that is pressed is told to it.
document.documentElement.classList.add("embedded");
function told(key) { parent.postMessage({jaryq: "project", key}, location.origin); }
addEventListener("message", ({source, origin, data}) => {
  if (source !== parent || parent === window || origin !== location.origin || data?.jaryq !== "show") return;
  for (const name of ["scenarios", "compared", "failures"]) if (data[name]) DATA[name] = data[name];
  state.at = Math.min(data.at ?? state.at, DATA.scenarios.length - 1);
  state.lang = data.lang ?? state.lang;
  const focus = document.activeElement;
  show();
  if (focus?.isConnected) focus.focus({preventScroll: true});
});
content.addEventListener("project", ({detail}) => told(detail));
content.addEventListener("click", ({target}) => {
  const row = target.closest("[data-project]");
  if (row) told(row.dataset.project);
});
