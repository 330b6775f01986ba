/** Messages of the operating system for urgent alerts, while nobody looks at this page. */

import { typeName } from '../i18n.js';
import { openAlerts } from './open.js';
import { priorityOf } from './priority.js';

const STORED = 'kydai.notify';

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

openAlerts.addEventListener('new', ({ detail: report }) => {
  if (!document.hidden || !notificationsOn() || priorityOf(report) === 'normal') return;
  const message = new Notification(typeName(report.type), {
    body: report.camera,
    tag: `${report.camera} ${report.type}`,
  });
  message.onclick = () => {
    window.focus();
    location.hash = `#/wall?alert=${report.id}`;
    message.close();
  };
});
