import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mercatorX, mercatorY } from '../world/mercator.ts';
import {
  centredCamera,
  easedCamera,
  fitCamera,
  screenCamera,
  type Camera,
  type MapPicture,
} from './camera.ts';

const LONGGANG = [120.4, 27.44, 120.72, 27.62] as const;
const INSETS = { left: 920, right: 920, top: 150, bottom: 220 };
const alone = (width: number, height: number): MapPicture => ({
  width,
  height,
  left: 0,
  top: 0,
  screenWidth: width,
  screenHeight: height,
});

/** Where a point of the ground lies in the picture of a camera, from its upper left corner. */
const pixelOf = (camera: Camera, width: number, height: number, lng: number, lat: number) => ({
  x: width / 2 + (mercatorX(lng) - mercatorX(camera.lng)) * 2 ** camera.zoom,
  y: height / 2 - (mercatorY(lat) - mercatorY(camera.lat)) * 2 ** camera.zoom,
});

describe('fitting a city', () => {
  it('puts it into what the panels leave free, as large as goes', () => {
    const [west, south, east, north] = LONGGANG;
    const camera = fitCamera(LONGGANG, alone(3840, 2160), INSETS, 28);
    const upperLeft = pixelOf(camera, 3840, 2160, west, north);
    const lowerRight = pixelOf(camera, 3840, 2160, east, south);
    expect(upperLeft.x).toBeGreaterThan(920 + 27.9);
    expect(lowerRight.x).toBeLessThan(3840 - 920 - 27.9);
    expect(upperLeft.y).toBeGreaterThan(150 + 27.9);
    expect(lowerRight.y).toBeLessThan(2160 - 220 - 27.9);
    expect(lowerRight.x - upperLeft.x).toBeCloseTo(3840 - 1840 - 56, 3);
    expect((upperLeft.y + lowerRight.y) / 2).toBeCloseTo((150 + 2160 - 220) / 2, 3);
  });

  it('looks at the whole picture when nothing would be free', () => {
    const camera = fitCamera(LONGGANG, alone(600, 300), INSETS, 10);
    const [west, south, east, north] = LONGGANG;
    const middle = pixelOf(camera, 600, 300, (west + east) / 2, (south + north) / 2);
    expect(middle.x).toBeCloseTo(300, 3);
    expect(Math.abs(middle.y - 150)).toBeLessThan(1);
  });
});

describe('one picture over several screens', () => {
  it('shows each point of the ground where the whole picture has it', () => {
    fc.assert(
      fc.property(
        fc.record({
          columns: fc.integer({ min: 1, max: 6 }),
          rows: fc.integer({ min: 1, max: 3 }),
          zoom: fc.double({ min: 8, max: 18, noNaN: true }),
          east: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
          north: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        }),
        ({ columns, rows, zoom, east, north }) => {
          const camera = { lng: 120.56, lat: 27.54, zoom };
          const [lng, lat] = [120.56 + east, 27.54 + north];
          const whole = pixelOf(camera, columns * 1920, rows * 1080, lng, lat);
          for (let column = 0; column < columns; column++)
            for (let row = 0; row < rows; row++) {
              const picture = {
                width: columns * 1920,
                height: rows * 1080,
                left: column * 1920,
                top: row * 1080,
                screenWidth: 1920,
                screenHeight: 1080,
              };
              const own = pixelOf(screenCamera(camera, picture), 1920, 1080, lng, lat);
              expect(own.x + picture.left).toBeCloseTo(whole.x, 2);
              expect(own.y + picture.top).toBeCloseTo(whole.y, 2);
            }
        },
      ),
      { seed: 20261124 },
    );
  });
});

describe('a move of the camera', () => {
  const from = { lng: 120.56, lat: 27.54, zoom: 12 };
  const to = { lng: 120.6, lat: 27.5, zoom: 16 };

  it('begins at one place, ends at the other, and never turns back', () => {
    expect(easedCamera(from, to, 0)).toEqual(from);
    expect(easedCamera(from, to, 1)).toEqual(to);
    let before = from;
    for (let share = 0.05; share < 1; share += 0.05) {
      const now = easedCamera(from, to, share);
      expect(now.zoom).toBeGreaterThan(before.zoom);
      expect(now.lng).toBeGreaterThanOrEqual(before.lng);
      expect(now.lat).toBeLessThanOrEqual(before.lat);
      before = now;
    }
  });

  it('goes evenly where the scale stays', () => {
    const middle = easedCamera(from, { ...to, zoom: 12 }, 0.5);
    expect(middle.lng).toBeCloseTo(120.58, 6);
  });
});

describe('a point that is to be seen', () => {
  it('stands in the middle of what the panels leave free', () => {
    const camera = centredCamera({ lng: 120.6, lat: 27.5, zoom: 15 }, alone(3840, 2160), {
      ...INSETS,
      left: 400,
    });
    const { x, y } = pixelOf(camera, 3840, 2160, 120.6, 27.5);
    expect(x).toBeCloseTo((400 + 3840 - 920) / 2, 3);
    expect(y).toBeCloseTo((150 + 2160 - 220) / 2, 3);
  });
});
