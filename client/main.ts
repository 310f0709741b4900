import '@fontsource-variable/noto-sans-sc';
import './design/tokens.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { chosenLanguage, makeI18n } from './i18n/i18n.ts';
import { makeRouter } from './routes.ts';
import { pageStorage } from './stores/page-storage.ts';

const language = chosenLanguage(window.location.search, pageStorage.getItem('language'));
document.documentElement.lang = language;
createApp(App).use(createPinia()).use(makeI18n(language)).use(makeRouter()).mount('#app');
