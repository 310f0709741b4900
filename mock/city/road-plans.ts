import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import type { Point } from './plane.ts';
import { km } from './proportions.ts';

/** A great road that is drawn by hand; the class says how wide it is. */
export interface RoadPlan {
  readonly name: string;
  readonly roadClass: RoadClass;
  readonly line: readonly Point[];
  /** Motorways pass over everything; one enters them at the crossings nearest to these points. */
  readonly interchanges?: readonly Point[];
}
export const GREAT_ROADS: readonly RoadPlan[] = [
  {
    name: '世纪大道',
    roadClass: 'arterial',
    line: km(`
      -19.6 4.4, -15 3.4, -11 2.7, -9.2 2.3, -7.4 2, -5.5 1.7, -3 1.9, 0.6 2.3, 3 2.8, 4 2.7, 4.8 1.9, 5.6 0, 6.3 -1.7,
      6.9 -3.2, 7.1 -4.3`),
  },
  {
    name: '龙金大道',
    roadClass: 'arterial',
    line: km('-5.6 15.2, -4.9 11, -4.3 8, -4.1 6, -4 4.9, -3.6 3.6, -3.1 1.9, -2.8 1, -3.1 0.2, -3.1 -0.9'),
  },
  {
    name: '龙港大道',
    roadClass: 'arterial',
    line: km('-4.6 4.2, -3.8 4.5, -2.4 4.7, -1.4 5.3, -0.7 5.6'),
  },
  {
    name: '瓯南大桥',
    roadClass: 'arterial',
    line: km('-0.7 5.6, 0.3 6.1, 0.8 6.25'),
  },
  // The roads beyond the river are another city's: they have no names here.
  { name: '', roadClass: 'arterial', line: km('0.8 6.25, 1.4 6.4, 2 7.4, 2.2 10, 3.4 15.2') },
  {
    name: '人民路',
    roadClass: 'arterial',
    line: km('-1.8 5.75, -1.4 5.3, -0.6 4.3, 0 3.4, 0.6 2.3, 1 1.2, 1.2 0.2, 1 -0.8'),
  },
  {
    name: '龙翔路',
    roadClass: 'street',
    line: km('-1.2 6, -0.9 5.5, -0.3 4.4, 0.4 3.3, 1.3 2.4'),
  },
  {
    name: '东城路',
    roadClass: 'arterial',
    line: km('-0.9 2.1, -0.4 2.7, 0.4 3.3, 1.2 3.7, 3.4 3.9'),
  },
  {
    name: '临港大道',
    roadClass: 'arterial',
    line: km('3.4 3.9, 4.4 3.8, 5.6 3.2, 7 2.2, 7.9 0.7, 8.8 -1.4, 9.3 -2.7, 9.6 -3.15'),
  },
  {
    name: '西三街',
    roadClass: 'street',
    line: km('-3 5.15, -3 4.6, -2.9 3.4, -2.7 2.6, -2.3 1.9, -2.1 0.6'),
  },
  {
    name: '西一街',
    roadClass: 'street',
    line: km('-2.2 5.35, -2.2 4.7, -2 3.7, -1.9 2.9, -1.6 2.1'),
  },
  {
    name: '西城路',
    roadClass: 'street',
    line: km('-3.8 4.1, -2.9 3.9, -1.8 3.9, -0.9 4.6, -0.5 4.85'),
  },
  {
    name: '镇前路',
    roadClass: 'street',
    line: km('-3.6 3.6, -2.9 3.4, -1.9 3.3, -1 3.8, -0.6 4.3, 0.2 4.4'),
  },
  {
    name: '宫后路',
    roadClass: 'street',
    line: km('-2 2.9, -1 3, 0 3.4, 0.4 3.3'),
  },
  {
    name: '龙宁路',
    roadClass: 'street',
    line: km('-0.6 4.3, -1.3 3.6, -1 2.6, -0.8 2.1'),
  },
  {
    name: '灵龙大道',
    roadClass: 'arterial',
    line: km(
      '-19.6 -4.2, -14 -2.6, -10.8 -1.6, -9.2 -1.3, -7.2 -1.4, -5.6 -1.2, -4.4 -1, -3.1 -0.9, -2.6 -0.9',
    ),
  },
  {
    name: '海峡大道',
    roadClass: 'arterial',
    line: km('-5.5 1.7, -5.4 0.7, -5.6 -0.2, -5.6 -1.2, -5.9 -2.4'),
  },
  {
    name: '萧龙线',
    roadClass: 'street',
    line: km('-6.9 4.2, -6.8 3, -6.6 1.9, -6.8 0.6, -7.2 -1.4, -7.4 -2.4'),
  },
  {
    name: '灵宜线',
    roadClass: 'street',
    line: km('-14.2 -5, -10.6 -2.9, -9.4 -2.5, -7.4 -2.4, -5.9 -2.4, -4.8 -2.3, -3.9 -2.2, -3 -2.6'),
  },
  {
    name: '龙魁线',
    roadClass: 'street',
    line: km('1.2 3.7, 1.3 2.4, 1.6 1.2, 2.4 -0.4, 3 -1.9, 3.6 -3, 4.6 -4, 5.4 -5.2, 6.2 -6.4, 6.5 -7.6'),
  },
  {
    name: '灵海大道',
    roadClass: 'arterial',
    line: km('-2.6 -0.9, -0.6 -0.9, 1 -0.8, 2.4 -0.4, 4.2 0.1, 5.6 0'),
  },
  {
    name: '东海大道',
    roadClass: 'arterial',
    line: km('5.6 0, 6.8 0.4, 7.9 0.7, 9 0.95'),
  },
  {
    name: '时代大道',
    roadClass: 'arterial',
    line: km('3.3 5.1, 3.4 3.9, 3.5 2.8, 3.8 1.4, 4.2 0.1, 4.8 -1.6, 5.4 -3.1, 6.2 -4.3, 6.2 -5.3'),
  },
  {
    name: '迎宾路',
    roadClass: 'street',
    line: km('3.8 1.4, 4.9 1.5, 6.1 1.9, 7 2.2'),
  },
  {
    name: '华润路',
    roadClass: 'street',
    line: km('3 -4, 4.6 -4, 6.2 -4.3, 7.1 -4.3, 7.7 -3.85, 8.7 -3.35, 9.6 -3.15, 10.3 -2.95'),
  },
  {
    name: '舥艚大道',
    roadClass: 'street',
    line: km('1.8 -6.4, 3.6 -6.1, 4.8 -5.4, 5.4 -5.2, 6.2 -5.3, 7.5 -5.8'),
  },
  {
    name: '鳌江四桥',
    roadClass: 'arterial',
    line: km('1.2 3.7, 1.1 4.4, 0.9 5.4'),
  },
  { name: '', roadClass: 'arterial', line: km('0.9 5.4, 0.9 6.8, 0.2 9.4, -0.4 15.2') },
  {
    name: '甬莞高速',
    roadClass: 'motorway',
    line: km(`
      8.9 15.3, 6.6 10.8, 5.6 8.6, 4.7 6.4, 3 3.3, 2.75 2, 3.1 0.6, 4 -1.5, 4.4 -3.2, 4.1 -4.6, 3.3 -6, 2.9 -7.4,
      2.2 -8.9, 0.6 -15.3`),
    interchanges: km('2.9 2.75, 3.5 -3.9'),
  },
  {
    name: '瑞苍高速',
    roadClass: 'motorway',
    line: km(`
      -19.6 1.6, -14.6 0.2, -10.8 0.5, -8.6 0.1, -7 0.1, -5.5 0.2, -4.5 -0.4, -4 -1.6, -3.7 -2.6, -3.2 -4.6, -2 -6.6,
      0.2 -8.9, 1.3 -12, 0.6 -15.3`),
    interchanges: km('-5.4 0.2'),
  },
];
