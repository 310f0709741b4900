import type { City } from '@maplewall/shared/domain/city.ts';
import type { PostId, PrecinctId, StationId, TeamId, CommunityId } from '@maplewall/shared/domain/ids.ts';
import { seededRandom } from '../seeded-random.ts';
import { shiftsOfPost } from '../shifts.ts';
import { shareOut, type Community } from './communities.ts';
import type { Enterprise } from './places.ts';
import { at } from './plane.ts';
import { toLngLat } from './terrain.ts';

const precinct = (id: string): PrecinctId => id as PrecinctId;

export const PRECINCTS: City['precincts'] = [
  { id: precinct('chengbei'), name: { zh: '城北派出所', en: 'Chengbei Precinct' } },
  { id: precinct('chengzhong'), name: { zh: '城中派出所', en: 'Chengzhong Precinct' } },
  { id: precinct('chengdong'), name: { zh: '城东派出所', en: 'Chengdong Precinct' } },
  { id: precinct('chengnan'), name: { zh: '城南派出所', en: 'Chengnan Precinct' } },
  { id: precinct('longjiang'), name: { zh: '龙江派出所', en: 'Longjiang Precinct' } },
  { id: precinct('yunyan'), name: { zh: '云岩派出所', en: 'Yunyan Precinct' } },
  { id: precinct('lupu'), name: { zh: '芦浦派出所', en: 'Lupu Precinct' } },
  { id: precinct('bacao'), name: { zh: '舥艚派出所', en: 'Bacao Precinct' } },
];

/** Joint-service stations by the community in which each stands. */
const JOINT_STATIONS: readonly (readonly [community: string, zh: string, en: string])[] = [
  ['象岗社区', '象岗联勤警务站', 'Xianggang Joint-Service Station'],
  ['江口社区', '城北联勤警务站', 'Chengbei Joint-Service Station'],
  ['芦浦社区', '芦浦警务室', 'Lupu Police Room'],
  ['方岩社区', '方岩联勤警务站', 'Fangyan Joint-Service Station'],
  ['李家垟社区', '李家垟联勤警务站', 'Lijiayang Joint-Service Station'],
  ['龙浦社区', '龙浦联勤警务站', 'Longpu Joint-Service Station'],
  ['海近社区', '新城联勤警务站', 'New Town Joint-Service Station'],
  ['七河社区', '印刷园联勤警务站', 'Printing Park Joint-Service Station'],
  ['涂厂社区', '涂厂联勤警务站', 'Tuchang Joint-Service Station'],
  ['龙都社区', '龙都联勤警务站', 'Longdu Joint-Service Station'],
  ['双河社区', '双河警务室', 'Shuanghe Police Room'],
  ['凤江社区', '凤江联勤警务站', 'Fengjiang Joint-Service Station'],
  ['鲸头社区', '鲸头警务室', 'Jingtou Police Room'],
  ['倪家堡社区', '平等联勤警务站', 'Pingdeng Joint-Service Station'],
  ['临港社区', '舥艚港联勤警务站', 'Bacao Harbour Joint-Service Station'],
  ['石路社区', '石路警务室', 'Shilu Police Room'],
];

