/** Other cameras in the network, which answer a search by ONVIF. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { problemWords } from '../problems.js';
import { discovery } from '../server.js';
import { t } from '../words/cameras.js';
import { hostOf } from './address.js';

class Found extends LitElement {
  static properties = { found: { state: true }, busy: { state: true }, error: { state: true } };

  createRenderRoot() {
    return this;
  }

  async #look() {
    this.busy = true;
    this.error = undefined;
    try {
      this.found = await discovery();
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  render() {
    const { found, busy, error } = this;
    return html`
      <div class="line">
        <h3 class="grow">${t('othersInNetwork')} ${found ? html`<span class="count">${found.length}</span>` : nothing}</h3>
        <button type="button" class="btn small" ?disabled=${busy} aria-busy=${busy ? 'true' : 'false'} @click=${() => this.#look()}>${icon('search')}${t('searchNetwork')}</button>
      </div>
      <div role="status">
        ${busy ? html`<p class="dim">${t('searching')}</p>` : nothing} ${error ? html`<p class="err">${error}</p>` : nothing}
        ${found && !found.length ? html`<p class="dim">${t('nobodyAnswers')}</p>` : nothing}
      </div>
      <ul class="stack-2">${(found ?? []).map((device) => this.#device(device))}</ul>
    `;
  }

  #device({ address, name, cameras }) {
    const host = hostOf(address);
    const take = () => this.dispatchEvent(new CustomEvent('take', { detail: address }));
    return html`
      <li class="line">
        <span class="grow cut"><span class="mono">${host}</span> <span class="muted">${name}</span></span>
        <span class="dim">${cameras.length ? t('alreadyAdded') : t('notYetAdded')}</span>
        <button type="button" class="btn small" aria-label="${t('take')} ${host}" @click=${take}>${t('take')}</button>
      </li>
    `;
  }
}

customElements.define('kydai-found', Found);
