import { seededRandom } from '../seeded-random.ts';
import type { Community } from './communities.ts';
import { along, distance, lengthOf } from './plane.ts';
import { contains } from './ring.ts';
import { ROAD_NAMES_EN } from './road-names.ts';
import type { Stroke } from './road-strokes.ts';
import type { Zones } from './zones.ts';

export interface NamedStroke extends Stroke {
  readonly nameEn: string;
}

/** Real streets of the old town, which the generated ones there are called by; the longest come first. */
const TOWN_STREETS = [
  '建新路',
  '江湾路',
  '校前路',
  '沿河北路',
  '沿河南路',
  '兴贤街',
  '新渡街',
  '泰安路',
  '站前路',
  '西二街',
  '龙鸿路',
  '龙跃路',
  '高兴路',
  '百有五街',
  '百有西街',
  '百有东街',
  '永盛路',
  '文卫路',
  '兴河路',
  '方岩路',
  '塗州路',
  '百有南街',
  '百有北街',
  '百有四街',
  '百有一街',
  '百有三街',
  '百有二街',
  '文一街',
  '文二街',
  '文三街',
] as const;

/** Syllables of the names that a growing town gives its streets. */
const FIRST = [
  ['海', 'Hai'],
  ['龙', 'Long'],
  ['瑞', 'Rui'],
  ['金', 'Jin'],
  ['兴', 'Xing'],
  ['通', 'Tong'],
  ['盛', 'Sheng'],
  ['富', 'Fu'],
  ['文', 'Wen'],
  ['宏', 'Hong'],
  ['永', 'Yong'],
  ['康', 'Kang'],
  ['凤', 'Feng'],
  ['玉', 'Yu'],
  ['东', 'Dong'],
  ['创', 'Chuang'],
  ['智', 'Zhi'],
  ['锦', 'Jin'],
  ['印', 'Yin'],
  ['纺', 'Fang'],
] as const;
const SECOND = [
  ['宁', 'ning'],
  ['达', 'da'],
  ['昌', 'chang'],
  ['泰', 'tai'],
  ['和', 'he'],
  ['华', 'hua'],
  ['丰', 'feng'],
  ['源', 'yuan'],
  ['祥', 'xiang'],
  ['安', 'an'],
  ['翔', 'xiang'],
  ['腾', 'teng'],
  ['盈', 'ying'],
  ['业', 'ye'],
  ['城', 'cheng'],
  ['景', 'jing'],
  ['春', 'chun'],
  ['桥', 'qiao'],
] as const;

/**
 * Names the streets that have none: real names in the old town, names of their kind in the rest of the town,
 * and in the country the name of the community where the street runs. Lanes there stay without.
 */
export function nameStreets(
  strokes: readonly Stroke[],
  zones: Zones,
  communities: readonly Community[],
  seed: number,
): NamedStroke[] {
  const random = seededRandom(seed, 'streets/names');
  const real = [...TOWN_STREETS];
  const made = random.shuffled(
    FIRST.flatMap(([zh, en]) => SECOND.map(([zhMore, enMore]) => ({ zh: zh + zhMore, en: en + enMore }))),
  );
  const taken = new Set<string>();
  const given = new Map<Stroke, { readonly zh: string; readonly en: string }>();
  const byLength = strokes
    .map((stroke) => ({ stroke, length: lengthOf(stroke.points) }))
    .sort((one, two) => two.length - one.length);
  for (const { stroke, length } of byLength) {
    if (stroke.name !== '' || stroke.roadClass === 'path' || stroke.roadClass === 'motorway') continue;
    const middle = along(stroke.points, length / 2).point;
    const zone = zones.kindAt(middle);
    const isStreet = stroke.roadClass === 'street';
    if (zone === 'oldTown' && length > 160) {
      const name = real.shift();
      if (name !== undefined) {
        given.set(stroke, { zh: name, en: ROAD_NAMES_EN[name] ?? '' });
        continue;
      }
    }
    const urban = zone === 'oldTown' || zone === 'town' || zone === 'newTown' || zone === 'industry';
    if (urban && (length > 330 || isStreet)) {
      const name = made.shift();
      if (name === undefined) continue;
      const [zhKind, enKind] = isStreet ? kindOf(stroke) : (['巷', 'Lane'] as const);
      given.set(stroke, { zh: name.zh + zhKind, en: `${name.en} ${enKind}` });
    } else if (!urban && (isStreet || length > 900)) {
      const home = communities.find(({ shapes }) =>
        shapes.some(([outer]) => outer !== undefined && contains(outer, middle)),
      );
      if (home === undefined) continue;
      const name = home.name.replace('社区', '路');
      if (taken.has(name)) continue;
      taken.add(name);
      given.set(stroke, { zh: name, en: home.nameEn.replace('Community', 'Road') });
    }
  }
  return strokes.map((stroke) => {
    const name = given.get(stroke);
    return name === undefined
      ? { ...stroke, nameEn: ROAD_NAMES_EN[stroke.name] ?? '' }
      : { ...stroke, name: name.zh, nameEn: name.en };
  });
}

/** Streets that run more from north to south are 路, the others 街. */
function kindOf({ points }: Stroke): readonly [string, string] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || distance(first, last) === 0) return ['路', 'Road'];
  return Math.abs(last.y - first.y) > Math.abs(last.x - first.x) ? ['路', 'Road'] : ['街', 'Street'];
}
