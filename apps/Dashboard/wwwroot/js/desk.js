// Browser functions of the administration pages: dialogs, and pictures that need the access token.

// The browser's modal dialog keeps the focus, closes on Escape and makes the page inert. Closing restores the focus.
export function open(dialog) {
  const opener = document.activeElement;
  dialog.showModal();
  return { close: () => { if (dialog.open) dialog.close(); opener?.isConnected && opener.focus(); } };
}

// Focuses the first invalid field after the server refused a form.
export function focusProblem(form) {
  requestAnimationFrame(() => form?.querySelector('[aria-invalid=true]')?.focus());
}

// Resolves when the element comes near the visible part, so that a page of 1,000 cameras does not request 1,000 pictures.
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
