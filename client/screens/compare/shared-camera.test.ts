import { expect, it } from 'vitest';
import { SharedCamera } from './shared-camera.ts';

const SIZE = { width: 512, height: 512 };

it('nobody is led until a hand takes a map, and then the other one is', () => {
  const camera = new SharedCamera();
  expect(camera.moved(0, [120, 27, 121, 28], SIZE)).toBe(false);
  expect(camera.ledFor(1)).toBeUndefined();
  camera.take(0);
  expect(camera.moved(0, [120, 27, 121, 28], SIZE)).toBe(true);
  expect(camera.ledFor(0)).toBeUndefined();
  expect(camera.ledFor(1)?.lng).toBeCloseTo(120.5, 6);
  expect(camera.moved(1, [0, 0, 1, 1], SIZE)).toBe(false);
  expect(camera.ledFor(1)?.lng).toBeCloseTo(120.5, 6);
});

it('the other one is as near: half of the degrees across the same pixels is one step nearer', () => {
  const camera = new SharedCamera();
  camera.take(1);
  camera.moved(1, [120, -0.5, 121, 0.5], SIZE);
  const far = camera.ledFor(0)?.zoom ?? 0;
  camera.moved(1, [120.25, -0.25, 120.75, 0.25], SIZE);
  expect((camera.ledFor(0)?.zoom ?? 0) - far).toBeCloseTo(1, 3);
});

it('whoever is led takes the lead as soon as a hand moves their map', () => {
  const camera = new SharedCamera();
  camera.take(0);
  camera.moved(0, [120, 27, 121, 28], SIZE);
  camera.take(1);
  expect(camera.ledFor(1)).toBeUndefined();
  camera.moved(1, [10, 50, 11, 51], SIZE);
  expect(camera.ledFor(0)?.lng).toBeCloseTo(10.5, 6);
});
