/** The time line: what was recorded of each camera, what is missing, what moved, alerts, and the moment that is shown. */

import { html, nothing, svg } from 'lit';
import { priorityOf } from '../alerts/priority.js';
import { address } from '../frame/place.js';
import { typeName, zoneName } from '../i18n.js';
import { t } from '../words/playback.js';
import { HEIGHT } from './activity.js';
import { isPlanned } from './coverage.js';
import { exactTime, shortTime } from './days.js';

const ROW = 40;
const TICKS = 6;
/** Gaps that are told in words at most; how many more there are is said. */
const MOST_WORDS = 5;
const MARKS = { urgent: 'M0-6l6 6-6 6-6-6z', high: 'M0-6l6 11h-12z', normal: 'M0-5a5 5 0 1 0 .1 0z' };
const COLOURS = { urgent: 'red', high: '', normal: 'plain' };

const percent = (value) => `${(value * 100).toFixed(3)}%`;

/**
 * @param {object} view
 * @param {{from: number, to: number}} view.shown in milliseconds
 * @param {number} view.position
 * @param {{name: string, coverage: import('./coverage.js').Coverage, strip: object|undefined}[]} view.rows
 * @param {object[][]} view.alerts the contract's reports, by row
 * @param {object|undefined} view.chosen the alert that was gone to
 * @param {(moment: number) => void} view.seek
 * @param {(row: number, moment: number, share: number) => void} view.hover is told what the pointer is over
 * @param {() => void} view.leave is told that it is over nothing
 * @param {import('./scrub.js').Scrub} view.scrub
 * @param {(report: object) => void} view.choose goes to an alert
 */
