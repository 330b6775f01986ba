/**
 * Why an alert was raised, as a sentence made of its values, in Vietnamese and English. The server's
 * own text stands where there are no words for a type.
 */

import { number, translator } from '../i18n.js';

const n = (value, digits = 1) => number(value, value % 1 ? digits : 0);

export const words = {
  vi: {
    sentences: {
      crowding: (m, place) => `${n(m.people)} người ${place} trong ${n(m.seconds)} s (ngưỡng ${n(m.threshold)}).`,
      gathering: (m) => `${n(m.people)} người tụ lại trong ${n(m.seconds)} s (ngưỡng ${n(m.threshold)}).`,
      intrusion: (m, place) => `${n(m.people ?? 1)} người ${place} trong ${n(m.seconds)} s, nơi không được vào.`,
      loitering: (m, place) => `Một người ở lại ${place} ${n(m.seconds)} s (ngưỡng ${n(m.threshold)} s).`,
      running: (m, place) => `Một người chạy ${n(m.speed)} m/s ${place} (ngưỡng ${n(m.threshold)}).`,
      stopped: (m, place) => `Một xe dừng ${place} ${n(m.seconds)} s (ngưỡng ${n(m.threshold)} s).`,
      'illegal-parking': (m, place) => `Một xe đỗ ${place} ${n(m.seconds)} s (ngưỡng ${n(m.threshold)} s).`,
      'wrong-way': (m, place) => `Đi ngược mũi tên qua ${place} trong ${n(m.seconds)} s.`,
      speeding: (m, place) => `Một xe chạy ${n(m.speed)} ± ${n(m.error)} km/h ${place} (giới hạn ${n(m.threshold)}).`,
      'queue-length': (m, place) => `${n(m.vehicles)} xe xếp hàng ${place} trong ${n(m.seconds)} s (ngưỡng ${n(m.threshold)}).`,
    },
    zone: (id) => `trong vùng ${id}`,
    line: (id) => `vạch ${id}`,
    here: 'ở đây',
  },
  en: {
    sentences: {
      crowding: (m, place) => `${n(m.people)} people ${place} for ${n(m.seconds)} s (limit ${n(m.threshold)}).`,
      gathering: (m) => `${n(m.people)} people stay together for ${n(m.seconds)} s (limit ${n(m.threshold)}).`,
      intrusion: (m, place) => `${n(m.people ?? 1)} ${(m.people ?? 1) === 1 ? 'person' : 'people'} ${place} for ${n(m.seconds)} s, where nobody may be.`,
      loitering: (m, place) => `One person stays ${place} for ${n(m.seconds)} s (limit ${n(m.threshold)} s).`,
      running: (m, place) => `One person runs at ${n(m.speed)} m/s ${place} (limit ${n(m.threshold)}).`,
      stopped: (m, place) => `One vehicle stands ${place} for ${n(m.seconds)} s (limit ${n(m.threshold)} s).`,
      'illegal-parking': (m, place) => `One vehicle is parked ${place} for ${n(m.seconds)} s (limit ${n(m.threshold)} s).`,
      'wrong-way': (m, place) => `Crossed ${place} against its arrow, for ${n(m.seconds)} s.`,
      speeding: (m, place) => `One vehicle goes ${n(m.speed)} ± ${n(m.error)} km/h ${place} (limit ${n(m.threshold)}).`,
      'queue-length': (m, place) => `${n(m.vehicles)} vehicles queue ${place} for ${n(m.seconds)} s (limit ${n(m.threshold)}).`,
    },
    zone: (id) => `in zone ${id}`,
    line: (id) => `line ${id}`,
    here: 'here',
  },
};

export const t = translator(words);

const NEEDED = ['people', 'seconds', 'threshold', 'speed', 'error', 'vehicles'];

/**
 * @param {object} report the contract's Report
 * @param {object} [camera] the contract's Camera, whose rule names the zone or line
 */
export function reasonWords({ type, rule, measures, reason }, camera) {
  const { zone, line } = camera?.rules?.find(({ id }) => id === rule) ?? {};
  const place = zone ? t('zone')(zone) : line ? t('line')(line) : t('here');
  const sentence = t('sentences')[type];
  // Reports of an earlier version may lack a value of the sentence.
  const lacks = sentence && NEEDED.some((key) => String(sentence).includes(`m.${key})`) && measures[key] === undefined);
  return sentence && !lacks ? sentence(measures, place) : reason;
}
