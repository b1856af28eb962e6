// Before anything is drawn: the theme and the language that were chosen last, so that nothing flashes.
(() => {
  const read = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const root = document.documentElement;
  const wanted = read('siaga.theme');
  root.dataset.theme = wanted === 'light' || wanted === 'dark' ? wanted : 'dark';
  root.lang = read('siaga.language') ?? (navigator.language?.toLowerCase().startsWith('id') ? 'id' : 'en');
})();
