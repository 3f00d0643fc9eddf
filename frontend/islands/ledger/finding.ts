// Forms that ask by GET leave out what is empty, so that an address says only what was wanted.

function withoutEmpty(data: FormData): void {
  for (const name of new Set(data.keys())) {
    if (data.getAll(name).every((value) => value === "")) data.delete(name);
  }
}

function onFormData(event: FormDataEvent): void {
  if (event.target instanceof HTMLFormElement && event.target.matches("[data-find]")) withoutEmpty(event.formData);
}

/** htmx gathers the values itself. */
function onRequest(event: Event): void {
  const { elt, formData } = (event as CustomEvent<{ elt: Element; formData: FormData }>).detail;
  if (elt.matches("[data-find]")) withoutEmpty(formData);
}

export function listenToFinding(): void {
  document.addEventListener("formdata", onFormData);
  document.addEventListener("htmx:configRequest", onRequest);
}
