import type { City } from '@maplewall/shared/domain/city.ts';
import type { Category } from '@maplewall/shared/domain/incident.ts';

type Row = readonly [code: string, zh: string, en: string];

/** Kinds of calls to 110, after the tables that control centres use, under the eight categories of the wall. */
const ROWS: Readonly<Record<Category, readonly Row[]>> = {
  criminal: [
    ['100100', '盗窃案', 'Theft (criminal)'],
    ['100200', '抢劫案', 'Robbery'],
    ['100300', '抢夺案', 'Snatching'],
    ['100500', '伤害案', 'Assault causing injury'],
    ['100700', '敲诈勒索案', 'Extortion (criminal)'],
    ['101200', '贩毒案', 'Drug dealing'],
    ['101400', '纵火案', 'Arson'],
    ['101800', '非法拘禁案', 'Unlawful detention'],
    ['109900', '其它刑事案件', 'Other criminal case'],
  ],
  publicOrder: [
    ['200100', '打架斗殴', 'Fight'],
    ['200300', '妨碍公务', 'Obstructing officers'],
    ['200400', '扰乱秩序', 'Disorder'],
    ['200500', '故意毁坏公私财物', 'Wilful damage'],
    ['200700', '赌博', 'Gambling'],
    ['200800', '色情淫秽', 'Vice'],
    ['201000', '盗窃', 'Theft (minor)'],
    ['201800', '非法侵入他人住宅', 'Trespass'],
    ['202200', '醉酒滋事', 'Drunken disturbance'],
    ['209900', '其它治安案事件', 'Other public-order matter'],
  ],
  traffic: [
    ['300100', '交通事故', 'Road accident'],
    ['300200', '交通违法', 'Traffic offence'],
    ['300300', '交通逃逸', 'Hit and run'],
    ['300400', '交通设施', 'Traffic facilities'],
    ['300500', '交通秩序', 'Traffic order'],
    ['309900', '其它交通管理', 'Other traffic matter'],
  ],
  dispute: [
    ['700100', '邻里纠纷', 'Dispute between neighbours'],
    ['700200', '家庭婚恋纠纷', 'Family or relationship dispute'],
    ['700300', '劳资纠纷', 'Wage dispute'],
    ['700400', '消费纠纷', 'Consumer dispute'],
    ['700500', '房屋租赁纠纷', 'Tenancy dispute'],
    ['700600', '经济债务纠纷', 'Debt dispute'],
    ['709900', '其它纠纷', 'Other dispute'],
  ],
  help: [
    ['500100', '走失求助', 'Missing person'],
    ['500200', '失物求助', 'Lost property'],
    ['500300', '开锁求助', 'Locked out'],
    ['500400', '溺水求助', 'Person in water'],
    ['500600', '危急病人求助', 'Urgent illness'],
    ['500800', '轻生警情', 'Person at risk'],
    ['509900', '其它群众求助', 'Other request for help'],
  ],
  fireAndSafety: [
    ['400100', '火灾', 'Fire'],
    ['400200', '抢险救援', 'Rescue'],
    ['400300', '燃气泄漏', 'Gas leak'],
    ['400400', '危险品事故', 'Hazardous material'],
    ['400500', '企业安全隐患', 'Safety fault at a company'],
    ['409900', '其它消防救援', 'Other fire and rescue'],
  ],
  fraud: [
    ['800100', '刷单返利诈骗', 'Fake-order rebate fraud'],
    ['800200', '冒充客服诈骗', 'False customer-service fraud'],
    ['800300', '网络贷款诈骗', 'Online loan fraud'],
    ['800400', '投资理财诈骗', 'Investment fraud'],
    ['800500', '冒充公检法诈骗', 'False official fraud'],
    ['809900', '其它电信网络诈骗', 'Other telecom or online fraud'],
  ],
  nonPolice: [
    ['600200', '电力抢修', 'Power failure'],
    ['600300', '劳动保障', 'Labour matter'],
    ['600500', '市场监管投诉', 'Complaint about trade'],
    ['600600', '城管执法', 'City management'],
    ['600900', '环境污染投诉', 'Pollution'],
    ['601300', '水气热抢修', 'Water or gas repair'],
    ['601500', '噪音扰民', 'Noise'],
    ['609900', '其它社会联动', 'Other matter for a department'],
  ],
};

export const SUB_CATEGORIES: City['subCategories'] = (
  Object.entries(ROWS) as [Category, readonly Row[]][]
).flatMap(([category, rows]) => rows.map(([code, zh, en]) => ({ code, name: { zh, en }, category })));
