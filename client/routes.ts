import { createRouter, createWebHistory, type Router } from 'vue-router';

/** The addresses of the screens. The wall is fetched only when it is opened, because the map is large. */
export const makeRouter = (): Router =>
  createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: () => import('./screens/home/HomePage.vue') },
      { path: '/wall', component: () => import('./screens/wall/WallPage.vue') },
      { path: '/replay/:day/:time?', component: () => import('./screens/wall/WallPage.vue') },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  });
