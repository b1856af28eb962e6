// The clip player. It loads the next clips in advance and draws the box over the picture around the event. The program is called only
// when necessary, not for every frame.
const near = 1.2;       // Seconds before and after the event in which the box is shown.
const lead = 1;         // Seconds before the event at which playing starts.

const clock = s => { s = Math.max(0, s || 0); return `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, '0')}`; };

export function createStage(root, program) {
  const film = root.querySelector('.film'), bar = root.querySelector('.scrub'), label = root.querySelector('.clock');
  const box = document.createElement('div');
  box.className = 'box';
  box.hidden = true;
  const ready = new Map();  // Videos by clip: at most three, the shown one and the likely next ones.
  let shown = null, frame = 0, told = -9, drawn = -1, said = '';

  const make = clip => {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.tabIndex = -1;
    if (clip.poster) video.poster = clip.poster;
    video.src = clip.url;
    video.addEventListener('error', () => { if (shown?.video === video) program.invokeMethodAsync('Failed', clip.id); });
    video.addEventListener('ended', () => {
      if (shown?.video !== video) return;
      if (!shown.clip.loops) { program.invokeMethodAsync('Ended', shown.clip.id); return; }
      video.currentTime = 0;
      video.play().catch(() => {});
    });
    video.addEventListener('timeupdate', () => {
      if (shown?.video !== video || shown.clip.loops || Math.abs(video.currentTime - told) < 1) return;
      told = video.currentTime;
      program.invokeMethodAsync('Progress', told);
    });
    video.addEventListener('play', mark);
    video.addEventListener('pause', mark);
    return video;
  };

  const drop = id => {
    const video = ready.get(id);
    ready.delete(id);
    if (video) { video.removeAttribute('src'); video.load(); video.remove(); }
  };

  const mark = () => { if (shown) root.dataset.playing = shown.video.paused ? 'no' : 'yes'; };

  function draw() {
    frame = requestAnimationFrame(draw);
    if (!shown) return;
    const { video, clip } = shown, length = video.duration || 0;
    // Writes only what has changed, because every write is drawn, sixty times a second.
    const at = length ? Math.round(video.currentTime / length * 1000) / 1000 : 0;
    if (at !== drawn) bar.style.setProperty('--at', drawn = at);
    const text = `${clock(video.currentTime)} / ${clock(length)}`;
    if (text !== said) {
      bar.setAttribute('aria-valuenow', Math.round(video.currentTime));
      bar.setAttribute('aria-valuetext', clock(video.currentTime));
      bar.setAttribute('aria-valuemax', Math.round(length));
      label.textContent = said = text;
    }
    const wanted = clip.box && video.videoWidth && Math.abs(video.currentTime - clip.at) <= near;
    if (box.hidden === !!wanted) box.hidden = !wanted;
    if (wanted) place(video, clip.box);
  }

  function place(video, [x, y, w, h]) {
    const scale = Math.min(film.clientWidth / video.videoWidth, film.clientHeight / video.videoHeight);
    const left = (film.clientWidth - video.videoWidth * scale) / 2, top = (film.clientHeight - video.videoHeight * scale) / 2;
    box.style.transform = `translate(${left + x * scale}px, ${top + y * scale}px)`;
    box.style.width = `${w * scale}px`;
    box.style.height = `${h * scale}px`;
  }

  function window_(video, clip) {
    const length = video.duration;
    if (!length) return;
    bar.style.setProperty('--from', Math.min(1, clip.from / length));
    bar.style.setProperty('--to', Math.min(1, Math.max(clip.to, clip.from + length * 0.01) / length));
    bar.dataset.window = clip.to > 0 ? 'yes' : 'no';
  }

  const seek = to => { if (shown) shown.video.currentTime = Math.min(Math.max(0, to), shown.video.duration || 0); };

  const pull = event => {
    const place = bar.getBoundingClientRect();
    seek((event.clientX - place.left) / place.width * (shown?.video.duration || 0));
  };
  bar.addEventListener('pointerdown', event => { bar.setPointerCapture(event.pointerId); pull(event); });
  bar.addEventListener('pointermove', event => { if (event.buttons) pull(event); });
  bar.addEventListener('keydown', event => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -1e6, End: 1e6 }[event.key];
    if (by) { seek(shown.video.currentTime + by); event.preventDefault(); event.stopPropagation(); }
  });
  film.addEventListener('click', () => stage.toggle());
  film.append(box);
  frame = requestAnimationFrame(draw);

  const stage = {
    show(clip) {
      const key = clip.id + clip.url.split('?')[0];
      if (shown?.key === key) { stage.again(clip); return; }
      const asked = performance.now();
      const old = shown;
      const video = ready.get(key) ?? make(clip);
      ready.set(key, video);
      shown = { key, video, clip };
      told = -9;
      root.dataset.clip = clip.id;
      root.dataset.shown = '';
      box.hidden = true;
      old?.video.pause();
      old?.video.remove();
      film.prepend(video);
      if (clip.poster) film.style.setProperty('--poster', `url("${clip.poster}")`);
      else film.style.removeProperty('--poster');
      const begin = () => {
        window_(video, clip);
        if (clip.at > lead) video.currentTime = Math.min(clip.at - lead, Math.max(0, video.duration - 0.5));
        video.play().catch(mark);
      };
      if (video.readyState >= 1) begin();
      else video.addEventListener('loadedmetadata', begin, { once: true });
      video.requestVideoFrameCallback?.(() => {
        if (shown?.video !== video) return;
        // For tests: when the clip's first picture was on the screen, and how long after the call.
        root.dataset.shown = performance.now().toFixed(1);
        root.dataset.took = (performance.now() - asked).toFixed(1);
      });
      mark();
      if (video.error) program.invokeMethodAsync('Failed', clip.id);
    },
    again(clip) {
      shown.clip = clip;
      window_(shown.video, clip);
      root.dataset.shown = performance.now().toFixed(1);
      stage.go(Math.max(0, clip.at - lead));
    },
    preload(clips) {
      const keys = clips.map(c => c.id + c.url.split('?')[0]);
      for (const key of [...ready.keys()]) if (key !== shown?.key && !keys.includes(key)) drop(key);
      clips.forEach((clip, i) => { if (!ready.has(keys[i])) ready.set(keys[i], make(clip)); });
    },
    toggle() {
      if (!shown) return;
      if (shown.video.paused) shown.video.play().catch(mark); else shown.video.pause();
    },
    step(by) { if (shown) seek(shown.video.currentTime + by); },
    go(to) { if (shown) { seek(to); shown.video.play().catch(mark); } },
    speed(rate) { if (shown) shown.video.playbackRate = rate; },
    full() { document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.().catch(() => {}); },
    clear() { if (shown) { shown.video.remove(); drop(shown.key); shown = null; root.dataset.clip = ''; box.hidden = true; } },
    stop() { cancelAnimationFrame(frame); for (const key of [...ready.keys()]) drop(key); shown = null; },
  };
  return stage;
}

// Keeps the chosen card in view while new cards come in above it.
export function reveal(list, index, height) {
  const top = index * height;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight;
}
