/**
 * The page to log in, and, behind the link that the node prints at its first start
 * ('#first=SECRET'), to make the first administrator. It stands alone: nothing else is answered
 * without a log-in. '#to=HASH' names the page of the console to go to afterwards; '#oidc=done' and
 * '#oidc=refused' is how the OpenID Connect provider's log-in ended.
 */

import { currentLanguage, languages, setLanguage } from './i18n.js';
import { t } from './words/signin.js';
import { toggleTheme } from './frame/theme.js';
import { passkeysWork, usePasskey } from './passkey.js';

const fragment = new URLSearchParams(location.hash.slice(1));
const first = fragment.get('first');

// The secret must not stay in the address bar, in the history or in a screenshot.
if (first) history.replaceState(null, '', location.pathname);

/**
 * Only a place inside the console: never another address. A browser that the server sent here keeps
 * the fragment of the page that it asked for.
 */
function destination() {
  const to = location.hash.startsWith('#/') ? location.hash : (fragment.get('to') ?? '');
  return to.startsWith('#/') ? `/${to}` : '/';
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function field(name, label, properties) {
  const input = element('input', { className: 'in tall', name, id: name, required: true, ...properties });
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
  #message = element('p', { className: 'err', role: 'alert' });
  #codeAsked = false;
  #provider = false;

  /** A log-in elsewhere is offered where there is a provider. */
  async askMethods() {
    if (first) return;
    if (fragment.get('oidc') === 'refused') this.#message.textContent = t('providerRefused');
    try {
      const response = await fetch('/api/v1/session/methods');
      this.#provider = (await response.json()).oidc === true;
    } catch {
      // Without an answer the form says what is wrong when it is sent.
      this.#provider = false;
    }
    if (this.#provider) this.show();
  }

  show() {
    document.title = `${t(first ? 'firstAdministrator' : 'logIn')} · Kydai`;
    document.documentElement.lang = currentLanguage();
    const form = element('form', {}, ...this.#fields());
    form.addEventListener('submit', (event) => this.#submit(event));
    this.#root.replaceChildren(
      element('div', { className: 'signart', ariaHidden: 'true' }, element('img', { src: '/tower.svg', alt: '' })),
      element(
        'div',
        { className: 'signbox' },
        this.#head(),
        element(
          'div',
          {},
          element('h1', { textContent: t(first ? 'firstAdministrator' : 'logIn') }),
          element('p', { className: 'dim', textContent: t(first ? 'firstHint' : 'logInHint') }),
        ),
        ...(this.#provider ? this.#providerLink() : []),
        form,
      ),
    );
    form.elements.name.focus();
  }

  #head() {
    const other = languages.find((one) => one !== currentLanguage());
    const language = element('button', {
      type: 'button',
      className: 'btn quiet small language',
      textContent: t('otherLanguage'),
      lang: other,
    });
    language.addEventListener('click', () => {
      setLanguage(other);
      this.#message.textContent = '';
      this.show();
    });
    const theme = element('button', { type: 'button', className: 'btn quiet small', textContent: t('theme') });
    theme.addEventListener('click', () => toggleTheme());
    return element(
      'div',
      { className: 'brand big' },
      element('img', { src: '/flag.svg', alt: '' }),
      element('span', { textContent: 'Kydai' }),
      element('span', { className: 'grow' }),
      language,
      theme,
    );
  }

  #fields() {
    const fields = [
      field('name', t('userName'), { autocomplete: 'username', maxLength: 100, autofocus: true }),
      field('password', t('password'), {
        type: 'password',
        autocomplete: first ? 'new-password' : 'current-password',
        maxLength: 200,
      }),
    ];
    if (first) {
      fields.push(
        field('again', t('passwordAgain'), { type: 'password', autocomplete: 'new-password', maxLength: 200 }),
        element('small', { textContent: t('passwordRule') }),
      );
    }
    if (this.#codeAsked) {
      fields.push(
        field('code', t('code'), { autocomplete: 'one-time-code', inputMode: 'numeric', maxLength: 100 }),
        element('small', { textContent: t('codeHint') }),
      );
    }
    fields.push(
      this.#message,
      element('button', {
        type: 'submit',
        className: 'btn primary big wide verify',
        textContent: t(first ? 'makeAccount' : 'logIn'),
      }),
    );
    if (this.#codeAsked && passkeysWork()) {
      const passkey = element('button', {
        type: 'button',
        id: 'passkey',
        className: 'btn wide',
        textContent: t('passkeyUse'),
      });
      passkey.addEventListener('click', () => this.#passkey(passkey.form));
      fields.push(passkey);
    }
    return fields;
  }

  #providerLink() {
    return [
      element('a', {
        id: 'oidc',
        className: 'btn big wide',
        href: '/api/v1/oidc/log-in',
        textContent: t('logInByProvider'),
      }),
      element('p', { className: 'or' }, element('span', { textContent: t('orAccount') })),
    ];
  }

  /** The password is asked for with the passkey too: it is the first factor. */
  async #passkey(form) {
    const { name, password } = Object.fromEntries(new FormData(form));
    this.#message.textContent = '';
    form.elements.password.removeAttribute('aria-invalid');
    try {
      const question = await post('/session/passkey/options', { name, password });
      if (question.status === 409) {
        this.#message.textContent = t('passkeyNone');
        return;
      }
      if (question.status >= 300) {
        this.#message.textContent = problem(question);
        return;
      }
      const answer = await usePasskey(question.body.options);
      const done = await post('/session/passkey', { attempt: question.body.attempt, answer });
      if (done.status < 300) location.replace(destination());
      else this.#message.textContent = t('passkeyRefused');
    } catch {
      this.#message.textContent = t('passkeyNotUsed');
    }
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
      if (answer.status === 401 && !this.#codeAsked) {
        form.elements.password.setAttribute('aria-invalid', 'true');
        form.elements.password.select();
      }
    } catch {
      this.#message.textContent = t('serverFailed');
    } finally {
      button.disabled = false;
    }
  }
}

// The way back from the provider ends here: only now may the browser send its new cookie.
if (fragment.get('oidc') === 'done') {
  location.replace('/');
} else {
  const page = new SignIn();
  page.show();
  page.askMethods();
}
