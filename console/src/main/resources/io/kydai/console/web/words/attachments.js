/** Words of the files that people attached to reports, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    files: 'Tệp đính kèm',
    public: 'người báo cũng xem được',
    remove: (name) => `Gỡ tệp “${name}”`,
    why: 'Vì sao gỡ (ghi vào lịch sử)',
    removeNow: 'Gỡ hẳn tệp này',
    removed: (name) => `Đã gỡ “${name}”.`,
  },
  en: {
    files: 'Attached files',
    public: 'whoever reported it sees it, too',
    remove: (name) => `Remove the file “${name}”`,
    why: 'Why it is removed (the history has it)',
    removeNow: 'Remove this file for good',
    removed: (name) => `Removed “${name}”.`,
  },
};

export const t = translator(words);
