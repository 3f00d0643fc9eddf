// What data attributes do: `data-opens` a dialog, `data-closes` a dialog or a notice, `data-drawer` the side bar, menus that close again.

/** Opens a dialog of the page by its id; a workbench may call it too. */
export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function close(button: HTMLElement): void {
  const found = button.closest(button.dataset.closes ?? "");
  if (found instanceof HTMLDialogElement) found.close();
  else found?.remove();
}

/** Opens or closes the side bar of narrow screens; while open, the keyboard stays in it. */
export function setDrawer(id: string, open: boolean): void {
  const drawer = document.getElementById(id);
  const button = document.querySelector<HTMLElement>(`[data-drawer="${id}"]`);
  if (!drawer || drawer.classList.contains("is-open") === open) return;
  drawer.classList.toggle("is-open", open);
  button?.setAttribute("aria-expanded", String(open));
  document.getElementById("content")?.toggleAttribute("inert", open);
  if (open) drawer.querySelector<HTMLElement>("a, button, summary")?.focus();
  else button?.focus();
}

function closeMenus(except: Element | null): void {
  document.querySelectorAll<HTMLDetailsElement>("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

function onClick(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  closeMenus(event.target.closest("details.menu"));
  if (event.target instanceof HTMLDialogElement) event.target.close(); // beside the window
  const button = event.target.closest<HTMLElement>("[data-opens], [data-closes], [data-drawer], [data-drawer-closes]");
  if (!button) return;
  const { opens, closes, drawer, drawerCloses } = button.dataset;
  if (opens) {
    closeMenus(null);
    openDialog(opens);
  }
  if (closes) close(button);
  if (drawer) setDrawer(drawer, !document.getElementById(drawer)?.classList.contains("is-open"));
  if (drawerCloses) setDrawer(drawerCloses, false);
}

/** Esc closes the menu or the drawer that is open (dialogs do so themselves) and gives the focus back. */
function onEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector<HTMLElement>("summary")?.focus();
  } else {
    document.querySelectorAll<HTMLElement>(".sidebar.is-open").forEach((drawer) => setDrawer(drawer.id, false));
  }
}

/** A form is sent once, however often its button is pressed. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

export function listenToClicks(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape);
  window.addEventListener("submit", onSubmit);
  // Back from another page: what was kept as sent may be sent again.
  window.addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => delete form.dataset.sent));
}
