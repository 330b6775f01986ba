/** The site: its time zone, in which every time is shown, and the server's clock. */

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
let ahead = 0;

/** Takes what the server says of its site. @param {{'time-zone': string}} [site] */
export function setSite(site) {
  if (site?.['time-zone']) zone = site['time-zone'];
}

/** The IANA name of the site's time zone, such as 'Asia/Ho_Chi_Minh'. */
export const siteZone = () => zone;

/** Takes the server's time of a message that has just come. @param {string} at */
export function setServerTime(at) {
  ahead = Date.parse(at) - Date.now();
}

/** The server's time now, in milliseconds; the workstation's own clock may be wrong. */
export const siteNow = () => Date.now() + ahead;
