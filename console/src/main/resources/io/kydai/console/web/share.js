/**
 * The page behind a link to a case, for somebody without an account: '#SECRET'. It stands alone, as
 * the page to sign in does. The secret is sent in the body of requests only, and a download, which
 * uses the link once, begins by a click and not by loading the page.
 */

import { currentLanguage, fullTime, languages, setLanguage, zoneName } from './i18n.js';
import { toggleTheme } from './frame/theme.js';
import { t } from './words/share.js';

const secret = location.hash.slice(1);
// The secret must not stay in the address bar, in the history or in a screenshot.
history.replaceState(null, '', location.pathname);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @returns {Promise<{status: number, body: object, retryAfter: string|null}>} */
async function post(path) {
  const response = await fetch(`/api/v1/shared-case${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  const json = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: json ? await response.json() : {}, retryAfter: response.headers.get('Retry-After') };
}

class SharedCase {
  #said = element('p', { role: 'status' });
  #shown;
  #answer = { key: 'asking' };

  async ask() {
    this.#show();
    this.#answer = await this.#asked('');
    this.#shown = this.#answer.body;
    this.#show();
  }

  /** What the server answers, or what to say of it. */
  async #asked(path) {
    if (!secret || secret.length > 100) return { key: 'nothing' };
    try {
      const { status, body, retryAfter } = await post(path);
      if (status < 300) return { body };
      if (status === 429) return { key: 'wait', value: Number(retryAfter ?? 1) };
      return { key: status === 404 || status === 400 ? 'nothing' : 'failed' };
    } catch {
      return { key: 'failed' };
    }
  }

  async #download(button) {
    button.disabled = true;
    const { body, key, value } = await this.#asked('/download');
    this.#answer = key ? { key, value } : { key: 'begun' };
    this.#say();
    if (body) {
      this.#shown['downloads-left'] -= 1;
      location.assign(body.href);
    }
    if (key !== 'nothing') button.disabled = this.#shown['downloads-left'] < 1;
  }

  #say() {
    const { key, value } = this.#answer;
    const words = key ? t(key) : '';
    this.#said.textContent = typeof words === 'function' ? words(value) : words;
    this.#said.className = key && key !== 'asking' && key !== 'begun' ? 'warning' : 'good';
  }

  #show() {
    const other = languages.find((one) => one !== currentLanguage());
    const language = element('button', { type: 'button', className: 'btn quiet small', textContent: t('otherLanguage'), lang: other });
    language.addEventListener('click', () => {
      setLanguage(other);
      this.#show();
    });
    const theme = element('button', { type: 'button', className: 'btn quiet small', textContent: t('theme') });
    theme.addEventListener('click', () => toggleTheme());
    this.#say();
    document.getElementById('share').replaceChildren(
      element(
        'div',
        { className: 'signbox' },
        element(
          'div',
          { className: 'brand big' },
          element('img', { src: '/flag.svg', alt: '' }),
          element('span', { textContent: 'Kydai' }),
          element('span', { className: 'grow' }),
          language,
          theme,
        ),
        element('h1', { textContent: t('sharedCase') }),
        ...(this.#shown ? this.#facts(this.#shown) : []),
        this.#said,
      ),
    );
  }

  #facts(shown) {
    const at = (time) => `${fullTime(time)} ${zoneName(time)}`;
    const rows = [
      [t('title'), shown.title],
      [t('span'), `${at(shown.from)} – ${at(shown.to)}`],
      [t('size'), t('bytes')(shown.size)],
      [t('digest'), element('code', { textContent: shown.sha256 })],
      [t('expires'), at(shown['expires-at'])],
      [t('left'), t('times')(shown['downloads-left'])],
    ];
    const list = element('dl', {});
    for (const [name, value] of rows) {
      list.append(element('dt', { textContent: name }), element('dd', {}, value));
    }
    const button = element('button', { type: 'button', id: 'download', className: 'btn primary big wide', textContent: t('download'), disabled: shown['downloads-left'] < 1 });
    button.addEventListener('click', () => this.#download(button));
    return [list, button, element('p', { className: 'dim', textContent: t('recorded') })];
  }
}

// Another link that is opened in the same tab.
addEventListener('hashchange', () => location.reload());
new SharedCase().ask();
