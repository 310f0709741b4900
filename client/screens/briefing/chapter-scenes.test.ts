import { fitsSchema } from '@maplewall/shared/domain/fits-schema.ts';
import { sceneSchema } from '@maplewall/shared/domain/saved-briefing.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { Chapter } from '@maplewall/shared/rules/chapters/chapter.ts';
import { expect, it } from 'vitest';
import { mercatorAround } from '../../world/mercator.ts';
import { masked, scenesOfChapters } from './chapter-scenes.ts';

const AT = Date.UTC(2026, 10, 20, 12);
const chapter: Chapter = {
  kind: 'slowestArrival',
  score: 0.8,
  at: epochMs(AT),
  from: epochMs(AT - 30_000),
  to: epochMs(AT + 300_000),
  focus: { kind: 'point', lng: 120.56, lat: 27.58 },
  incident: { incidentId: 'I1', category: 'traffic', priority: 2, place: '世纪大道'.repeat(20) },
  about: ['I1'],
  responder: null,
  figures: [{ name: 'arrival', value: 612, unit: 'seconds', sample: null }],
  speed: 27.5,
  seconds: 12.4,
};
const say = (path: string, values: object = {}) => `${path} ${JSON.stringify(values)}`;

it('a chapter is a scene that could be saved: its stretch, its place with a mark, and what is said of it', () => {
  const [scene] = scenesOfChapters({ chapters: [chapter] }, say);
  expect(fitsSchema(sceneSchema, scene)).toBe(true);
  expect(scene).toMatchObject({ at: AT - 30_000, speed: 27.5, seconds: 12 });
  expect(scene?.note).toContain('briefing.kinds.slowestArrival');
  expect(scene?.note).toContain('minutesSeconds');
  expect(scene?.marks.map(({ lng, lat }) => [lng, lat])).toEqual([[120.56, 27.58]]);
  expect(scene?.bounds.west).toBeLessThan(120.56);
});

it('a chapter about one place alone, as a box, is seen with its surroundings', () => {
  const [scene] = scenesOfChapters(
    { chapters: [{ ...chapter, focus: { kind: 'box', box: [120.5, 27.5, 120.5, 27.5] } }] },
    say,
  );
  expect((scene?.bounds.east ?? 0) - (scene?.bounds.west ?? 0)).toBeGreaterThan(0.005);
  expect(scene?.marks).toEqual([]);
});

const mercator = mercatorAround({ lng: 120.55, lat: 27.55 });

it('for visitors no address of an incident is told, neither in what is said nor beside its mark', () => {
  const told = { day: '2026-11-20', chapters: [chapter] } as unknown as Parameters<typeof masked>[0];
  const [scene] = scenesOfChapters(masked(told, 'in the city', mercator), say);
  expect(JSON.stringify(scene)).not.toContain('世纪大道');
  expect(scene?.marks[0]?.text).toBe('in the city');
});

it('for visitors a camera tells no more than the square of 250 m that an incident is drawn in', () => {
  const boundsOf = (focus: Chapter['focus']) =>
    scenesOfChapters(
      masked(
        { day: '2026-11-20', chapters: [{ ...chapter, focus }] } as unknown as Parameters<typeof masked>[0],
        'in the city',
        mercator,
      ),
      say,
    )[0]?.bounds;
  const at = (lng: number, lat: number) => boundsOf({ kind: 'point', lng, lat });
  // Two places in one square, and one in another.
  expect(at(120.5503, 27.5503)).toEqual(at(120.5521, 27.5519));
  expect(at(120.5503, 27.5503)).not.toEqual(at(120.5529, 27.5503));
  const box = (west: number, east: number) => boundsOf({ kind: 'box', box: [west, 27.5503, east, 27.5519] });
  expect(box(120.5503, 120.5529)).toEqual(box(120.5521, 120.5546));
});
