// Applies the last theme and language before the page is rendered, so that it does not flash.
(() => {
  const read = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const root = document.documentElement;
  const wanted = read('siaga.theme');
  root.dataset.theme = wanted === 'light' || wanted === 'dark' ? wanted : 'dark';
  root.lang = read('siaga.language') ?? (navigator.language?.toLowerCase().startsWith('id') ? 'id' : 'en');
})();
