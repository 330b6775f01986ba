/** What the node says in a report's history, made of its codes and values, in Vietnamese and English. */

import { fullTime, translator, typeName } from '../i18n.js';

export const words = {
  vi: {
    'note_node-ended': () => 'Máy chủ dừng khi việc đang diễn ra; lúc kết thúc là lúc cuối còn thấy.',
    'note_clip-lost': () => 'Máy chủ dừng khi chưa cắt xong đoạn phim; không có đoạn phim.',
    note_follows: (v) => `gộp vào phản ánh ${v.report}`,
    'note_follows-no-more': (v) => `không còn theo phản ánh ${v.report}`,
    'note_rule-muted': (v) => `${v.actor} đã tắt báo quy tắc này đến ${v.until}: ${v.reason}`,
    'note_routed-by-row': (v) =>
      `luật “${v.row}”${v.type ? `, loại ${v.type}` : ''}${v.area ? `, trong ${v.area}` : ''}${v.at ? `, lúc ${v.at}` : ''} → ${v.agency}${v.acting ? `, làm thay: ${v.acting}` : ''}`,
    'note_routed-to-desk': (v) =>
      `không luật nào khớp với ${v.type} ${v.areas ? `trong ${v.areas}` : 'ngoài các vùng đã biết'} lúc ${v.at}, nên về bàn trung tâm → ${v.agency}${v.acting ? `, làm thay: ${v.acting}` : ''}`,
    'note_clock-stands': (v) => `Đồng hồ dừng: ${v.reason}`,
    'note_clock-runs': () => 'Đồng hồ chạy tiếp.',
    note_reminded: (v) => `nhắc ${v.agency ?? 'bàn duyệt'}: hạn ${v.due}`,
    note_escalated: (v) => `${v.agency ?? 'Bàn duyệt'} trễ hạn ${v.due}; báo lên ${v.to}`,
    note_late: (v) => `${v.agency ?? 'Bàn duyệt'} trễ hạn ${v.due}; không còn cấp trên, vẫn trong danh sách trễ`,
    'note_attachment-removed': (v) => `đã xóa tệp đính kèm ${v.name}: ${v.reason}`,
  },
  en: {
    'note_node-ended': () => 'The node ended while this lasted; its end is the last known moment.',
    'note_clip-lost': () => 'The node ended before the clip was whole; there is no clip.',
    note_follows: (v) => `follows report ${v.report}`,
    'note_follows-no-more': (v) => `does not follow report ${v.report} any more`,
    'note_rule-muted': (v) => `${v.actor} muted this rule until ${v.until}: ${v.reason}`,
    'note_routed-by-row': (v) =>
      `rule “${v.row}”${v.type ? `, type ${v.type}` : ''}${v.area ? `, in ${v.area}` : ''}${v.at ? `, at ${v.at}` : ''} → ${v.agency}${v.acting ? `, for which acts ${v.acting}` : ''}`,
    'note_routed-to-desk': (v) =>
      `no rule is for ${v.type} ${v.areas ? `in ${v.areas}` : 'in no known area'} at ${v.at}, so that it goes to the centre's desk → ${v.agency}${v.acting ? `, for which acts ${v.acting}` : ''}`,
    'note_clock-stands': (v) => `The clock stands: ${v.reason}`,
    'note_clock-runs': () => 'The clock runs again.',
    note_reminded: (v) => `reminder to ${v.agency ?? 'the desk'}: due at ${v.due}`,
    note_escalated: (v) => `${v.agency ?? 'The desk'} is late since ${v.due}; escalated to ${v.to}`,
    note_late: (v) => `${v.agency ?? 'The desk'} is late since ${v.due}; nobody stands higher, so that it stays on the list of late reports`,
    'note_attachment-removed': (v) => `removed the attachment ${v.name}: ${v.reason}`,
  },
};

const t = translator(words);

const TIMES = ['at', 'due', 'until'];
const AGENCIES = ['agency', 'to', 'acting'];

/** Values as people read them. */
function shown(values, nameOf) {
  const entries = Object.entries(values).map(([name, value]) => {
    if (TIMES.includes(name)) return [name, fullTime(value)];
    if (AGENCIES.includes(name)) return [name, value.split(',').map(nameOf).join(', ')];
    return [name, name === 'type' ? typeName(value) : value];
  });
  return Object.fromEntries(entries);
}

/**
 * Why a step was taken: what a person wrote, or what the node says. Steps of an earlier version, and codes of a
 * later one, have the node's own sentence.
 *
 * @param {object} step the contract's Step @param {object[]} agencies with their names, as far as they are known
 */
export function reasonOf({ note, reason }, agencies = []) {
  const nameOf = (agency) => agencies.find(({ id }) => id === agency)?.name ?? agency;
  const say = note && t(`note_${note.code}`);
  return typeof say === 'function' ? say(shown(note.values, nameOf)) : reason;
}
