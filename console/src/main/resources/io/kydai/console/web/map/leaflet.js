/** Leaflet, which is loaded when somebody first goes to the map. */

const FOLDER = '/webjars/leaflet/1.9.4/dist/';
let loading;

function link(href) {
  if (document.head.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
}

/** @returns {Promise<object>} Leaflet's `L` */
export function leaflet() {
  link(`${FOLDER}leaflet.css`);
  link('/styles/map.css');
  loading ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: `${FOLDER}leaflet.js` });
    script.addEventListener('load', () => resolve(window.L));
    script.addEventListener('error', () => {
      loading = undefined;
      reject(new Error('leaflet.js'));
    });
    document.head.append(script);
  });
  return loading;
}
