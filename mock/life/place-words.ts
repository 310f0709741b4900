import type { Random } from '../seeded-random.ts';
import { distance, type Point } from './flat-map.ts';
import type { LifePack, NamedPlace } from './pack.ts';

const NEAR_METRES = 450;
const SIDES = ['东侧', '东北侧', '北侧', '西北侧', '西侧', '西南侧', '南侧', '东南侧'];

/**
 * Where something is, as somebody would tell it on the telephone: the junction of two streets, a house number in a
 * street, or so far from a place that everybody knows.
 */
export function inWords({ streets, places }: LifePack, node: number, point: Point, random: Random): string {
  const [first, second] = streets.names[node] ?? [];
  if (first !== undefined && second !== undefined) return `${first}与${second}路口`;
  let nearest: NamedPlace | undefined;
  let least = NEAR_METRES;
  for (const place of places) {
    const metres = distance(place.point, point);
    if (metres < least) [nearest, least] = [place, metres];
  }
  const number = `${first ?? ''}${1 + random.below(398)}号`;
  if (nearest === undefined) return first === undefined ? '无名小路' : number;
  if (first !== undefined)
    return random.chance(0.6) ? `${number}（${nearest.name}附近）` : `${first}${nearest.name}段`;
  if (least < 40) return nearest.name;
  const angle = Math.atan2(point.y - nearest.point.y, point.x - nearest.point.x);
  const side = SIDES[(Math.round(angle / (Math.PI / 4)) + 8) % 8] ?? '';
  return `${nearest.name}${side}约${Math.round(least / 10) * 10}米`;
}
