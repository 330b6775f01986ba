/** Words of the report queue, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    reportGone: 'Bạn không còn được xem phản ánh này, chẳng hạn vì nó đã được giao cho cơ quan khác.',
    noReports: 'Không có phản ánh nào.',
    snapshot: 'Ảnh chụp',
    clipPending: 'Đoạn phim đang được ghi.',
    started: 'Bắt đầu',
    ended: 'Kết thúc',
    why: 'Nội dung',
    values: 'Giá trị',
    plate: 'Biển số, độ tin cậy',
    pictures: 'ảnh',
  },
  en: {
    reportGone: 'This report is no longer yours to see, for instance because it was assigned to another agency.',
    noReports: 'Nothing here.',
    snapshot: 'Snapshot',
    clipPending: 'The clip is still being recorded.',
    started: 'Began',
    ended: 'Ended',
    why: 'Why',
    values: 'Values',
    plate: 'Plate, confidence',
    pictures: 'pictures',
  },
};

export const t = translator(words);
