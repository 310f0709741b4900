import { CATEGORIES, type Category, type Priority } from '@maplewall/shared/domain/incident.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { MINUTE_MS, SECOND_MS, type Calendar } from './calendar.ts';
import type { Crowd } from './crowd.ts';
import type { Point } from './flat-map.ts';
import type { LifePack } from './pack.ts';
import { inWords } from './place-words.ts';

/** What somebody reports, before anybody is asked to go. */
export interface PlannedIncident {
  readonly id: string;
  readonly at: number;
  readonly category: Category;
  readonly subCategory: string;
  readonly priority: Priority;
  readonly point: Point;
  readonly place: string;
  /** The incident that a second caller reports again; undefined for a first call. */
  readonly sameAs: string | undefined;
}

const PER_DAY = 292;

/** Shares of the categories in the order of CATEGORIES; non-police is 30 %. */
const CATEGORY_SHARES = [4, 13, 17, 14, 12, 4, 6, 30];

/** How much happens in each hour from midnight on. */
const EVENING = [
  5, 3.2, 2.2, 1.4, 1, 1, 1.6, 2.6, 3.6, 4.4, 4.8, 5, 5, 4.6, 4.6, 5, 5.4, 6.4, 8.6, 11, 12, 11, 9, 7,
];
const RUSH = [
  2, 1.2, 1, 0.8, 1, 2, 5, 10, 10, 6, 5, 5.4, 6.4, 5.4, 5, 5.4, 7.4, 11.6, 10.4, 7, 5.4, 4.4, 3.4, 2.6,
];
const OFFICE = [
  0.8, 0.5, 0.4, 0.4, 0.4, 0.6, 1.4, 3.4, 8, 11, 11.4, 9, 5, 6, 9.4, 10, 9, 6.4, 4.6, 5, 5, 4, 2.4, 1.4,
];
const ALL_DAY = [
  3.4, 2.4, 1.8, 1.4, 1.4, 1.8, 3, 4.6, 6, 6.4, 6.4, 6, 5.4, 5, 5.4, 6, 6.4, 7.4, 9, 10, 9.4, 8, 6, 4.6,
];
const HOURS: Readonly<Record<Category, readonly number[]>> = {
  criminal: EVENING,
  publicOrder: EVENING,
  traffic: RUSH,
  dispute: EVENING,
  help: ALL_DAY,
  fireAndSafety: ALL_DAY,
  fraud: OFFICE,
  nonPolice: ALL_DAY,
};

/** Shares of priorities 1–4. All together 2 : 10 : 48 : 40, though matters of other departments are never urgent. */
const PRIORITIES_OF_POLICE = [3, 14, 55, 28];
const PRIORITIES_OF_OTHERS = [0, 0, 32, 68];

/** What happens at a company's gate. */
const AT_GATES: readonly Category[] = ['criminal', 'publicOrder', 'dispute', 'fireAndSafety', 'traffic'];
const AT_GATE_SHARE = 0.11;
/** A second call about the same matter. */
const TWICE_SHARE = 0.025;

/**
 * Nothing that needs people begins just before four, when the day turns: whoever is under way then would have to be
 * remembered by two days.
 */
const QUIET_MS = 40 * MINUTE_MS;

/** A day's incidents in the order of their time. They depend on the day alone. */
export function planIncidents(
  pack: LifePack,
  crowd: Crowd,
  day: number,
  calendar: Calendar,
  seed: number,
): readonly PlannedIncident[] {
  const random = seededRandom(seed, `incidents/${day}`);
  const count = Math.round(PER_DAY * (calendar.isWeekend(day) ? 1.06 : 0.99) * random.between(0.93, 1.07));
  const end = calendar.startOf(day + 1);
  const drafts: Omit<PlannedIncident, 'id' | 'sameAs'>[] = [];
  while (drafts.length < count) {
    const category = CATEGORIES[random.pickIndex(CATEGORY_SHARES)] ?? 'help';
    const hour = random.pickIndex(HOURS[category]) + random.next();
    // Hours before four belong to the night after.
    const at = Math.floor(calendar.atHour(day, hour < 4 ? hour + 24 : hour) / SECOND_MS) * SECOND_MS;
    if (at > end - QUIET_MS) continue;
    drafts.push({
      at,
      category,
      subCategory: pickSubCategory(pack, category, random),
      priority: pickPriority(category, random),
      ...pickSpot(pack, crowd, category, random),
    });
  }
  return named(drafts, calendar, random);
}

/** Numbers them by their second, which no two share, and lets some be reported twice. */
function named(
  drafts: readonly Omit<PlannedIncident, 'id' | 'sameAs'>[],
  calendar: Calendar,
  random: Random,
): readonly PlannedIncident[] {
  const taken = new Set<number>();
  const idAt = (from: number): { readonly id: string; readonly at: number } => {
    let at = from;
    while (taken.has(at)) at += SECOND_MS;
    taken.add(at);
    const { date, time } = calendar.nameOf(at);
    return { id: `LG${date}-${time}`, at };
  };
  const planned: PlannedIncident[] = [];
  for (const draft of drafts) {
    const first = { ...draft, ...idAt(draft.at), sameAs: undefined };
    planned.push(first);
    if (draft.category === 'nonPolice' || draft.category === 'fraud' || !random.chance(TWICE_SHARE * 1.6))
      continue;
    const again = idAt(first.at + random.below(240) * SECOND_MS + 30 * SECOND_MS);
    const point = { x: draft.point.x + random.normal(0, 25), y: draft.point.y + random.normal(0, 25) };
    planned.push({ ...draft, ...again, point, sameAs: first.id });
  }
  return planned.toSorted((a, b) => a.at - b.at);
}

const pickPriority = (category: Category, random: Random): Priority =>
  (random.pickIndex(category === 'nonPolice' ? PRIORITIES_OF_OTHERS : PRIORITIES_OF_POLICE) + 1) as Priority;

function pickSubCategory({ city }: LifePack, category: Category, random: Random): string {
  const own = city.subCategories.filter((each) => each.category === category);
  if (own.length === 0) return '';
  // The first ones of a table are the common ones.
  const weights = own.map((_, index) => 1 / (1.6 + index));
  return own[random.pickIndex(weights)]?.code ?? '';
}

function pickSpot(
  pack: LifePack,
  crowd: Crowd,
  category: Category,
  random: Random,
): { readonly point: Point; readonly place: string } {
  const { posts } = pack.city;
  if (posts.length > 0 && AT_GATES.includes(category) && random.chance(AT_GATE_SHARE)) {
    const post = random.pick(posts);
    const gate = pack.map.toPoint(post.lng, post.lat);
    const angle = random.between(0, 2 * Math.PI);
    const away = random.between(6, 75);
    return {
      point: { x: gate.x + Math.cos(angle) * away, y: gate.y + Math.sin(angle) * away },
      place: post.name.zh.replace(/岗$/u, ''),
    };
  }
  const node = crowd.pick(category === 'traffic' ? 'traffic' : 'people', random);
  const point = crowd.besides(node, random);
  return { point, place: inWords(pack, node, point, random) };
}

/** How busy an hour is, 1 on average: the rhythm that risk follows. */
export const busyness = (at: number, calendar: Calendar): number => {
  const hour = calendar.hourOf(at);
  const whole = Math.floor(hour) % 24;
  const share = hour - Math.floor(hour);
  const total = EVENING.reduce((sum, weight) => sum + weight, 0);
  const weight = (EVENING[whole] ?? 0) * (1 - share) + (EVENING[(whole + 1) % 24] ?? 0) * share;
  return (weight * 24) / total;
};
