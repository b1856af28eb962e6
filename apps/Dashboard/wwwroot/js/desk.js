// What the administrator's pages need of the browser: dialogs, and pictures that are asked with the token.

// A modal dialog of the browser keeps the focus, hears Escape and makes the rest inert; who opened it gets the focus back.
export function open(dialog) {
  const opener = document.activeElement;
  dialog.showModal();
  return { close: () => { if (dialog.open) dialog.close(); opener?.isConnected && opener.focus(); } };
}

// After a server's no: the first field that is marked, or what is said above the form.
export function focusProblem(form) {
  requestAnimationFrame(() => form?.querySelector('[aria-invalid=true]')?.focus());
}

export async function picture(path, token) {
  try {
    const response = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    return response.ok ? URL.createObjectURL(await response.blob()) : null;
  } catch {
    return null;
  }
}

export const release = url => URL.revokeObjectURL(url);
