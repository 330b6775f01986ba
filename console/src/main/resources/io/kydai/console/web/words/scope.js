/** Words of the choice of cameras, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    noCamera: 'không camera nào',
    groups: 'Nhóm camera',
    no_cameras: 'Chưa có camera.',
    no_groups: 'Chưa camera nào thuộc nhóm.',
    notThere: 'không còn nữa',
  },
  en: {
    noCamera: 'no camera',
    groups: 'Camera groups',
    no_cameras: 'There are no cameras yet.',
    no_groups: 'No camera belongs to a group.',
    notThere: 'not there any more',
  },
};

export const t = translator(words);
