export type MapLanguage = 'zh-CN' | 'en';
export type MapTheme = 'dark' | 'light' | 'print';
