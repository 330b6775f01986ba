/** A list of boxes to tick, as forms of the desk's settings have them. */

import { html } from 'lit';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Those of a list that are ticked; in the order in which they stand. */
const ticked = (target) => [...target.closest('fieldset').querySelectorAll('input:checked')].map(({ value }) => value);

/** What is chosen stays in the list, also where the site does not have it any more. */
const withChosen = (all, chosen) => [
  ...all,
  ...chosen.filter((id) => !all.some((one) => one.id === id)).map((id) => ({ id, words: id })),
];

/**
 * @param {{legend: string, name: string, all: {id: string, words: string}[], chosen?: string[],
 *   invalid?: any, edit: (chosen: string[]) => void}} parts
 */
export const ticks = ({ legend, name, all, chosen = [], invalid, edit }) => html`
  <fieldset class="ticks" data-list=${name} aria-invalid=${invalid} @change=${({ target }) => edit(ticked(target))}>
    <legend>${legend}</legend>
    ${withChosen(all, chosen).map(
      ({ id, words }) => html`<label class="tick"><input type="checkbox" value=${id} .checked=${chosen.includes(id)} /> ${words}</label>`,
    )}
  </fieldset>
`;
