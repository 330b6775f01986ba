/** The style of the search and of routes, which no other page loads. */

const HREF = '/styles/search.css';

export function style() {
  if (document.head.querySelector(`link[href="${HREF}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: HREF }));
}
