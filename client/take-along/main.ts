import '@fontsource-variable/noto-sans-sc';
import '../design/tokens.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { PACK_FILES } from '@maplewall/shared/domain/city.ts';
import App from '../App.vue';
import { chosenLanguage, i18n, speak } from '../i18n/i18n.ts';
import WallPage from '../screens/wall/WallPage.vue';
import { pageStorage } from '../stores/page-storage.ts';
import { layOutCityFiles } from './city-file.ts';
import { fetchFromPage } from './fetch-from-page.ts';
import { about, page } from './page.ts';

/** The replay of a file that was taken along: the screens of the wall, asking the page instead of a gateway. */
async function start(): Promise<void> {
  globalThis.fetch = fetchFromPage(page, globalThis.fetch.bind(globalThis));
  await layOutCityFiles('/api/city', PACK_FILES);
  await speak(chosenLanguage(window.location.search, pageStorage.getItem('language')));
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/replay/:day/:time?', component: WallPage }],
  });
  await router.push(about.address);
  createApp(App).use(createPinia()).use(i18n).use(router).mount('#app');
}
void start();
