import { describe, expect, test } from 'vitest';
import { Calendar, SECOND_MS } from './calendar.ts';
import { distance } from './flat-map.ts';
import { Life } from './life.ts';
import { makeLifePack } from './pack.ts';
import type { Person } from './people.ts';
import { smallCity, smallTownFiles } from './small-town.fixture.ts';

const NOON = Date.parse('2026-03-02T12:00:00+08:00');
const { roads, grids, places } = smallTownFiles;
const calendar = new Calendar(smallCity.timeZone, NOON);
const life = new Life(makeLifePack(smallCity, roads, grids, places), calendar, 7);
const firstDay = calendar.dayOf(NOON);
const month = Array.from({ length: 30 }, (_, index) => life.liveDay(firstDay + index));

/** Metres a second that nobody exceeds: a guard who runs 105 m in 20 s, an e-bike, a car in a hurry on a motorway. */
const fastest = ({ kind, vehicle }: Person): number =>
  kind === 'sentry' ? 8 : { none: 3, eBike: 7, car: 45 }[vehicle];

describe('a month in a small town of a pack that somebody brings along', () => {
  test('has people of all kinds', () => {
    expect(life.people.filter(({ kind }) => kind === 'volunteer').length).toBe(36);
    expect(new Set(life.people.map(({ kind }) => kind)).size).toBe(4);
  });

  test('ends every order that it begins', () => {
    const open = new Set<string>();
    for (const { events } of month)
      for (const { event } of events)
        if (event.kind === 'order.offered') open.add(event.orderId);
        else if (event.kind === 'order.stage' && !['accepted', 'enRoute', 'onScene'].includes(event.stage))
          open.delete(event.orderId);
    expect([...open]).toEqual([]);
  });

  test('lets nobody jump or outrun legs and wheels', () => {
    const jumps: string[] = [];
    for (const { stretches } of month.slice(0, 10))
      for (const { person, patrol, from, to } of stretches) {
        const most = fastest(person) * 10;
        let before = patrol.whereabouts(from);
        for (let at = from + 10 * SECOND_MS; at < to; at += 10 * SECOND_MS) {
          const now = patrol.whereabouts(at);
          if (distance(before, now) > most) jumps.push(`${person.id} ${new Date(at).toISOString()}`);
          before = now;
        }
      }
    expect(jumps).toEqual([]);
  });

  test('lets everybody whose duty crosses the turn of a day be at one place on both sides of it', () => {
    let crossed = 0;
    for (const [index, { stretches }] of month.entries())
      for (const before of stretches) {
        const after = month[index + 1]?.stretches.find(
          ({ person, from }) => person.id === before.person.id && from === before.to,
        );
        if (after === undefined) continue;
        crossed += 1;
        const gap = distance(before.patrol.whereabouts(before.to), after.patrol.whereabouts(after.from));
        expect([before.person.id, gap < 1]).toEqual([before.person.id, true]);
      }
    expect(crossed).toBeGreaterThan(30);
  });
});