/** Teams of the whole city; every community has one more of its own. */
const CITY_TEAMS: readonly (readonly [zh: string, en: string])[] = [
  ['龙志协应急服务队', "Longgang Volunteers' Emergency Team"],
  ['乡贤志愿服务队', "Local Worthies' Volunteer Team"],
  ['渔嫂志愿服务队', "Fishermen's Wives' Volunteer Team"],
  ['蓝天救援龙港队', 'Blue Sky Rescue Longgang'],
  ['民安应急救援队', "Min'an Rescue Team"],
  ['红马甲志愿服务队', 'Red Vest Volunteer Team'],
  ['外卖骑手先锋队', "Delivery Riders' Vanguard"],
  ['出租车爱心车队', "Taxi Drivers' Kindness Fleet"],
  ['退役军人志愿服务队', "Veterans' Volunteer Team"],
  ['巾帼平安服务队', "Women's Safety Team"],
  ['青年志愿者协会', "Young Volunteers' Association"],
  ['水上义务巡防队', 'Waterside Patrol Team'],
  ['新龙港人服务队', "New Residents' Service Team"],
  ['印刷行业平安联防队', 'Printing Trade Safety Team'],
  ['礼品城商户联防队', "Gift Market Traders' Team"],
  ['老娘舅调解服务队', "Mediators' Team"],
  ['教师护学志愿队', 'School Crossing Team'],
  ['医护志愿服务队', "Medical Volunteers' Team"],
  ['反诈宣传志愿队', 'Anti-Fraud Team'],
  ['摩托车应急通信队', 'Motorcycle Signal Team'],
];
const COMMUNITY_TEAMS: readonly (readonly [zh: string, en: string])[] = [
  ['平安志愿服务队', 'Safety Volunteers'],
  ['义务巡防队', 'Patrol Volunteers'],
  ['邻里守望队', 'Neighbourhood Watch'],
  ['红袖标巡逻队', 'Red Armband Patrol'],
];
const MEMBERS = 2568;

/** Precinct stations stand at their precinct's middle community, joint-service stations at their own. */
export function stationsOf(communities: readonly Community[]): City['stations'] {
  const stations: City['stations'] = [];
  const add = (zh: string, en: string, { seat, precinctId }: Community): void => {
    const [lng, lat] = toLngLat(seat);
    stations.push({
      id: `ST${String(stations.length + 1).padStart(2, '0')}` as StationId,
      name: { zh, en },
      precinctId: precinct(precinctId),
      lng,
      lat,
    });
  };
  const taken = new Set(JOINT_STATIONS.map(([community]) => community));
  for (const { id, name } of PRECINCTS) {
    const own = communities.filter((community) => community.precinctId === id && !taken.has(community.name));
    const x = own.reduce((sum, { seat }) => sum + seat.x, 0) / own.length;
    const y = own.reduce((sum, { seat }) => sum + seat.y, 0) / own.length;
    const away = ({ seat }: Community): number => Math.hypot(seat.x - x, seat.y - y);
    add(
      name.zh,
      name.en.replace('Precinct', 'Police Station'),
      at(
        own.toSorted((one, two) => away(one) - away(two)),
        0,
      ),
    );
  }
  for (const [community, zh, en] of JOINT_STATIONS) {
    const found = communities.find(({ name }) => name === community);
    if (found === undefined) throw new Error(`no community is called ${community}`);
    add(zh, en, found);
  }
  return stations;
}

/** Posts at the gates of each enterprise. */
export function postsOf(enterprises: readonly Enterprise[]): City['posts'] {
  const posts: City['posts'] = [];
  for (const { name, nameEn, precinctId, gates } of enterprises)
    for (const gate of gates) {
      const [lng, lat] = toLngLat(gate.point);
      posts.push({
        id: `PO${String(posts.length + 1).padStart(3, '0')}` as PostId,
        name: {
          zh: `${name}${gate.side.zh}岗`,
          en: `${nameEn}, ${gate.side.en}`,
        },
        precinctId: precinct(precinctId),
        lng,
        lat,
        shifts: shiftsOfPost(posts.length),
      });
    }
  return posts;
}

/** 122 teams with 2,568 members in all. */
export function teamsOf(communities: readonly Community[], seed: number): City['teams'] {
  const random = seededRandom(seed, 'teams');
  const named = [
    ...CITY_TEAMS.map(([zh, en]) => ({ zh, en, communityId: null, size: random.between(24, 60) })),
    ...communities.map(({ id, name, nameEn }) => {
      const [zh, en] = random.pick(COMMUNITY_TEAMS);
      return {
        zh: `${name}${zh}`,
        en: `${nameEn} ${en}`,
        communityId: id as CommunityId,
        size: random.between(9, 30),
      };
    }),
  ];
  const members = shareOut(
    named.map(({ size }) => size),
    named.map(() => MEMBERS),
    MEMBERS,
  );
  return named.map(({ zh, en, communityId }, index) => ({
    id: `TM${String(index + 1).padStart(3, '0')}` as TeamId,
    name: { zh, en },
    members: at(members, index),
    communityId,
  }));
}
