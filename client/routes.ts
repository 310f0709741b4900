import { createRouter, createWebHistory, type Router } from 'vue-router';

/** The addresses of the screens. The wall is fetched only when it is opened, because the map is large. */
export const makeRouter = (): Router =>
  createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', component: () => import('./screens/home/HomePage.vue') },
      { path: '/wall/:layout?', component: () => import('./screens/wall/WallPage.vue') },
      { path: '/pair', component: () => import('./screens/pair/PairPage.vue') },
      { path: '/admin', component: () => import('./screens/admin/AdminPage.vue') },
      { path: '/replay/:day/:time?', component: () => import('./screens/wall/WallPage.vue') },
      { path: '/compare/:a/:b', component: () => import('./screens/compare/ComparePage.vue') },
      { path: '/console/:day?/:time?', component: () => import('./screens/console/ConsolePage.vue') },
      { path: '/shift', component: () => import('./screens/shift/ShiftPage.vue') },
      { path: '/briefing/day/:day', component: () => import('./screens/briefing/DayPage.vue') },
      { path: '/briefing/:id', component: () => import('./screens/briefing/BriefingPage.vue') },
      { path: '/setup', component: () => import('./screens/setup/SetupPage.vue') },
      { path: '/watch', component: () => import('./screens/watch/WatchPage.vue') },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  });
