/** Words of the page to sign in, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    otherLanguage: 'English',
    theme: 'Sáng / tối',
    orAccount: 'hoặc tài khoản tại máy chủ',
    logIn: 'Đăng nhập',
    logInHint: 'Mọi lần xem và thao tác được ghi theo tên của bạn.',
    codeHint: 'Từ ứng dụng xác thực. Mất máy: dùng mã dự phòng.',
    codeNeeded: 'Tài khoản của bạn cần thêm mã xác thực.',
    logInByProvider: 'Đăng nhập bằng tài khoản cơ quan',
    providerRefused: 'Tài khoản cơ quan của bạn không được vào. Hãy hỏi quản trị viên.',
    passkeyUse: 'Dùng khóa truy cập',
    passkeyNone: 'Tài khoản này không có khóa truy cập dùng được ở đây.',
    passkeyRefused: 'Khóa truy cập bị từ chối. Hãy thử lại.',
    logInWrong: 'Tên, mật khẩu hoặc mã chưa đúng.',
    nameRefused: (why) => `Không dùng được tên này. ${why}`,
    firstAdministrator: 'Quản trị viên đầu tiên',
    firstHint: 'Máy chủ chưa có tài khoản nào. Tài khoản của bạn được làm mọi việc, và tạo tài khoản cho những người khác.',
    firstLinkWrong: 'Liên kết đã được dùng hoặc đã quá hạn. Khởi động lại máy chủ để có liên kết mới.',
    serverFailed: 'Máy chủ không trả lời. Hãy thử lại.',
  },
  en: {
    otherLanguage: 'Tiếng Việt',
    theme: 'Light / dark',
    orAccount: 'or an account on this server',
    logIn: 'Sign in',
    logInHint: 'Every view and every action is recorded under your name.',
    codeHint: 'From your authenticator. Lost it? Use a recovery code.',
    codeNeeded: 'Your account needs a code as well.',
    logInByProvider: "Sign in with your organisation's account",
    providerRefused: "Your organisation's account was not let in. Ask your administrator.",
    passkeyUse: 'Use a passkey',
    passkeyNone: 'This account has no passkey that works here.',
    passkeyRefused: 'The passkey was refused. Try again.',
    logInWrong: 'Name, password or code is wrong.',
    nameRefused: (why) => `This name cannot be taken. ${why}`,
    firstAdministrator: 'The first administrator',
    firstHint: 'Nobody has an account on this server yet. Yours can do everything, and makes those of the others.',
    firstLinkWrong: 'This link was used already or is too old. Restart the server for another.',
    serverFailed: 'The server does not answer. Try again.',
  },
};

export const t = translator(words);
