/** Words of the tokens’ page, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    tokensHint: 'Chương trình gửi khóa trong tiêu đề “Authorization: Bearer …”. Khóa chỉ làm được những gì bạn cho phép ở đây.',
    tokenName: 'Dùng để làm gì',
    makeToken: 'Tạo khóa',
    noTokens: 'Chưa có khóa nào.',
    madeBy: 'Người tạo',
    expires: 'Hết hạn',
    expiresHint: 'Nếu để trống, khóa dùng được cho đến khi bị thu hồi.',
    never: 'không',
    permissionNeeded: 'Hãy chọn ít nhất một quyền.',
    secret: 'Khóa API',
    secretOnce: 'Hãy sao chép ngay: khóa chỉ hiện một lần này, sau đó không ai xem lại được.',
    secretKept: 'Tôi đã cất',
    revoke: 'Thu hồi',
    revokeQuestion: (name) => `Thu hồi khóa “${name}”? Chương trình dùng khóa này sẽ bị từ chối ngay.`,
    tokenRevoked: 'Đã thu hồi khóa.',
  },
  en: {
    tokensHint: 'A program sends its token in the header “Authorization: Bearer …”. It can do no more than you allow it here.',
    tokenName: 'What it is for',
    makeToken: 'Make a token',
    noTokens: 'There are no tokens.',
    madeBy: 'Made by',
    expires: 'Ends at',
    expiresHint: 'Without a time it holds until it is revoked.',
    never: 'never',
    permissionNeeded: 'Choose one permission at least.',
    secret: 'Token',
    secretOnce: 'Copy it now: it is shown this once, and nobody can look it up later.',
    secretKept: 'I have kept it',
    revoke: 'Revoke',
    revokeQuestion: (name) => `Revoke the token “${name}”? Its program is refused at once.`,
    tokenRevoked: 'The token is revoked.',
  },
};

export const t = translator(words);
