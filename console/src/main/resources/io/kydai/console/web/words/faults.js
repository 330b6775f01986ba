/** Words of cameras' faults, by the server's codes, with what to do. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    faults: {
      'login-refused': 'Sai tên hoặc mật khẩu. Mở để sửa.',
      'host-unknown': 'Không có máy mang tên này. Sửa địa chỉ.',
      'no-route': 'Không có đường mạng tới camera. Kiểm tra mạng.',
      'connection-refused': 'Camera từ chối kết nối. Bật RTSP hoặc sửa cổng.',
      'connection-timeout': 'Camera không trả lời. Kiểm tra điện và dây mạng.',
      unreachable: 'Không tới được camera. Kiểm tra mạng.',
      'stream-not-found': 'Camera không có luồng này. Sửa đường dẫn.',
      'certificate-refused': 'Chứng chỉ của camera không được tin. Kiểm tra vân tay.',
      'not-rtsp': 'Nơi trả lời không phải camera RTSP. Sửa địa chỉ.',
      'no-media': 'Camera nhận lời nhưng không gửi hình. Khởi động lại camera.',
      undecodable: 'Luồng hình không giải mã được. Kiểm tra kiểu mã hóa.',
      'stopped-sending': 'Camera ngừng gửi hình. Khởi động lại nếu còn lặp lại.',
      failed: 'Kết nối bị đứt. Máy chủ tự thử lại.',
      other: 'Camera không gửi hình. Máy chủ tự thử lại.',
    },
  },
  en: {
    faults: {
      'login-refused': 'Wrong name or password. Open to correct it.',
      'host-unknown': 'There is no host of this name. Correct the address.',
      'no-route': 'There is no route to the camera. Check the network.',
      'connection-refused': 'The camera refuses the connection. Enable RTSP or correct the port.',
      'connection-timeout': 'The camera does not answer. Check power and cable.',
      unreachable: 'The camera cannot be reached. Check the network.',
      'stream-not-found': 'The camera has no such stream. Correct the path.',
      'certificate-refused': 'The camera’s certificate is not trusted. Check its fingerprint.',
      'not-rtsp': 'What answers is no RTSP camera. Correct the address.',
      'no-media': 'The camera agrees and sends no picture. Restart the camera.',
      undecodable: 'The stream cannot be decoded. Check the encoding.',
      'stopped-sending': 'The camera stopped sending. Restart it if that comes again.',
      failed: 'The connection broke. The server tries again by itself.',
      other: 'The camera sends no picture. The server tries again by itself.',
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
