// Rows that are chosen for a bulk change: the bar at the foot tells how many.

const ticks = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>("[data-tick]")];

function tell(): void {
  const bar = document.querySelector<HTMLElement>("[data-bulk]");
  if (!bar) return;
  const all = ticks();
  const chosen = all.filter((tick) => tick.checked).length;
  const every = bar.querySelector<HTMLInputElement>("[data-bulk-all]");
  bar.hidden = chosen === 0 && !every?.checked;
  const count = bar.querySelector("[data-bulk-count]");
  if (count) count.textContent = String(chosen);
  all.forEach((tick) => tick.closest("tr")?.classList.toggle("is-chosen", tick.checked));
  const head = document.querySelector<HTMLInputElement>("[data-tick-all]");
  if (!head) return;
  head.checked = all.length > 0 && chosen === all.length;
  head.indeterminate = chosen > 0 && chosen < all.length;
}

let last: HTMLInputElement | null = null;

/** With Shift all between the last one and this one. */
function onClick(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-bulk-none]")) {
    document.querySelectorAll<HTMLInputElement>("[data-tick], [data-bulk-all]").forEach((tick) => (tick.checked = false));
    tell();
    return;
  }
  const tick = event.target.closest<HTMLInputElement>("[data-tick]");
  if (!tick) return;
  const all = ticks();
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(tick)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((one) => (one.checked = tick.checked));
  }
  last = tick;
  tell();
}

function onChange(event: Event): void {
  if (!(event.target instanceof HTMLInputElement)) return;
  if (event.target.matches("[data-tick-all]")) {
    const { checked } = event.target;
    ticks().forEach((tick) => (tick.checked = checked));
  }
  if (event.target.matches("[data-tick-all], [data-tick], [data-bulk-all]")) tell();
}

export function listenToBulk(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("htmx:afterSettle", tell);
  window.addEventListener("pageshow", tell);
  tell();
}
