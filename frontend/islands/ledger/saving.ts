// After a cell was saved: a notice with the way back.

interface Saved {
  change: number;
  text: string;
}

function onSaved(event: Event): void {
  const { change, text } = (event as CustomEvent<Saved>).detail;
  const prepared = document.getElementById("saved");
  const notices = document.getElementById("notices");
  if (!(prepared instanceof HTMLTemplateElement) || !notices) return;
  const notice = prepared.content.cloneNode(true) as DocumentFragment;
  const words = notice.querySelector("[data-saved-text]");
  if (words) words.textContent = text;
  const undo = notice.querySelector<HTMLFormElement>("[data-saved-undo]");
  const next = undo?.querySelector<HTMLInputElement>("[name=next]");
  if (next) next.value = location.pathname + location.search;
  if (change === 0) undo?.remove();
  else undo?.querySelector<HTMLInputElement>("[name=change]")?.setAttribute("value", String(change));
  notices.replaceChildren(notice);
}

export function listenToSaving(): void {
  document.addEventListener("ledger:saved", onSaved);
}
