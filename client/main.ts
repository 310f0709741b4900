import '@fontsource-variable/noto-sans-sc';
import './design/tokens.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { chosenLanguage, i18n, speak } from './i18n/i18n.ts';
import { makeRouter } from './routes.ts';
import { pageStorage } from './stores/page-storage.ts';

await speak(chosenLanguage(window.location.search, pageStorage.getItem('language')));
createApp(App).use(createPinia()).use(i18n).use(makeRouter()).mount('#app');
