// Live view of a camera by HLS. hls.js plays it in browsers with Media Source Extensions, because media servers are tested with it; other
// browsers (iPhones) play it themselves. The library is loaded with the first live view.
const library = '/lib/hls.js/hls.min.mjs';
const mime = 'application/vnd.apple.mpegurl';

// Calls the program with 'playing' or 'failed' whenever the state changes.
export async function watch(video, url, program) {
  let player = null, said = '';
  const say = state => { if (said !== state) { said = state; program.invokeMethodAsync('Became', state); } };
  video.muted = true;
  video.addEventListener('playing', () => say('playing'));
  const Hls = await import(library).then(m => m.default, () => null);
  if (Hls?.isSupported()) {
    // One camera's stream needs no worker, which hls.js would load from a blob.
    player = new Hls({ enableWorker: false, lowLatencyMode: true, backBufferLength: 30 });
    player.on(Hls.Events.ERROR, (_, error) => {
      if (!error.fatal) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR && said === 'playing') player.recoverMediaError();
      else say('failed');
    });
    player.loadSource(url);
    player.attachMedia(video);
  } else if (video.canPlayType(mime)) {
    video.addEventListener('error', () => say('failed'));
    video.src = url;
  } else {
    say('failed');
  }
  video.play().catch(() => {});
  return {
    stop: () => {
      player?.destroy();
      video.removeAttribute('src');
      video.load();
    },
  };
}
