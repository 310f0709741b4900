import type { Fix } from '@maplewall/shared/domain/position.ts';
import { UNKNOWN_U16, UNKNOWN_U8 } from '@maplewall/shared/domain/position.ts';

/** One fix on its way into columns; one such object is filled again for each fix of a batch. */
export class FixRow {
  responderId = '';
  lng = Number.NaN;
  lat = Number.NaN;
  fixAtMs = Number.NaN;
  /** 0: the device did not say. */
  deviceAtSeconds = 0;
  speed = UNKNOWN_U16;
  course = UNKNOWN_U16;
  accuracy = UNKNOWN_U16;
  battery = UNKNOWN_U8;

  clear(): void {
    this.responderId = '';
    this.lng = Number.NaN;
    this.lat = Number.NaN;
    this.fixAtMs = Number.NaN;
    this.deviceAtSeconds = 0;
    this.speed = UNKNOWN_U16;
    this.course = UNKNOWN_U16;
    this.accuracy = UNKNOWN_U16;
    this.battery = UNKNOWN_U8;
  }

  set(fix: Fix): void {
    this.responderId = fix.responderId;
    this.lng = fix.lng;
    this.lat = fix.lat;
    this.fixAtMs = fix.fixAt;
    this.deviceAtSeconds = fix.deviceAt === undefined ? 0 : Math.floor(fix.deviceAt / 1_000);
    this.speed = toSpeed(fix.speedMetresPerSecond);
    this.course = toCourse(fix.courseDegrees);
    this.accuracy = toAccuracy(fix.accuracyMetres);
    this.battery = toBattery(fix.batteryPercent);
  }
}

/** Decimetres per second. What is absent or absurd is unknown. */
export const toSpeed = (metresPerSecond: number | undefined): number =>
  metresPerSecond !== undefined && metresPerSecond >= 0 && metresPerSecond <= 6_553
    ? Math.round(metresPerSecond * 10)
    : UNKNOWN_U16;

/** Whole degrees from north, 0–359. */
export const toCourse = (degrees: number | undefined): number =>
  degrees !== undefined && degrees >= 0 && degrees <= 360 ? Math.round(degrees) % 360 : UNKNOWN_U16;

/** Whole metres. */
export const toAccuracy = (metres: number | undefined): number =>
  metres !== undefined && metres >= 0 ? Math.min(Math.round(metres), UNKNOWN_U16 - 1) : UNKNOWN_U16;

/** Whole per cent. */
export const toBattery = (percent: number | undefined): number =>
  percent !== undefined && percent >= 0 && percent <= 100 ? Math.round(percent) : UNKNOWN_U8;
