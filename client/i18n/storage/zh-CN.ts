/** What the administrator's page says of storage; only that page fetches it. */
export const storageZhCN = {
  title: '存储',
  what: '内容',
  now: '目前',
  aDay: '每天约',
  positions: '原始位置',
  events: '事件',
  log: '日志',
  history: '回放',
  together: '合计',
  reusable: '其中 {bytes} 会先被重新使用',
  disk: '磁盘剩余 {free}，共 {total}。',
  full: '照此速度约 {days} 天后写满；一年后日志与回放共约 {year}。',
  never: '照此速度百年内不会写满；一年后日志与回放共约 {year}。',
  measured: '按最近 {days} 个完整的数据日估算。',
  unknown: '每天的用量尚未知：要有一整天的数据，且这一天都已可回放。',
  keepAlways: '原始位置一直保留；启动时设置 KEEP_POSITIONS_DAYS 可限定天数。',
  keepDays: '原始位置保留 {days} 天；事件与回放一直保留。',
  keepAtMost: '原始位置最多约占 {bytes}。',
  final: '{minutes} 分钟的原始位置已删除，仍可回放。',
  after: '{records} 条记录在这之后才到，未进入回放。',
};
export type StorageWords = typeof storageZhCN;
