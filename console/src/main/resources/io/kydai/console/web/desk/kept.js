/**
 * What somebody has typed into a setting of the desk and not saved: kept in this tab for the account,
 * so that a reload, another page or a lost server loses no word.
 */
export class KeptDraft {
  #key;

  /** @param {string} account the id of the account that is signed in @param {string} setting */
  constructor(account, setting) {
    this.#key = `kydai.desk.${account}.${setting}`;
  }

  /** @returns {{version: number, value: object}|undefined} the draft, with the version that it began from */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key)) ?? undefined;
    } catch (error) {
      console.warn('the kept draft is not readable', error);
      return undefined;
    }
  }

  write(draft) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(draft));
    } catch (error) {
      // The tab's store is full: the draft is still on the page.
      console.warn('the draft is not kept', error);
    }
  }

  forget() {
    sessionStorage.removeItem(this.#key);
  }
}
