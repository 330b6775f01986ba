/**
 * The alerts that wait for somebody: reports in the state 'received', which cameras' faults never
 * are. They are loaded once and kept up to date by the server's events.
 */

import { setCount } from '../frame/title.js';
import { events, may, reports, session } from '../server.js';
import { byUrgency } from './priority.js';

/** How many are looked at; older ones are in the queue only. */
const SHOWN = 100;
const MOST_KNOWN = 500;

/**
 * @typedef {object} AlertGroup alerts of one type of one camera
 * @property {string} key
 * @property {object} newest the contract's Report
 * @property {object[]} reports newest first
 */

class OpenAlerts extends EventTarget {
  #reports = [];
  #known = new Set();
  #storage = '';
  #drawing = false;
  /** The newest of the reports that were read before; nothing before the first answer. */
  #newest;
  loaded = false;
  error;

  constructor() {
    super();
    session.then(({ account }) => {
      this.#storage = `kydai.acknowledged.${account?.id ?? ''}`;
      this.#readKnown();
      // Another window of the same wall: what is known there is known here.
      addEventListener('storage', ({ key }) => {
        if (key !== this.#storage) return;
        this.#readKnown();
        this.#changed();
      });
      if (!may('evidence')) return;
      events.addEventListener('hello', () => this.#load());
      events.addEventListener('report', ({ detail }) => this.#put(detail.report));
      events.addEventListener('report-removed', ({ detail }) => this.#drop(({ id }) => id === detail.id));
      events.addEventListener('reports-removed', ({ detail }) =>
        this.#drop(({ camera }) => camera === detail.camera),
      );
      this.#load();
    });
  }

  /** The open alerts, the most urgent first. */
  get list() {
    return this.#reports;
  }

  /** The alerts by camera and type, the most urgent first. @returns {AlertGroup[]} */
  get groups() {
    const groups = new Map();
    for (const report of this.#reports) {
      const key = `${report.camera} ${report.type}`;
      const group = groups.get(key);
      if (group) group.reports.push(report);
      else groups.set(key, { key, newest: report, reports: [report] });
    }
    return [...groups.values()];
  }

  /** The most urgent alert of a camera; nothing where there is none. */
  of(camera) {
    return this.#reports.find((report) => report.camera === camera);
  }

  /** How many alerts, of one type and camera each, nobody at this place knows of. */
  get unknown() {
    return this.groups.filter(({ newest }) => !this.isKnown(newest)).length;
  }

  /** Whether somebody at this place knows of an alert, so that it sounds no more. */
  isKnown = ({ id }) => this.#known.has(id);

  /** Notes that somebody here knows of alerts. @param {object[]} known */
  acknowledge(known) {
    for (const { id } of known) this.#known.add(id);
    this.#known = new Set([...this.#known].slice(-MOST_KNOWN));
    localStorage.setItem(this.#storage, JSON.stringify([...this.#known]));
    this.#changed();
  }

  #readKnown() {
    this.#known = new Set(JSON.parse(localStorage.getItem(this.#storage) ?? '[]'));
  }

  async #load() {
    try {
      const page = await reports({ state: 'received', limit: SHOWN });
      // What came while the server was lost is as new as what comes now.
      const missed = page.reports.filter(({ id }) => this.#newest !== undefined && id > this.#newest);
      this.#reports = page.reports.sort(byUrgency);
      this.error = undefined;
      this.#read(page.reports);
      for (const report of missed) this.#tellNew(report);
    } catch (error) {
      this.error = error;
    }
    this.loaded = true;
    this.#changed();
  }

  /** Takes away what this person may no longer see. */
  #drop(gone) {
    this.#reports = this.#reports.filter((report) => !gone(report));
    this.#changed();
  }

  #put(report) {
    const isNew = !this.#reports.some(({ id }) => id === report.id);
    const others = this.#reports.filter(({ id }) => id !== report.id);
    const open = report.state === 'received';
    if (!open && isNew) return;
    this.#reports = (open ? [report, ...others] : others).sort(byUrgency).slice(0, SHOWN);
    this.#read([report]);
    if (open && isNew) this.#tellNew(report);
    this.#changed();
  }

  #read(reports) {
    this.#newest = reports.reduce((newest, { id }) => (id > newest ? id : newest), this.#newest ?? '');
  }

  #tellNew(report) {
    if (!this.isKnown(report)) this.dispatchEvent(new CustomEvent('new', { detail: report }));
  }

  /** Fires 'change' once for all that changes before the next picture. */
  #changed() {
    setCount(this.unknown);
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      this.#drawing = false;
      this.dispatchEvent(new Event('change'));
    }, 100);
  }
}

/** Fires 'change', and 'new' with a report that has just come. */
export const openAlerts = new OpenAlerts();
