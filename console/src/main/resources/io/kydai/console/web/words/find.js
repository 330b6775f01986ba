/** Words of the search for cameras, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    found: 'Trong mạng của bạn',
    looking: 'Đang tìm …',
    lookAgain: 'Tìm lại',
    nothingFound: 'Không có camera nào trả lời. Camera ở mạng khác không nghe được: hãy nhập địa chỉ ở bên phải.',
    notConfigured: 'chưa cấu hình',
    onvifAddress: 'Địa chỉ',
    fingerprint: 'Vân tay SHA-256 của chứng chỉ (https)',
    showStreams: 'Xem các luồng',
    clockOffset: 'Đồng hồ camera lệch',
    clockRight: 'dưới 5 giây',
    movable: 'Quay quét được',
    stillPictures: 'Ảnh tĩnh',
    streams: 'Các luồng hình',
    noStreams: 'Camera không có luồng hình nào.',
    noAddress: 'camera không cho địa chỉ của luồng này',
    'role-main': 'luồng chính',
    'role-sub': 'luồng phụ',
    forConfiguration: 'Cho tệp cấu hình',
    passwordHint: 'Mật khẩu không nằm trong tệp: hãy đặt vào biến môi trường có tên ở trên rồi khởi động lại.',
  },
  en: {
    found: 'In your networks',
    looking: 'Looking …',
    lookAgain: 'Look again',
    nothingFound: 'No camera answered. Those in other networks do not hear the call: type their address on the right.',
    notConfigured: 'not configured',
    onvifAddress: 'Address',
    fingerprint: 'Certificate’s SHA-256 fingerprint (https)',
    showStreams: 'Show streams',
    clockOffset: 'Camera’s clock is off by',
    clockRight: 'less than 5 s',
    movable: 'Can be moved',
    stillPictures: 'Still pictures',
    streams: 'Streams',
    noStreams: 'The camera offers no video.',
    noAddress: 'the camera gives no address for it',
    'role-main': 'main',
    'role-sub': 'sub',
    forConfiguration: 'For the configuration file',
    passwordHint: 'The password stays out of the file: put it into the environment variable named above, and start the node again.',
  },
};

export const t = translator(words);