export function timeline({ shown, position, rows, alerts, chosen, seek, choose, hover, leave, scrub }) {
  const length = shown.to - shown.from;
  const share = (at) => Math.min(1, Math.max(0, (at - shown.from) / length));
  const at = (event) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return shown.from + Math.min(1, Math.max(0, (event.clientX - left) / width)) * length;
  };
  const over = (event) => {
    const { top } = event.currentTarget.getBoundingClientRect();
    const moment = at(event);
    hover(Math.min(rows.length - 1, Math.max(0, Math.floor((event.clientY - top) / ROW))), moment, share(moment));
  };
  const dragged = (event) => event.currentTarget.hasPointerCapture(event.pointerId);
  const bar = (kind, { from, to }, y, height) =>
    to <= shown.from || from >= shown.to
      ? nothing
      : svg`<rect class=${kind} x=${percent(share(from))} width=${percent(share(to) - share(from))} y=${y} height=${height}></rect>`;
  const mark = (report, y) => {
    const when = Date.parse(report['started-at']);
    const priority = priorityOf(report);
    return when < shown.from || when >= shown.to
      ? nothing
      : svg`<svg class="mark" x=${percent(share(when))} y=${y} overflow="visible" data-report=${report.id}
          @pointerdown=${(event) => { event.stopPropagation(); choose(report); }}>
          <title>${typeName(report.type)}, ${exactTime(when).slice(0, 8)}</title><circle class="reach" r="11"></circle>
          <path class="alert ${COLOURS[priority]} ${report.id === chosen?.id ? 'on' : ''}" d=${MARKS[priority]}></path></svg>`;
  };
  const moved = (strip, y) =>
    strip?.path
      ? svg`<svg x=${percent((strip.from - shown.from) / length)} y=${y} width=${percent((strip.width * strip.step) / length)} height=${HEIGHT}
          viewBox="0 0 ${strip.width} ${HEIGHT}" preserveAspectRatio="none"><path class="moved" d=${strip.path}></path></svg>`
      : nothing;
  const height = rows.length * ROW + 26;
  return html`
    <div class="timeline">
      <div class="tlnames" aria-hidden="true">
        ${rows.map(({ name }, i) => html`<span class="line"><kbd>${i + 1}</kbd><span class="cut">${name}</span></span>`)}
      </div>
      <div class="tlbox">
      ${scrub.render()}
      <div class="tlbars" role="slider" tabindex="0" aria-label=${t('timeline')} aria-valuemin=${Math.round(shown.from / 1000)}
        aria-valuemax=${Math.round(shown.to / 1000)} aria-valuenow=${Math.round(position / 1000)} aria-valuetext="${exactTime(position)} ${zoneName(position)}"
        @pointerdown=${(event) => { event.currentTarget.setPointerCapture(event.pointerId); seek(at(event)); over(event); }}
        @pointermove=${over}
        @pointerup=${(event) => { if (dragged(event)) seek(at(event)); if (event.pointerType !== 'mouse') leave(); }}
        @pointercancel=${leave} @pointerleave=${leave} @blur=${leave}>
        <svg class="tl" width="100%" height=${height} aria-hidden="true">
          <defs><pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="gap0" width="8" height="8"></rect><rect class="gap1" width="3" height="8"></rect></pattern></defs>
          ${rows.map(({ coverage, strip }, i) => svg`
            <rect class="track" x="0" width="100%" y=${i * ROW + 3} height="35" rx="3"></rect>
            ${coverage.gaps.map((gap) => (isPlanned(gap.reason) ? bar('planned', gap, i * ROW + 18, 8) : bar('gap', gap, i * ROW + 5, 22)))}
            ${coverage.spans.map((span) => (span.thinned ? bar('rec thin', span, i * ROW + 21, 3) : bar('rec', span, i * ROW + 18, 8)))}
            ${moved(strip, i * ROW + 27)}
            ${(alerts[i] ?? []).map((report) => mark(report, i * ROW + 9))}
          `)}
          ${Array.from({ length: TICKS + 1 }, (_, i) => {
            const anchor = i === 0 ? 'start' : i === TICKS ? 'end' : 'middle';
            return svg`<text x=${percent(i / TICKS)} y=${height - 6} text-anchor=${anchor} class=${i % 3 ? 'tick-more' : ''}>${shortTime(shown.from + (length * i) / TICKS)}</text>`;
          })}
          ${position >= shown.from && position <= shown.to
            ? svg`<svg x=${percent(share(position))} overflow="visible"><path class="head" d="M-5 0h10v5l-5 5-5-5z"></path><rect class="head" x="-1" y="0" width="2" height=${rows.length * ROW}></rect></svg>`
            : nothing}
        </svg>
      </div>
      </div>
    </div>
    <p class="legend">
      <span class="line"><svg class="sw" viewBox="0 0 14 10" aria-hidden="true"><rect class="rec" width="14" height="10"></rect></svg>${t('recorded')}</span>
      ${rows.some(({ coverage }) => coverage.spans.some(({ from, to, thinned }) => thinned && to > shown.from && from < shown.to))
        ? html`<span class="line"><svg class="sw" viewBox="0 0 14 10" aria-hidden="true"><rect class="rec thin" y="4" width="14" height="3"></rect></svg>${t('thinned')}</span>`
        : nothing}
      ${missing(rows, shown)}
      ${rows.some(({ coverage }) => coverage.gaps.some(({ from, to, reason }) => isPlanned(reason) && to > shown.from && from < shown.to))
        ? html`<span class="line"><svg class="sw" viewBox="0 0 14 10" aria-hidden="true"><rect class="planned" width="14" height="10"></rect></svg>${t('planned')}</span>`
        : nothing}
      ${rows.some(({ strip }) => strip?.path)
        ? html`<span class="line"><svg class="sw" viewBox="0 0 14 10" aria-hidden="true"><path class="moved" d="M0 10v-4h3v4zM4 10v-9h3v9zM8 10v-6h3v6z"></path></svg>${t('moved')}</span>`
        : nothing}
      ${alerts.some((list) => list.length) ? html`<span>${t('alertCount')(alerts.flat().length)}</span>` : nothing}
      ${chosen ? html`<a class="chosen" href=${address('reports', chosen.id)}>${t('openAlert')(typeName(chosen.type), exactTime(Date.parse(chosen['started-at'])).slice(0, 8))}</a>` : nothing}
    </p>
  `;
}

/** What is missing, in words. */
function missing(rows, shown) {
  const all = rows.flatMap(({ coverage }, i) =>
    coverage.gaps.filter(({ from, to, reason }) => !isPlanned(reason) && to > shown.from && from < shown.to).map((gap) => ({ ...gap, row: i + 1 })));
  if (!all.length) return nothing;
  const words = all.slice(0, MOST_WORDS).map(({ row, from, to, reason }) =>
    t('gapOf')(row, from < shown.from ? shortTime(shown.from) : exactTime(from).slice(0, 8), to > shown.to ? shortTime(shown.to) : exactTime(to).slice(0, 8), t('gaps')[reason] ?? reason));
  const more = all.length > MOST_WORDS ? t('moreGaps')(all.length - MOST_WORDS) : '';
  return html`<span class="line missing"><svg class="sw" viewBox="0 0 14 10" aria-hidden="true"><rect width="14" height="10" fill="url(#gap)"></rect></svg>${t('missing')(words.join('; '))}${more}</span>`;
}
