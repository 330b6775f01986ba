/**
 * The page to log in, and, behind the link that the node prints at its first start
 * ('#first=SECRET'), to make the first administrator. It stands alone: nothing else is answered
 * without a log-in. '#to=HASH' names the page of the console to go to afterwards.
 */

import { currentLanguage, languages, setLanguage, t } from './i18n.js';

const fragment = new URLSearchParams(location.hash.slice(1));
const first = fragment.get('first');

// The secret must not stay in the address bar, in the history or in a screenshot.
if (first) history.replaceState(null, '', location.pathname);

/** Only a place inside the console: never another address. */
function destination() {
  const to = fragment.get('to') ?? '';
  return to.startsWith('#/') ? `/${to}` : '/';
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function field(name, label, properties) {
  const input = element('input', { name, id: name, required: true, ...properties });
  return element('div', { className: 'field' }, element('label', { htmlFor: name, textContent: label }), input);
}

/** @returns {Promise<{status: number, body: object, retryAfter: string|null}>} */
async function post(path, body) {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    body: json ? await response.json() : {},
    retryAfter: response.headers.get('Retry-After'),
  };
}

function problem({ status, body, retryAfter }) {
  if (status === 401 && first) return t('firstLinkWrong');
  if (status === 401 && body.field === 'code') return t('codeNeeded');
  if (status === 401) return t('logInWrong');
  if (status === 429) return t('logInWait')(Number(retryAfter ?? 1));
  if (status === 400 && body.field === 'password') return t('passwordRefused')(body.detail);
  if (status === 400 && body.field === 'name') return t('nameRefused')(body.detail);
  return body.detail ?? t('serverFailed');
}

class SignIn {
  #root = document.getElementById('sign-in');
  #message = element('p', { className: 'warning', role: 'alert' });
  #codeAsked = false;

  show() {
    document.title = `${t(first ? 'firstAdministrator' : 'logIn')} · Kydai`;
    document.documentElement.lang = currentLanguage();
    const form = element('form', { className: 'stack' });
    form.append(
      field('name', t('userName'), { autocomplete: 'username', maxLength: 100, autofocus: true }),
      field('password', t('password'), {
        type: 'password',
        autocomplete: first ? 'new-password' : 'current-password',
        maxLength: 200,
      }),
    );
    if (first) {
      form.append(
        field('again', t('passwordAgain'), { type: 'password', autocomplete: 'new-password', maxLength: 200 }),
        element('small', { textContent: t('passwordRule') }),
      );
    }
    if (this.#codeAsked) {
      form.append(
        field('code', t('code'), { autocomplete: 'one-time-code', inputMode: 'numeric', maxLength: 100 }),
        element('small', { textContent: t('codeHint') }),
      );
    }
    form.append(
      this.#message,
      element('button', { type: 'submit', className: 'verify', textContent: t(first ? 'makeAccount' : 'logIn') }),
    );
    form.addEventListener('submit', (event) => this.#submit(event));
    const language = element('button', {
      type: 'button',
      className: 'quiet',
      textContent: languages.filter((one) => one !== currentLanguage()).join(' ').toUpperCase(),
    });
    language.addEventListener('click', () => {
      setLanguage(languages.find((one) => one !== currentLanguage()));
      this.#message.textContent = '';
      this.show();
    });
    this.#root.replaceChildren(
      element(
        'div',
        { className: 'brand' },
        element('img', { src: '/flag.svg', alt: '' }),
        'Kydai',
        element('span', { className: 'spring' }),
        language,
      ),
      element('h1', { textContent: t(first ? 'firstAdministrator' : 'logIn') }),
      element('p', { className: 'muted', textContent: t(first ? 'firstHint' : 'logInHint') }),
      form,
    );
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const values = Object.fromEntries(new FormData(form));
    if (first && values.password !== values.again) {
      this.#message.textContent = t('passwordsDiffer');
      return;
    }
    const button = form.querySelector('button[type=submit]');
    button.disabled = true;
    this.#message.textContent = '';
    try {
      const { name, password, code } = values;
      const answer = first
        ? await post('/first-administrator', { secret: first, name, password })
        : await post('/session', code ? { name, password, code } : { name, password });
      if (answer.status < 300) {
        location.replace(destination());
        return;
      }
      if (answer.body.field === 'code' && !this.#codeAsked) {
        this.#codeAsked = true;
        this.show();
        document.getElementById('name').value = name;
        document.getElementById('password').value = password;
        document.getElementById('code').focus();
      }
      this.#message.textContent = problem(answer);
    } catch {
      this.#message.textContent = t('serverFailed');
    } finally {
      button.disabled = false;
    }
  }
}

new SignIn().show();
