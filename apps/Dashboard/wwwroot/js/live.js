// Live view of one camera by HLS. Where the browser has Media Source Extensions, hls.js plays it, as each media server is tried with it; where it
// has none (iPhones), the browser itself. The library is fetched when somebody first watches live.
const library = '/lib/hls.js/hls.min.mjs';
const mime = 'application/vnd.apple.mpegurl';

// The program hears 'playing' or 'failed', each as often as it becomes so.
export async function watch(video, url, program) {
  let player = null, said = '';
  const say = state => { if (said !== state) { said = state; program.invokeMethodAsync('Became', state); } };
  video.muted = true;
  video.addEventListener('playing', () => say('playing'));
  const Hls = await import(library).then(m => m.default, () => null);
  if (Hls?.isSupported()) {
    // No worker: it would come from a blob, for a picture of one camera.
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
