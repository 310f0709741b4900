import { describe, expect, it } from 'vitest';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng } from '@maplewall/shared/domain/units.ts';
import type { Camera } from '../../map/camera.ts';
import { ClientWorld } from '../../world/client-world.ts';
import { CENTRE, EVENING, SmallCity } from '../../world/small-city.ts';
import { Director } from './director-lead.ts';

const OVERVIEW: Camera = { ...CENTRE, zoom: 11 };
const PICTURE = { width: 1920, height: 1080, left: 0, top: 0, screenWidth: 1920, screenHeight: 1080 };
const SCREEN = { unit: 0.5, picture: PICTURE, insets: { left: 0, right: 0, top: 0, bottom: 0 } };

/** A wall with a director, at seconds of one clock that the world and this machine share. */
class Watched {
  readonly city = new SmallCity();
  readonly clientWorld: ClientWorld;
  readonly director: Director;
  /** Where the map is: the director leads it until a hand does. */
  shown = OVERVIEW;
  #seconds = 0;

  constructor() {
    const now = () => epochMs(EVENING + this.#seconds * 1_000);
    this.clientWorld = new ClientWorld({ city: { centre: CENTRE }, now });
    this.director = new Director({
      world: () => this.clientWorld.world,
      now,
      placeOf: (incident) => this.clientWorld.incidentMarks.placeInDegrees(incident),
      screen: () => SCREEN,
      cityCamera: () => OVERVIEW,
      shownCamera: () => this.shown,
      city: [120.4, 27.4, 120.8, 27.7],
      part: undefined,
      steadyNow: () => this.#seconds * 1_000,
    });
    this.clientWorld.onBatch(this.city.keyframe(now()));
  }

  /** A danger to life comes in at this second, so many degrees east of the centre. */
  danger(seconds: number, id = 'a', east = 0): void {
    const at = epochMs(EVENING + seconds * 1_000);
    this.city.happens(at, {
      kind: 'incident.received',
      incidentId: id as IncidentId,
      category: 'criminal',
      priority: 1,
      lng: lng(CENTRE.lng + east),
      lat: lat(CENTRE.lat),
      place: '世纪大道',
    });
    this.clientWorld.onBatch(this.city.batch(at));
  }

  camera(seconds: number): Camera | undefined {
    this.#seconds = seconds;
    const led = this.director.camera();
    if (led !== undefined) this.shown = led;
    return led;
  }
}

describe('the camera of an unattended wall', () => {
  const NEAR = 15;

  it('is left to a touch for two minutes, then takes over with a move, and rests after it like after any other', () => {
    const wall = new Watched();
    wall.camera(0);
    wall.director.onHand();
    wall.danger(1, 'a');
    expect(wall.camera(1)).toBeUndefined();
    const leftAt: Camera = { lng: CENTRE.lng + 0.01, lat: CENTRE.lat, zoom: 13 };
    wall.shown = leftAt;
    expect(wall.camera(119.9)).toBeUndefined();
    const first = wall.camera(120);
    expect(first?.zoom).toBeCloseTo(leftAt.zoom, 3);
    expect(first).not.toEqual(leftAt);
    const halfWay = wall.camera(120.6)?.zoom ?? 0;
    expect(halfWay).toBeGreaterThan(leftAt.zoom);
    expect(wall.camera(121.2)?.zoom).toBeGreaterThan(NEAR);
    expect(wall.camera(121.2)?.lng).toBeCloseTo(CENTRE.lng, 9);

    wall.danger(123, 'b', 0.02);
    wall.camera(123);
    expect(wall.camera(129.9)?.lng).toBeCloseTo(CENTRE.lng, 9);
    expect(wall.director.insets).toEqual(['b']);
    wall.camera(130);
    expect(wall.camera(132)?.lng).toBeCloseTo(CENTRE.lng + 0.02, 9);
  });

  it('is left alone by whoever led it from the touch on, also in the middle of a move', () => {
    const wall = new Watched();
    wall.camera(0);
    wall.danger(5, 'a');
    wall.camera(5);
    expect(wall.camera(5.5)?.zoom).toBeGreaterThan(OVERVIEW.zoom);
    wall.director.onHand();
    expect(wall.camera(5.6)).toBeUndefined();
    wall.camera(100);
    wall.director.onHand();
    expect(wall.camera(219)).toBeUndefined();
    expect(wall.camera(220)).toBeDefined();
  });

  it('shows at the first look what ought to be seen, without a move', () => {
    const wall = new Watched();
    wall.danger(0, 'a');
    expect(wall.camera(1)?.zoom).toBeGreaterThan(NEAR);
  });

  it('points for visitors at the square of an incident, wherever in it that is', () => {
    const cameraAt = (east: number, isVisitor: boolean): Camera | undefined => {
      const wall = new Watched();
      wall.clientWorld.coarsen(isVisitor);
      wall.camera(0);
      wall.danger(1, 'a', east);
      wall.camera(1);
      return wall.camera(3);
    };
    expect(cameraAt(0.0001, false)?.lng).toBeCloseTo(CENTRE.lng + 0.0001, 6);
    expect(cameraAt(0.0001, true)).toEqual(cameraAt(0.0004, true));
    expect(cameraAt(0.0001, true)?.lng).not.toBeCloseTo(CENTRE.lng + 0.0001, 4);
  });
});
