// Browser functions of the whole dashboard: storage, the document's head, tokens under a lock, keys and sound.
const quiet = f => { try { return f(); } catch { return null; } };

export const remember = (name, value) => quiet(() => value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value));
export const recall = name => quiet(() => localStorage.getItem(name));
export const language = () => document.documentElement.lang;

export function dress(theme, lang) {
  document.documentElement.dataset.theme = theme;
  document.documentElement.lang = lang;
}

export function title(text) { document.title = text; }

export function focus(selector) { document.querySelector(selector)?.focus({ preventScroll: true }); }

// A refresh token works once, and all tabs share it: one tab at a time exchanges it, and the others then find the new one.
export async function swapToken(name, seen) {
  const swap = async () => {
    const token = recall(name);
    if (!token) return { status: 401 };
    let response;
    try {
      response = await fetch('/api/token/refresh', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ refresh_token: token }),
      });
    } catch {
      return { status: 0 };
    }
    if (response.status === 401) { if (recall(name) === token) remember(name, null); return { status: 401 }; }
    if (!response.ok) return { status: response.status };
    const pair = await response.json();
    remember(name, pair.refresh_token);
    return { status: 200, token: pair.token };
  };
  return navigator.locks ? await navigator.locks.request('siaga.token', swap) : await swap();
}

const writes = e => e.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName) && !/^(checkbox|radio|button|range)$/.test(e.type);

// Keys for the page, unless the user is typing or a dialog is open. A held key counts once.
export function listenToKeys(target) {
  const heard = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !/^[jk]$|Arrow/i.test(event.key)) return;
    if (writes(event.target) || event.target.role === 'slider' && /Arrow|Page|Enter/.test(event.key)) return;
    if (event.key !== 'Escape' && document.querySelector('.mud-dialog, .mud-popover-open, dialog[open]')) return;
    const onControl = event.target.closest?.('button, a, [role=button], [role=tab], summary');
    if ((event.key === ' ' || event.key === 'Enter') && onControl) return;
    const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (target.invokeMethod('Heard', key)) event.preventDefault();
  };
  document.addEventListener('keydown', heard);
  return { stop: () => document.removeEventListener('keydown', heard) };
}

let audio;
// Two short notes; for a critical anomaly they are higher and come twice. Browsers allow sound only after a user's first action.
export function chime(critical) {
  quiet(() => {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') audio.resume();
    const notes = critical ? [[0, 880], [0.14, 1175], [0.34, 880], [0.48, 1175]] : [[0, 660], [0.14, 880]];
    for (const [at, hertz] of notes) {
      const tone = audio.createOscillator(), volume = audio.createGain(), start = audio.currentTime + at;
      tone.type = 'sine';
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.22, start + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.13);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.14);
    }
  });
}

export function shareOf(element, x) {
  const place = element.getBoundingClientRect();
  return Math.min(1, Math.max(0, (x - place.left) / place.width));
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Downloads a URL under a name. The object URL is revoked once the browser has the file.
export async function save(url, token, name) {
  const response = await fetch(url, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
  if (!response.ok) return response.status;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return 200;
}
