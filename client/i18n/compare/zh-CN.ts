/** What the page says that plays two stretches of time beside each other; only it fetches them. */
export const compareZhCN = {
  title: '并排对比',
  open: '未结 {count}',
  received: '本段已接 {count}',
  onDuty: '在岗 {count}',
  coverage: '半分钟覆盖 {percent} %',
  against: '（{change}）',
  againstHint: '括号内：与左侧此刻相比',
  clock: '已播 {passed} / {length}',
  back: '回到回放',
  loading: '正在读取…',
  gap: '这段时间没有记录',
  gone: '这段时间已不留存回放',
  ended: '记录到此为止',
  failed: '读取失败，稍后自动重试',
  badAddress: '地址里的时间看不懂：{address}',
  noMap: '地图无法显示：{reason}',
};
