/** Words of the frame around the pages, in Vietnamese and English. */

import { translator } from '../i18n.js';

export const words = {
  vi: {
    skip: 'Đến nội dung',
    navigation: 'Trang chính',
    navigationShort: 'Trang chính, gọn',
    openMenu: 'Mở menu',
    settings: 'Cài đặt',
    addCamera: 'Thêm camera',
    scene: 'Vẽ cảnh',
    server: (seconds) => `Máy chủ ${seconds} s`,
    serverTitle: 'Tuổi nhịp cuối của máy chủ',
    toOtherLanguage: 'English',
    theme: 'Đổi nền sáng hoặc tối',
    keysHere: 'Ở trang này',
    keysEverywhere: 'Ở mọi trang',
    closeOpen: 'Đóng cái đang mở',
    lost: (at) => `Mất máy chủ. Những gì trên màn hình là lúc ${at}, không còn trực tiếp.`,
    tryNow: 'Thử lại ngay',
    tryAgain: 'Thử lại',
    noPage: 'Không có trang này.',
    pageFailed: 'Chưa tải được trang. Máy chủ không trả lời.',
    undo: 'Hoàn tác',
  },
  en: {
    skip: 'Skip to content',
    navigation: 'Pages',
    navigationShort: 'Pages, short',
    openMenu: 'Open the menu',
    settings: 'Settings',
    addCamera: 'Add a camera',
    scene: 'Scene',
    server: (seconds) => `Server ${seconds} s`,
    serverTitle: 'Age of the server’s last heartbeat',
    toOtherLanguage: 'Tiếng Việt',
    theme: 'Change between dark and light',
    keysHere: 'On this page',
    keysEverywhere: 'On every page',
    closeOpen: 'Close what is open',
    lost: (at) => `The server is lost. What is on the screen is from ${at} and no longer live.`,
    tryNow: 'Try now',
    tryAgain: 'Try again',
    noPage: 'There is no such page.',
    pageFailed: 'The page did not load. The server does not answer.',
    undo: 'Undo',
  },
};

export const t = translator(words);
