import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoadClass } from '../domain/road-class.ts';
import { latOf, lngOf, localPlane } from './local-plane.ts';
import { WayFinder } from './shortest-way.ts';
import { buildStreetGraph, graphOf } from './street-graph.ts';
import type { Road } from './street-joints.ts';
import { graphs, NO_FAULTS, plainDijkstra } from './streets.arbitrary.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };
const plane = localPlane(CENTRE);

/** A road given in metres from the centre. */
const road = (roadClass: RoadClass, ...points: readonly (readonly [number, number])[]): Road => ({
  class: roadClass,
  line: points.map(([x, y]) => [lngOf(plane, x), latOf(plane, y)]),
});
const onLevel = (level: number, given: Road): Road => ({ ...given, level });

const orders = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.length < 2
    ? [all]
    : all.flatMap((first) => orders(all.filter((one) => one !== first)).map((rest) => [first, ...rest]));

const metres = (
  roads: readonly Road[],
  from: readonly [number, number],
  to: readonly [number, number],
): number | undefined => {
  const way = new WayFinder(buildStreetGraph(roads, CENTRE)).find(...from, ...to, 20);
  return way === undefined ? undefined : Math.round(way.metres);
};

describe('the graph of the streets', () => {
  const eastWest = road('street', [-100, 0], [100, 0]);
  const northSouth = road('lane', [30, -100], [30, 100]);

  it('joins streets that cross on one level without a common position', () => {
    expect(metres([eastWest, northSouth], [-100, 0], [30, 100])).toBe(230);
    expect(buildStreetGraph([eastWest, northSouth], CENTRE).faults).toMatchObject({
      crossingsJoined: 1,
      components: 1,
      strayNodes: 0,
    });
  });

  it('keeps a motorway apart from what it crosses, and counts the two parts', () => {
    const motorway = road('motorway', [30, -100], [30, 100]);
    expect(metres([eastWest, motorway], [-100, 0], [30, 100])).toBeUndefined();
    expect(buildStreetGraph([eastWest, motorway], CENTRE).faults).toMatchObject({
      bridges: 1,
      components: 2,
      strayNodes: 2,
    });
  });

  it('keeps a bridge and a tunnel apart from the streets on other levels, and joins what meets on theirs', () => {
    const bridge = onLevel(1, northSouth);
    const tunnel = onLevel(-1, road('street', [-40, -100], [-40, 100]));
    const over = onLevel(1, road('lane', [0, 60], [100, 60]));
    expect(metres([eastWest, bridge], [-100, 0], [30, 100])).toBeUndefined();
    expect(buildStreetGraph([eastWest, bridge, tunnel, over], CENTRE).faults).toMatchObject({
      bridges: 2,
      crossingsJoined: 1,
      components: 3,
    });
    expect(metres([bridge, over], [30, -100], [100, 60])).toBe(160 + 70);
  });

  it('leads down from a bridge where it has a position in common with a street, not where they lie above each other', () => {
    // Its landing is a position of the ground as well; half way it passes a metre beside one, and an end below it.
    const bridge = onLevel(1, road('street', [-100, 0], [0, 60], [100, 120]));
    const below = road('lane', [0.7, 60.5], [0, -50]);
    const ground = road('street', [-200, 0], [-100, 0]);
    const end = road('lane', [48, 60], [50, 88]);
    expect(metres([bridge, ground], [-200, 0], [100, 120])).toBe(100 + 233);
    expect(metres([bridge, below], [-100, 0], [0, -50])).toBeUndefined();
    expect(metres([bridge, end], [-100, 0], [48, 60])).toBeUndefined();
    expect(buildStreetGraph([bridge, end], CENTRE).faults.endsJoined).toBe(0);
  });

  it('leads down from a bridge whatever else the street has within a metre of the landing, in any order of the file', () => {
    const parts = [
      road('street', [-100, 0], [-0.9, 0], [0, 0]),
      onLevel(1, road('street', [0, 0], [100, 0])),
      road('street', [0, 0], [0, 80]),
    ];
    // Here the landing lies at the end of a street, and another one passes it half a metre away.
    const passed = [
      road('street', [-100, 0], [-0.5, 0], [-0.5, -100]),
      onLevel(1, road('street', [0, 0], [100, 0])),
      road('street', [0, 0], [0, 80]),
    ];
    for (const roads of [parts, passed])
      for (const order of orders(roads))
        for (const east of [0, 0.3, 0.6, 0.9])
          expect(
            buildStreetGraph(
              order.map((given) => ({
                ...given,
                line: given.line.map(([lng = 0, lat = 0]) => [lng + east / plane.metresPerDegreeLng, lat]),
              })),
              CENTRE,
            ).faults,
          ).toMatchObject({ components: 1, repeatedPieces: 0 });
  });

  it('leads onto a motorway where it has a position in common with a ramp', () => {
    const motorway = road('motorway', [-300, 50], [0, 50], [300, 50]);
    const ramp = road('street', [-100, 0], [0, 50]);
    expect(metres([eastWest, ramp, motorway], [100, 0], [300, 50])).toBe(200 + 112 + 300);
  });

  it('takes positions within a metre for one, and leads an end on that stops just short', () => {
    const further = road('lane', [100.7, 0.5], [200, 0]);
    expect(metres([eastWest, further], [-100, 0], [200, 0])).toBe(300);
    const short = road('lane', [-50, 90], [-50, 3]);
    expect(metres([eastWest, short], [-50, 90], [100, 0])).toBe(240);
    expect(buildStreetGraph([eastWest, short], CENTRE).faults.endsJoined).toBe(1);
  });

  it('counts what it cannot use, and goes on with the rest', () => {
    const broken = {
      class: 'lane',
      line: [
        [Number.NaN, 1],
        [120.56, 27.54],
      ],
    } as const;
    const { faults } = buildStreetGraph([broken, eastWest], CENTRE);
    expect(faults).toMatchObject({ brokenPositions: 1, emptyRoads: 1, components: 2, strayNodes: 1 });
  });

  it('joins a road where it crosses itself on one level, counts it once however often it does, and goes on with the rest', () => {
    // Two crossings, at 0, 0 and at 60, 0; a closed round crosses itself nowhere.
    const knotted = road('street', [-100, 0], [100, 0], [100, 40], [60, 40], [60, -40], [0, -40], [0, 80]);
    const round = road('lane', [200, 0], [240, 0], [240, 40], [200, 0]);
    const { faults } = buildStreetGraph([knotted, round, road('lane', [100, 0], [200, 0])], CENTRE);
    expect(faults).toMatchObject({ selfCrossingRoads: 1, crossingsJoined: 2, components: 1 });
    expect(metres([knotted], [-100, 0], [0, 80])).toBe(180);
    expect(metres([knotted], [-100, 0], [60, 40])).toBe(200);
    // Nobody turns off a motorway in the air.
    const loop = road('motorway', [-100, 0], [100, 0], [100, 40], [0, 40], [0, -80]);
    expect(buildStreetGraph([loop], CENTRE).faults).toMatchObject({
      selfCrossingRoads: 1,
      crossingsJoined: 0,
      bridges: 1,
    });
    // Two lines that cross are no line that crosses itself.
    expect(buildStreetGraph([eastWest, northSouth], CENTRE).faults.selfCrossingRoads).toBe(0);
  });

  it('counts a road that is there twice once', () => {
    const { faults, edgeTo } = buildStreetGraph([eastWest, road('street', [100, 0], [-100, 0])], CENTRE);
    expect(faults.repeatedPieces).toBe(1);
    expect(edgeTo.length).toBe(2);
  });

  it('has no way where no street is near', () => {
    expect(metres([eastWest], [-100, 0], [0, 500])).toBeUndefined();
  });
});

