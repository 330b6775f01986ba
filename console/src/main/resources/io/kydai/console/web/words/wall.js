/** Words of the wall, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    noCamerasForYou: 'Không có camera nào bạn được xem. Quản trị viên có thể cấp quyền cho bạn.',
    alerts: 'Cảnh báo',
    noCameras: 'Chưa có camera. Khởi động với --camera rtsp://… hoặc thêm vào tệp cấu hình.',
    noAlerts: 'Chưa có cảnh báo. Cảnh báo hiện ở đây ngay khi có quy tắc phát hiện sự việc.',
    unsupported: 'Trình duyệt không phát được video của camera',
    stills: 'trình duyệt không phát được, nên mỗi giây một ảnh',
    noKeyPicture: 'Camera không gửi ảnh khóa để trình duyệt bắt đầu, nên mỗi giây một ảnh',
    offline: 'không có hình; đang thử lại',
    gap: 'đang chờ camera',
    blocked: 'Nhấn phím hoặc bấm chuột để phát',
  },
  en: {
    noCamerasForYou: 'There is no camera that you may see. An administrator can give you the right to some.',
    alerts: 'Alerts',
    noCameras: 'No cameras yet. Start with --camera rtsp://… or add them to the configuration.',
    noAlerts: 'No alerts yet. They appear here the moment a rule finds something.',
    unsupported: 'This browser cannot play the camera’s video',
    stills: 'this browser cannot play it, so one picture a second',
    noKeyPicture: 'The camera sends no key picture for this browser to begin at, so one picture a second',
    offline: 'no picture; trying again',
    gap: 'waiting for the camera',
    blocked: 'Press a key or click to start the video',
  },
};

export const t = translator(words);
