/** Words of the page behind a link to a case, in Vietnamese and English. */

import { number, translator } from '../i18n.js';

const size = (count) => `${number(count / 1e6, count < 1e7 ? 1 : 0)} MB`;

export const words = {
  vi: {
    otherLanguage: 'English',
    theme: 'Sáng / tối',
    sharedCase: 'Hồ sơ được chia sẻ',
    asking: 'Đang hỏi máy chủ…',
    nothing: 'Liên kết này không mở được gì: sai, hết hạn, đã dùng hết hoặc đã thu hồi. Hãy hỏi người gửi.',
    wait: (seconds) => `Thử quá nhiều lần. Hãy đợi ${seconds} giây rồi tải lại trang.`,
    failed: 'Máy chủ không trả lời. Hãy thử lại.',
    title: 'Hồ sơ',
    span: 'Khoảng',
    size: 'Dung lượng',
    bytes: size,
    digest: 'SHA-256',
    expires: 'Liên kết hết hạn',
    left: 'Còn tải được',
    times: (count) => `${count} lần`,
    download: 'Tải hồ sơ',
    recorded: 'Lần tải này được ghi lại cùng địa chỉ mạng của bạn.',
    begun: 'Đang tải. Nếu bị ngắt, trình duyệt tải tiếp được trong 12 giờ.',
  },
  en: {
    otherLanguage: 'Tiếng Việt',
    theme: 'Light / dark',
    sharedCase: 'A case shared with you',
    asking: 'Asking the server…',
    nothing: 'This link opens nothing: it is wrong, expired, used up or revoked. Ask whoever sent it.',
    wait: (seconds) => `Too many attempts. Wait ${seconds} seconds, then load the page again.`,
    failed: 'The server does not answer. Try again.',
    title: 'Case',
    span: 'Span',
    size: 'Size',
    bytes: size,
    digest: 'SHA-256',
    expires: 'The link expires',
    left: 'Downloads left',
    times: (count) => `${count}`,
    download: 'Download the case',
    recorded: 'This download is recorded with your network address.',
    begun: 'It is being downloaded. If it breaks off, your browser can resume it for 12 hours.',
  },
};

export const t = translator(words);
