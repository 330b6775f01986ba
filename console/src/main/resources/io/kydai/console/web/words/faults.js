/** Words of cameras' faults, by the server's codes, with what to do. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    faults: {
      refused: 'Camera từ chối kết nối. Kiểm tra địa chỉ và cổng.',
      unreachable: 'Không tới được camera. Kiểm tra điện và mạng.',
      timeout: 'Camera không trả lời. Kiểm tra điện và mạng.',
      'log-in': 'Sai tên hoặc mật khẩu. Mở để sửa.',
      'not-found': 'Camera không có luồng này. Sửa đường dẫn.',
      certificate: 'Chứng chỉ của camera không được tin. Kiểm tra vân tay.',
      protocol: 'Camera trả lời sai chuẩn RTSP.',
      stream: 'Luồng hình không giải mã được.',
      silent: 'Camera còn nối nhưng ngừng gửi hình.',
      closed: 'Camera đóng kết nối.',
      other: 'Camera không gửi hình.',
    },
  },
  en: {
    faults: {
      refused: 'The camera refuses the connection. Check address and port.',
      unreachable: 'The camera cannot be reached. Check power and network.',
      timeout: 'The camera does not answer. Check power and network.',
      'log-in': 'Wrong name or password. Open to correct it.',
      'not-found': 'The camera has no such stream. Correct the path.',
      certificate: 'The camera’s certificate is not trusted. Check its fingerprint.',
      protocol: 'The camera’s answer is not valid RTSP.',
      stream: 'The stream cannot be decoded.',
      silent: 'The camera is connected but sends no pictures.',
      closed: 'The camera closed the connection.',
      other: 'The camera sends no picture.',
    },
  },
};

export const t = translator(words);

/**
 * What is wrong with a camera, and what to do.
 *
 * @param {object} status the contract's CameraStatus
 * @returns {{words: string, detail: string|undefined}} `detail` is the server's own text, for experts
 */
export function faultWords({ fault, 'last-error': detail }) {
  return { words: t('faults')[fault?.code] ?? t('faults').other, detail };
}
