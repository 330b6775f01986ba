/** Dark or light: dark unless this browser's person chose the other. */

const STORED = 'kydai.theme';

/** Shows the theme that was chosen. */
export function applyTheme() {
  document.documentElement.dataset.theme = localStorage.getItem(STORED) === 'light' ? 'light' : 'dark';
}

/** Changes between dark and light. */
export function toggleTheme() {
  localStorage.setItem(STORED, document.documentElement.dataset.theme === 'light' ? 'dark' : 'light');
  applyTheme();
}

applyTheme();
