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
    secondMissing: (role) =>
      role === 'main' ? 'Luồng chính không đến: đang chiếu luồng phụ' : 'Luồng phụ không đến: đang chiếu luồng chính',
    otherUnplayable: (role) =>
      role === 'main'
        ? 'Trình duyệt không phát được luồng chính: đang chiếu luồng phụ'
        : 'Trình duyệt không phát được luồng phụ: đang chiếu luồng chính',
    transcoded: 'trình duyệt không phát được, nên máy chủ mã hóa lại',
    transcodesFull:
      'mỗi giây một ảnh: máy chủ đã mã hóa lại đủ số camera (privacy.transcodes). Dùng trình duyệt phát được H.265, hoặc đặt luồng phụ của camera là H.264',
    fastMissing: 'WebRTC không đến: đang chiếu hình thường, trễ hơn một chút',
    boxesHidden: 'Ẩn khung: không so được đồng hồ của hai luồng',
    boxesByArrival: 'Khung đặt theo lúc hình đến, có thể lệch một chút',
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
    secondMissing: (role) =>
      role === 'main' ? 'The main stream does not come: the sub-stream is shown' : 'The sub-stream does not come: the main stream is shown',
    otherUnplayable: (role) =>
      role === 'main'
        ? 'This browser cannot play the main stream: the sub-stream is shown'
        : 'This browser cannot play the sub-stream: the main stream is shown',
    transcoded: 'this browser cannot play it, so the server encodes it anew',
    transcodesFull:
      'one picture a second: the server encodes as many cameras anew as it may (privacy.transcodes). Use a browser that plays H.265, or set the camera’s sub-stream to H.264',
    fastMissing: 'WebRTC does not come: the usual picture is shown, a little later',
    boxesHidden: 'Boxes are hidden: the clocks of the two streams cannot be compared',
    boxesByArrival: 'Boxes by the time of arrival: they may be a little off',
    noKeyPicture: 'The camera sends no key picture for this browser to begin at, so one picture a second',
  },
};

export const t = translator(words);
