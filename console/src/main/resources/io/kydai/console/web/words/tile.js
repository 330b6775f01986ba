/** Words of a camera's tile, in Vietnamese and English. */

import { number, translator } from '../i18n.js';

export const words = {
  vi: {
    seconds: (seconds) => `${number(seconds, 1)} s`,
    old: (age) => `Hình cũ ${age}`,
    noConnection: 'Không kết nối',
    noFrames: 'Camera còn nối, chưa gửi hình mới',
    serverLost: 'Mất máy chủ',
    paused: 'Tạm dừng',
    pausedUntil: (time) => `Tạm dừng đến ${time}`,
    noPicture: 'Chưa có hình',
    begins: 'Đang nối hình',
    blocked: 'Nhấn phím hoặc bấm chuột để phát',
    spokenLive: 'trực tiếp',
    spokenOld: 'hình cũ',
    stills: 'trình duyệt không phát được, nên mỗi giây một ảnh',
    noKeyPicture: 'Camera không gửi ảnh khóa để trình duyệt bắt đầu, nên mỗi giây một ảnh',
  },
  en: {
    seconds: (seconds) => `${number(seconds, 1)} s`,
    old: (age) => `Picture ${age} old`,
    noConnection: 'No connection',
    noFrames: 'Connected, but no new picture',
    serverLost: 'The server is lost',
    paused: 'Paused',
    pausedUntil: (time) => `Paused until ${time}`,
    noPicture: 'No picture yet',
    begins: 'The picture begins',
    blocked: 'Press a key or click to start the video',
    spokenLive: 'live',
    spokenOld: 'old picture',
    stills: 'this browser cannot play it, so one picture a second',
    noKeyPicture: 'The camera sends no key picture for this browser to begin at, so one picture a second',
  },
};

export const t = translator(words);
