// Keys of every page: `?` shows the help, `/` goes to the search field. Keys without Ctrl or Alt count only outside of fields.
import { openDialog } from "./clicks";

/** Whether somebody is typing: then single letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "?" || event.key === "？") {
    event.preventDefault();
    openDialog("keys");
  } else if (event.key === "/") {
    const field = document.querySelector<HTMLInputElement>("main input[type=search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
}

export function listenToKeys(): void {
  document.addEventListener("keydown", onKey);
}
