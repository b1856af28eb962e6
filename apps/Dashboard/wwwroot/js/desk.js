// What the administrator's pages need of the browser: dialogs, and pictures that are asked with the token.

// A modal dialog of the browser keeps the focus, hears Escape and makes the rest inert; who opened it gets the focus back.
export function open(dialog) {
  const opener = document.activeElement;
  dialog.showModal();
  return { close: () => { if (dialog.open) dialog.close(); opener?.isConnected && opener.focus(); } };
}

// After a server's no, for who is still there: the first field that is marked.
export function focusProblem(form) {
  requestAnimationFrame(() => form?.querySelector('[aria-invalid=true]')?.focus());
}

// Resolves when it comes near the screen, so that a thousand cameras do not ask for a thousand pictures.
export const seen = element => new Promise(resolve => {
  const watcher = new IntersectionObserver(entries => {
    if (!entries.some(e => e.isIntersecting)) return;
    watcher.disconnect();
    resolve();
  }, { rootMargin: '300px' });
  watcher.observe(element);
});

export async function picture(path, token) {
  try {
    const response = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    return response.ok ? URL.createObjectURL(await response.blob()) : null;
  } catch {
    return null;
  }
}

export const release = url => URL.revokeObjectURL(url);