describe('the shortest way', () => {
  it('is as long as plain Dijkstra says, runs from end to end, and is as long as its points', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const graph = graphOf(
          plane,
          nodes.map(([x]) => x),
          nodes.map(([, y]) => y),
          edges,
          NO_FAULTS,
        );
        const finder = new WayFinder(graph);
        const inUse = [...new Set(edges.flat())];
        for (const from of inUse.slice(0, 4)) {
          const expected = plainDijkstra(nodes, edges, from);
          for (const to of inUse) {
            const [start, end] = [nodes[from], nodes[to]];
            if (start === undefined || end === undefined) throw new Error('no such node');
            const way = finder.find(...start, ...end, 0.001);
            expect(way?.metres ?? Infinity).toBeCloseTo(expected[to] ?? Infinity, 6);
            const points = way?.points ?? [...start, ...end];
            expect(points.slice(0, 2).map(Math.round)).toEqual(start.map(Math.round));
            expect(points.slice(-2).map(Math.round)).toEqual(end.map(Math.round));
            let along = 0;
            for (let at = 2; at < points.length; at += 2)
              along += Math.hypot(
                (points[at] ?? 0) - (points[at - 2] ?? 0),
                (points[at + 1] ?? 0) - (points[at - 1] ?? 0),
              );
            expect(way === undefined ? 0 : along).toBeCloseTo(way?.metres ?? 0, 6);
          }
        }
      }),
      { seed: 81, numRuns: 150 },
    );
  });

  it('from the middle of a street to the middle of the same one goes no further than that', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const graph = graphOf(plane, [0, 100], [0, 0], [[0, 1]], NO_FAULTS);
          const way = new WayFinder(graph).find(a * 100, 3, b * 100, -2, 5);
          expect(way?.metres).toBeCloseTo(Math.abs(a - b) * 100, 6);
        },
      ),
      { seed: 82, numRuns: 200 },
    );
  });
});
