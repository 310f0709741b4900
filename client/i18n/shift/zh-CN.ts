/** What the shift card says beside the words of all screens; only it fetches them. */
export const shiftZhCN = {
  title: '交接卡',
  home: '首页',
  since: '自何时起',
  choices: { last: '上次查看', hours8: '八小时前', shift: '本班开始' },
  startsAt: '本班开始于',
  range: '{since} 起 · 截至 {asOf}',
  asking: '正在整理…',
  unreachable: '网关没有应答，正在重试。',
  nothing: '这段时间没有变化。',
  waiting: '另有 {count} 起正在推算当时的预期。',
  replay: '从这一刻回放',
  kinds: {
    silent: '来源中断',
    worstOpen: '最急未结',
    incidents: '警情',
    missed: '半分钟未达',
    coverage: '覆盖',
    posts: '岗哨',
    people: '在岗力量',
  },
  lines: {
    silent: '{count} 个来源停止报送：{names}；最久 {minutes}',
    worstOpen: '{place}，{priority}{category}，已 {minutes}；未结共 {open} 起',
    incidents:
      '新接 {received} 起：一级 {p1}、二级 {p2}、三级 {p3}、四级 {p4}；其中未结 {open} 起，此前未结 {openBefore} 起',
    missed: '{all} 起中 {missed} 起半分钟内无人到场；最慢 {place}，{seconds}',
    nobody: '{all} 起中 {missed} 起半分钟内无人到场；{place}至今无人到场',
    coverage: '半分钟圈 {before} → {now}；最低 {lowest}',
    posts: '有人值守 {before} → {now} 岗；离岗：{left}；上岗：{taken}',
    people: '{before} → {now} 人；{changes}',
  },
  none: '无',
  more: '等 {count} 个',
};

export type ShiftMessages = typeof shiftZhCN;
