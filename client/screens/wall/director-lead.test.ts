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
    return this.director.camera();
  }
}

describe('the camera of an unattended wall', () => {
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
