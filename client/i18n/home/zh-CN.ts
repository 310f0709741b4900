/** What the first page says; only it fetches them. */
export const homeZhCN = {
  setup: '大屏设置',
  wall: '指挥大屏',
  wallHint: '全市此刻：人在哪、事在哪、谁先到',
  console: '值班台',
  consoleHint: '点地图问：谁先到、圈到哪、哪里再添一岗',
  days: '回放历史',
  daysHint: '像放映一样重看某一天',
  noDays: '还没有历史记录',
  replayGone: '{day} 及更早的回放已按保留期限移除，统计与警情仍保留。',
  api: '接口文档',
  admin: '屏幕与警报管理',
  incidents: '{count} 起警情',
  counting: '统计中',
  language: 'English',
};
