import { describe, expect, test } from 'vitest';
import { placeOnRoute, roadGraphOf, type RoadFeature } from './road-graph.ts';

const road = (
  roadClass: 'street' | 'path' | 'motorway',
  ...coordinates: [number, number][]
): RoadFeature => ({
  properties: { class: roadClass, name: '' },
  geometry: { type: 'LineString', coordinates },
});

/**
 *   d ── e        a–b–c one street, b–d another; e only by d; x–y hangs together with nothing
 *   │
 *   a ─ b ─ c     x ── y
 */
const a: [number, number] = [120.5, 27.5];
const b: [number, number] = [120.501, 27.5];
const c: [number, number] = [120.502, 27.5];
const d: [number, number] = [120.501, 27.501];
const e: [number, number] = [120.502, 27.501];
const graph = roadGraphOf([
  road('street', a, b, c),
  road('street', b, d),
  road('path', d, e),
  road('street', [120.6, 27.6], [120.601, 27.6]),
]);
const nodeOf = ([lng, lat]: [number, number]): number => graph.nearestNode(lng, lat);

describe('the road graph', () => {
  test('cuts a line where another one ends on it, and only there', () => {
    expect(graph.nodes).toHaveLength(7);
    expect(graph.edges).toHaveLength(5);
  });

  test('finds the way over junctions with its length in metres', () => {
    const route = graph.route(nodeOf(a), nodeOf(e), 'foot');
    expect(route?.line).toEqual([a, b, d, e]);
    expect(route?.metres).toBeCloseTo(98.6 + 111.2 + 98.6, 0);
    expect(route?.metresAt).toHaveLength(4);
  });

  test('takes a path on wheels only where nothing else leads there', () => {
    const shortcut = roadGraphOf([road('street', a, d, c), road('path', a, c)]);
    const from = shortcut.nearestNode(...a);
    const to = shortcut.nearestNode(...c);
    expect(shortcut.route(from, to, 'foot')?.line).toEqual([a, c]);
    expect(shortcut.route(from, to, 'wheels')?.line).toEqual([a, d, c]);
  });

  test('starts from nodes of the largest part, so that a way always exists', () => {
    expect(graph.nodes[graph.nearestNode(120.6, 27.6)]).toEqual(e);
  });

  test('says that there is no way between parts', () => {
    const lonely = graph.nodes.findIndex(([lng]) => lng === 120.6);
    expect(graph.route(nodeOf(a), lonely, 'wheels')).toBeUndefined();
  });

  test('stays where it is when start and end are one', () => {
    expect(graph.route(nodeOf(a), nodeOf(a), 'foot')).toEqual({ line: [a], metresAt: [0], metres: 0 });
  });

  test('reads lines of several parts', () => {
    const parts = roadGraphOf([
      {
        properties: { class: 'lane' },
        geometry: {
          type: 'MultiLineString',
          coordinates: [
            [a, b],
            [b, c],
          ],
        },
      },
    ]);
    expect(parts.route(parts.nearestNode(...a), parts.nearestNode(...c), 'wheels')?.line).toEqual([a, b, c]);
  });

  test('walks along a route and faces ahead', () => {
    const route = graph.route(nodeOf(a), nodeOf(d), 'wheels');
    if (route === undefined) throw new Error('there is a way');
    expect(placeOnRoute(route, 0)).toMatchObject({ lng: 120.5, lat: 27.5 });
    expect(placeOnRoute(route, 0).course).toBeCloseTo(90);
    expect(placeOnRoute(route, route.metres - 1).course).toBeCloseTo(0);
    expect(placeOnRoute(route, route.metres + 500)).toMatchObject({ lng: 120.501, lat: 27.501 });
  });
});
