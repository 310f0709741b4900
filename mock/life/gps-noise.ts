import type { Point } from './street-net.ts';

/** Standard deviation of a phone's fix among houses, and how long an error lasts. */
const SIGMA_METRES = 3;
const LATTICE_MS = 60_000;

/**
 * The error of a phone's fix: slow, as the satellites and the houses' echoes change, not new at each fix. Values at
 * the points of a lattice in time are joined smoothly, so any moment can be asked for.
 */
export function gpsNoise(seed: number, person: string, at: number): Point {
  const salt = textHash(person) ^ seed;
  const cell = Math.floor(at / LATTICE_MS);
  const share = at / LATTICE_MS - cell;
  const weight = share * share * (3 - 2 * share);
  const mix = (axis: number): number => {
    const a = normalAt(salt, cell, axis);
    const b = normalAt(salt, cell + 1, axis);
    return (a + (b - a) * weight) * SIGMA_METRES;
  };
  return { x: mix(1), y: mix(2) };
}

/** The sum of four uniform numbers is normal enough for an error of a few metres. */
function normalAt(salt: number, cell: number, axis: number): number {
  let sum = 0;
  for (let part = 0; part < 4; part += 1) sum += numberAt(salt, cell, axis * 8 + part);
  return (sum - 2) * Math.sqrt(3);
}

function numberAt(salt: number, cell: number, index: number): number {
  let state =
    Math.imul(salt ^ Math.imul(cell | 0, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
  return ((state ^ (state >>> 15)) >>> 0) / 4_294_967_296;
}

const hashes = new Map<string, number>();
function textHash(text: string): number {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  hashes.set(text, state);
  return state;
}
