/** Why plates are searched and followed: kept for as long as the tab is open, and in no address. */

let words = '';

export const plateReason = () => words;

export const givePlateReason = (given) => (words = given);
