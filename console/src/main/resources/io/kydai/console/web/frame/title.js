/** The title of the browser's tab: the page, and how many alerts are open. */

let page = '';
let count = 0;

const show = () => {
  document.title = `${count ? `(${count}) ` : ''}${page ? `${page} · ` : ''}Kydai`;
};

export function setTitle(name) {
  page = name;
  show();
}

/** @param {number} open alerts that nobody has acknowledged */
export function setCount(open) {
  count = open;
  show();
}
