/** Words of forms that keep what is typed, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    typedBefore: 'Bạn đã gõ phần này lúc trước và chưa gửi.',
    dropTyped: 'Bỏ phần đã gõ',
  },
  en: {
    typedBefore: 'You typed this before and did not send it.',
    dropTyped: 'Drop what I typed',
  },
};

export const t = translator(words);
