import { describe, expect, it } from 'vitest';
import { CameraLead } from './camera-lead.ts';

const CITY = { lng: 120.56, lat: 27.54, zoom: 12 };
const STREET = { lng: 120.6, lat: 27.5, zoom: 16 };

describe('the lead of a camera', () => {
  it('shows a jump at once and each place only once', () => {
    const lead = new CameraLead(() => 0, true);
    lead.jumpTo(CITY);
    expect(lead.next(undefined)).toEqual(CITY);
    expect(lead.next(undefined)).toBeUndefined();
  });

  it('eases from where it is in 1.2 seconds and rests there', () => {
    let now = 0;
    const lead = new CameraLead(() => now, true);
    lead.jumpTo(CITY);
    lead.next(undefined);
    lead.easeTo(STREET);
    now = 600;
    const halfWay = lead.next(undefined);
    expect(halfWay?.zoom).toBeCloseTo(14, 5);
    expect(lead.isMoving(undefined)).toBe(true);
    now = 1_200;
    expect(lead.next(undefined)).toEqual(STREET);
    expect(lead.isMoving(undefined)).toBe(false);
    expect(lead.next(undefined)).toBeUndefined();
  });

  it('jumps where nothing may move', () => {
    const lead = new CameraLead(() => 0, false);
    lead.jumpTo(CITY);
    lead.next(undefined);
    lead.easeTo(STREET);
    expect(lead.next(undefined)).toEqual(STREET);
  });

  it('follows another lead as long as there is one, and then shows its own again', () => {
    const lead = new CameraLead(() => 0, true);
    lead.jumpTo(CITY);
    expect(lead.isMoving(STREET)).toBe(true);
    expect(lead.next(STREET)).toEqual(STREET);
    expect(lead.isMoving(STREET)).toBe(false);
    expect(lead.next(STREET)).toBeUndefined();
    expect(lead.next(undefined)).toEqual(CITY);
  });

  it('leaves the map to the hand that took it, and goes on from there', () => {
    let now = 0;
    const lead = new CameraLead(() => now, true);
    lead.jumpTo(CITY);
    lead.next(undefined);
    lead.easeTo(STREET);
    now = 300;
    lead.letGo({ ...CITY, zoom: 13 });
    expect(lead.next(undefined)).toBeUndefined();
    lead.easeTo(STREET);
    expect(lead.next(undefined)).toBeUndefined();
    now = 1_500;
    expect(lead.next(undefined)).toEqual(STREET);
  });

  it('tells again where it was when the map that showed it is gone', () => {
    const lead = new CameraLead(() => 0, true);
    lead.jumpTo(CITY);
    lead.next(undefined);
    lead.letGo(STREET);
    lead.forget();
    expect(lead.next(undefined)).toEqual(STREET);
  });
});
