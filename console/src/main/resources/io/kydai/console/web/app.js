/** Begins: the theme, then the frame, which loads the page that the address names. */

import './frame/theme.js';
import './frame/shell.js';
