// A long list to tick in is narrowed down by what is typed above it.

function onInput(event: Event): void {
  if (!(event.target instanceof HTMLInputElement) || !event.target.matches("[data-pick-find]")) return;
  const words = event.target.value.trim().toLowerCase();
  event.target.closest("[data-pick]")?.querySelectorAll<HTMLElement>(".pick__list label").forEach((label) => {
    label.hidden = words !== "" && !(label.textContent ?? "").toLowerCase().includes(words);
  });
}

export function listenToPicking(): void {
  document.addEventListener("input", onInput);
}
