/**
 * Messages of the operating system for urgent and high alerts, while nobody looks at this page: one for each
 * camera and type, the newest, until somebody knows of it or it is no longer open.
 */

import { typeName } from '../i18n.js';
import { camera, may } from '../server.js';
import { openAlerts } from './open.js';
import { priorityOf } from './priority.js';

const STORED = 'kydai.notify';

/** The alert and its message, by the message's tag. @type {Map<string, {report: object, message: Notification}>} */
const shown = new Map();

export const notificationsOn = () =>
  localStorage.getItem(STORED) === 'on' && globalThis.Notification?.permission === 'granted';

/** Asks the person for the permission, and turns the messages on or off. */
export async function toggleNotifications() {
  if (notificationsOn()) {
    localStorage.setItem(STORED, 'off');
    return;
  }
  if ((await globalThis.Notification?.requestPermission()) === 'granted') {
    localStorage.setItem(STORED, 'on');
  }
}

/** The camera's name; its id where the server does not say it. */
async function nameOf(id) {
  try {
    return (may('live') && (await camera(id)).name) || id;
  } catch (error) {
    console.info('the camera has no name here', error);
    return id;
  }
}

const isWaiting = ({ id }) => openAlerts.list.some((one) => one.id === id && !openAlerts.isKnown(one));

async function tell(report) {
  if (!document.hidden || !notificationsOn() || priorityOf(report) === 'normal') return;
  const body = await nameOf(report.camera);
  if (!isWaiting(report)) return;
  // Several windows of one wall have one message: another of the same tag takes its place.
  const tag = `${report.camera} ${report.type}`;
  const message = new Notification(typeName(report.type), { body, tag });
  shown.set(tag, { report, message });
  message.onclick = () => {
    window.focus();
    location.hash = `#/wall?alert=${report.id}`;
    message.close();
  };
}

function closeKnown() {
  for (const [tag, { report, message }] of shown) {
    if (isWaiting(report)) continue;
    message.close();
    shown.delete(tag);
  }
}

openAlerts.addEventListener('new', ({ detail }) => tell(detail));
openAlerts.addEventListener('change', closeKnown);
