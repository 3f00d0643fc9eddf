// A digit presses the button that bears it, in the open dialog or in the form of a card; typed before the form is there, it waits for it.

const PATIENCE = 4000; // milliseconds

let waitingSince = 0;
let typed: string | null = null;

function press(digit: string): boolean {
  const place = document.querySelector("dialog[open]") ?? document.querySelector(".cand__form");
  const button = place?.querySelector<HTMLElement>(`[data-digit="${digit}"]`);
  button?.click();
  return button !== null && button !== undefined;
}

export const digits = {
  /** A form with digits has been asked for. */
  wait(): void {
    waitingSince = Date.now();
    typed = null;
  },

  /** Whether the key was a digit that was wanted. */
  take(event: KeyboardEvent): boolean {
    if (!/^[1-9]$/.test(event.key)) return false;
    if (Date.now() - waitingSince <= PATIENCE) typed = event.key; // even if its button is seen already: htmx may not know it yet
    else if (!press(event.key)) return false;
    event.preventDefault();
    return true;
  },

  /** The form is there: what was typed meanwhile counts now. */
  arrive(): void {
    if (typed !== null && Date.now() - waitingSince <= PATIENCE) press(typed);
    typed = null;
    waitingSince = 0;
  },
};
