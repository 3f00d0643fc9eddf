// Cells by keyboard: arrows move, Enter (or F2, or a second click) opens the editor, Esc leaves it, Space chooses the row, O opens the task,
// S the plan's sentence, B goes to the bulk change. The grid is one stop of Tab; a row that was left for another page is found again.
import { isTyping } from "../../parts/keys";

const MOVES: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const LETTERS: Record<string, (cell: HTMLElement) => void> = {
  o: (cell) => leaveFor(cell, ".cell--number a, .cell--title a:not(.to-source)"),
  s: (cell) => leaveFor(cell, ".to-source"),
  b: toBulk,
};

const grid = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-grid]");
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-grid] tr[data-task]")];
const cells = (row: HTMLElement): HTMLElement[] => [...row.querySelectorAll<HTMLElement>(":scope > .cell")];

/** Where the focus goes when an edited row comes back: row and column of the cell. */
let waiting: { task: string; at: number } | null = null;

/** What stands in rows has keys of its own, so that Tab leads past the grid and not through hundreds of links. */
function passOver(): void {
  document.querySelectorAll<HTMLElement>("[data-grid] tr[data-task] :is(a, [data-tick])").forEach((one) => one.setAttribute("tabindex", "-1"));
}

/** Back from another page: to the row that was left, which the address tells. */
function comeBack(): void {
  const row = /^#t\d+$/.test(location.hash) ? document.querySelector<HTMLElement>(`[data-grid] ${location.hash}`) : null;
  if (row && (document.activeElement === document.body || !document.activeElement)) go(cells(row)[0]);
}

function leaveFor(cell: HTMLElement, selector: string): void {
  const row = cell.closest<HTMLElement>("tr[data-task]");
  const link = row?.querySelector<HTMLAnchorElement>(selector);
  if (!row || !link) return;
  history.replaceState(history.state, "", `${location.pathname}${location.search}#${row.id}`);
  link.click();
}

function toBulk(): void {
  const bar = document.querySelector<HTMLElement>("[data-bulk]:not([hidden])");
  bar?.querySelector<HTMLElement>("select")?.focus();
}

/** One cell of the grid can be reached with Tab: the one that was last in use. */
function mark(cell: HTMLElement): void {
  document.querySelectorAll<HTMLElement>("[data-grid] .cell[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
  cell.setAttribute("tabindex", "0");
}

function markFirst(): void {
  const first = rows()[0];
  if (first && !document.querySelector("[data-grid] .cell[tabindex='0']")) cells(first)[0]?.setAttribute("tabindex", "0");
}

function go(cell: HTMLElement | undefined): void {
  if (!cell) return;
  mark(cell);
  cell.focus();
}

function move(cell: HTMLElement, down: number, right: number): void {
  const row = cell.closest<HTMLElement>("tr[data-task]");
  if (!row) return;
  const at = cells(row).indexOf(cell);
  const all = rows();
  const next = down ? all[all.indexOf(row) + down] : row;
  go(next && cells(next)[at + right]);
}

function open(cell: HTMLElement): void {
  const row = cell.closest<HTMLElement>("tr[data-task]");
  const base = grid()?.dataset.cells;
  if (!row?.dataset.task || !cell.dataset.field || !base || cell.querySelector("[data-editor]")) return;
  if (document.querySelector("[data-grid] [data-editor]")) return; // one at a time
  waiting = { task: row.dataset.task, at: cells(row).indexOf(cell) };
  void window.htmx.ajax("get", `${base}${row.dataset.task}/${cell.dataset.field}/`, { target: `#${row.id}`, swap: "outerHTML" });
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
  const editor = event.target.closest<HTMLFormElement>("[data-editor]");
  if (editor) {
    inEditor(event, editor);
    return;
  }
  const cell = event.target.closest<HTMLElement>("[data-grid] .cell");
  if (!cell || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const way = MOVES[event.key];
  if (way) {
    event.preventDefault();
    move(cell, ...way);
  } else if ((event.key === "Enter" && event.target === cell) || event.key === "F2") {
    event.preventDefault();
    if (cell.dataset.field) open(cell);
    else leaveFor(cell, "a[href]");
  } else if (event.key === " " && event.target === cell) {
    event.preventDefault();
    cell.closest("tr")?.querySelector<HTMLInputElement>("[data-tick]")?.click();
  } else if (LETTERS[event.key]) {
    event.preventDefault();
    LETTERS[event.key](cell);
  }
}

/** Enter saves (with Ctrl in texts of several lines, where Enter alone saves too: a title has one line), Esc leaves. */
function inEditor(event: KeyboardEvent, editor: HTMLFormElement): void {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    editor.querySelector<HTMLElement>("[data-editor-leaves]")?.click();
  } else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) {
    event.preventDefault();
    editor.requestSubmit();
  }
}

function onClick(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest("a, button, input, label, select, textarea, [data-editor]")) return;
  const cell = event.target.closest<HTMLElement>("[data-grid] .cell");
  if (!cell) return;
  const again = document.activeElement === cell && cell.dataset.entered === "yes";
  mark(cell);
  if (again || window.matchMedia("(pointer: coarse)").matches) open(cell);
  document.querySelectorAll<HTMLElement>("[data-entered]").forEach((other) => delete other.dataset.entered);
  cell.dataset.entered = "yes";
}

/** After a swap: into the editor that came, or back to the cell that was left. */
function onSettle(): void {
  markFirst();
  passOver();
  const first = document.querySelector<HTMLElement>("[data-grid] [data-editor] [data-first], [data-grid] [data-editor] input[type=checkbox]");
  if (first) {
    if (document.activeElement !== first) first.focus();
    if (first instanceof HTMLInputElement && first.type === "text") first.select();
    return;
  }
  if (!waiting) return;
  const row = document.getElementById(`t${waiting.task}`);
  if (row) go(cells(row)[waiting.at]);
  waiting = null;
}

export function listenToGrid(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:afterSettle", onSettle);
  window.addEventListener("pageshow", comeBack);
  markFirst();
  passOver();
}
