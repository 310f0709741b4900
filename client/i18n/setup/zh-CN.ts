/** The words of the page that sets up a wall; only it fetches them. */
export const setupZhCN = {
  title: '大屏设置',
  why: '填写大屏的宽度和最远座位的距离：最小的字在最远处也不低于 16 角分（NUREG-0700），放不下的面板让位，不会缩小。',
  width: '画面总宽（米）',
  farthest: '最远座位（米）',
  columns: '横向屏数',
  rows: '纵向屏数',
  column: '本屏是第几列（从 0 起）',
  row: '本屏是第几行（从 0 起）',
  view: '显示内容',
  views: {
    whole: '全部',
    west: '西半城与趋势',
    east: '东半城与处置',
    queue: '处置与派单',
    charts: '趋势图',
  },
  theme: '主题',
  dark: '深色',
  light: '浅色',
  print: '打印（白底）',
  director: '无人值守镜头',
  sound: '警报声',
  ghost: '同日热度',
  smallest: '最小字号 {pixels} 像素；最远座位至少需要 {least} 像素。',
  tooSmall: '这块屏对最远座位来说太小：需要 {least} 像素的字，一个面板也放不下。',
  sample: '城东派出所辖区 2 起，最长等候 1 分 12 秒',
  open: '打开大屏',
  watch: '长期无人值守时，打开看护页：',
  home: '返回首页',
};

export type SetupMessages = typeof setupZhCN;
