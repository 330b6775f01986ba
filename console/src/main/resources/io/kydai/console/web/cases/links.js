/** The links of a case, by which somebody without an account downloads it. */

import { LitElement, html, nothing } from 'lit';
import { dateTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { addCaseLink, caseLinks, revokeCaseLink } from '../server.js';
import { siteNow } from '../site.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/cases.js';

const DAY = 86_400_000;
const LONGEST_DAYS = 30;

class CaseLinks extends LitElement {
  static properties = {
    case: {},
    links: { state: true },
    /** {link, secret} of the one that was made just now. */
    made: { state: true },
    copied: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('case') && changed.get('case')?.id !== this.case.id) {
      this.made = undefined;
      this.#run(() => {});
    }
  }

  /** Does something, then reads what is so now. */
  async #run(work) {
    this.busy = true;
    this.error = undefined;
    try {
      await work();
      this.links = await caseLinks(this.case.id);
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  async #make(event) {
    event.preventDefault();
    const form = event.target;
    const chosen = new FormData(form);
    // A little less than the whole days, since the server's clock may be behind.
    const expires = siteNow() + Number(chosen.get('days')) * DAY - 60_000;
    await this.#run(async () => {
      this.made = await addCaseLink(this.case.id, {
        reason: chosen.get('reason').trim(),
        'expires-at': new Date(expires).toISOString(),
        downloads: Number(chosen.get('downloads')),
      });
      this.copied = false;
      forget(`case-link.${this.case.id}`);
      form.reset();
    });
    this.querySelector('.secret output')?.focus();
  }

  #revoke(link) {
    if (!confirm(t('revokeQuestion')(link.reason))) return;
    this.#run(async () => {
      await revokeCaseLink(link.id);
      if (this.made?.link.id === link.id) this.made = undefined;
    });
  }

  get #address() {
    return `${location.origin}/share.html#${this.made.secret}`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#address);
    } catch {
      // Browsers keep the clipboard for pages that came over TLS or from this machine.
      getSelection().selectAllChildren(this.querySelector('.secret output'));
      return;
    }
    this.copied = true;
  }

  render() {
    return html`
      <section class="card case-links" aria-labelledby="links-title">
        <header class="line">
          <h2 id="links-title" class="grow">${t('linksOf')(this.case.title)}</h2>
          <button type="button" class="btn quiet" @click=${() => this.dispatchEvent(new Event('close'))}>${t('closeLinks')}</button>
        </header>
        <p class="muted">${t('linksHint')}</p>
        <p class="warning" role="alert">${this.error ?? ''}</p>
        ${this.made ? this.#secret() : nothing} ${this.links?.length ? this.#table() : html`<p class="muted">${t('noLinks')}</p>`}
        ${this.#form()}
      </section>
    `;
  }

  #secret() {
    return html`
      <div class="secret">
        <p>${t('linkOnce')}</p>
        <output class="snippet" tabindex="0" aria-label=${t('link')}>${this.#address}</output>
        <p>
          <button type="button" class="btn primary copy" @click=${() => this.#copy()}>${t('copy')}</button>
          <button type="button" class="btn" @click=${() => (this.made = undefined)}>${t('kept')}</button>
          <span role="status" class="muted">${this.copied ? t('copied') : ''}</span>
        </p>
      </div>
    `;
  }

  #table() {
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('links')}>
        <table class="t table">
          <thead>
            <tr><th>${t('linkReason')}</th><th>${t('uses')}</th><th>${t('expires')}</th><th><span class="vh">${t('actions')}</span></th></tr>
          </thead>
          <tbody>
            ${this.links.map((link) => this.#row(link))}
          </tbody>
        </table>
      </div>
    `;
  }

  #row(link) {
    const over = Date.parse(link['expires-at']) <= siteNow();
    return html`
      <tr data-link=${link.id}>
        <th scope="row">${link.reason}<br /><small class="muted">${t('by')(link.actor, dateTime(link['created-at']))}</small></th>
        <td>
          ${t('usesOf')(link.downloads, link['most-downloads'])}
          ${link['last-used-at'] ? html`<br /><small class="muted">${dateTime(link['last-used-at'])}</small>` : nothing}
        </td>
        <td>${link['revoked-at'] ? t('revoked') : over ? t('over') : dateTime(link['expires-at'])}</td>
        <td>
          ${link['revoked-at'] || over
            ? nothing
            : html`<button type="button" class="btn danger" aria-label="${t('revoke')}: ${link.reason}" ?disabled=${this.busy} @click=${() => this.#revoke(link)}>${t('revoke')}</button>`}
        </td>
      </tr>
    `;
  }

  #form() {
    return html`
      <form class="fields" ${typed(`case-link.${this.case.id}`)} @submit=${(event) => this.#make(event)}>
        <div class="row-of">
          <label>${t('linkReason')} <input class="in" name="reason" required minlength="3" maxlength="500" autocomplete="off" /></label>
          <label>${t('linkDays')} <input class="in" name="days" type="number" min="1" max=${LONGEST_DAYS} value="7" required /></label>
          <label>${t('linkDownloads')} <input class="in" name="downloads" type="number" min="1" max="100" value="1" required /></label>
          <button class="btn primary" ?disabled=${this.busy}>${t('makeLink')}</button>
        </div>
      </form>
    `;
  }
}

customElements.define('kydai-case-links', CaseLinks);
