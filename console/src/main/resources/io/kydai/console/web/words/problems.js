/** Words of refused requests, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    crossed: (who, at) => `${who} đã sửa lúc ${at}. Chưa ghi đè gì; hãy tải lại rồi sửa tiếp.`,
    valueRefused: (field, why) => `${field ? `${field}: ` : ''}${why}`,
    fields: {
      name: 'Tên',
      'display-name': 'Họ tên hiển thị',
      agency: 'Đơn vị',
      password: 'Mật khẩu',
      grants: 'Vai trò được cấp',
      cameras: 'Camera',
      groups: 'Nhóm camera',
      areas: 'Vùng',
      'expires-at': 'Hết hạn',
      permissions: 'Quyền',
      id: 'Mã',
      polygon: 'Các đỉnh',
      since: 'Từ lúc',
      until: 'Đến lúc',
      actor: 'Ai',
      type: 'Việc gì',
      camera: 'Camera',
      report: 'Phản ánh',
    },
  },
  en: {
    crossed: (who, at) => `${who} changed it at ${at}. Nothing was overwritten; load it again, and try anew.`,
    valueRefused: (field, why) => `${field ? `${field}: ` : ''}${why}`,
    fields: {
      name: 'Name',
      'display-name': 'Name for people',
      agency: 'Agency',
      password: 'Password',
      grants: 'Grants',
      cameras: 'Cameras',
      groups: 'Camera groups',
      areas: 'Areas',
      'expires-at': 'Ends at',
      permissions: 'Permissions',
      id: 'Id',
      polygon: 'Corners',
      since: 'From',
      until: 'Until',
      actor: 'Who',
      type: 'What',
      camera: 'Camera',
      report: 'Report',
    },
  },
};

export const t = translator(words);
