declare const brand: unique symbol;

/** A number or string that only the constructors below can make, so that metres never meet seconds. */
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type Metres = Branded<number, 'Metres'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Branded<number, 'EpochMs'>;
/** Degrees east, WGS84. */
export type Lng = Branded<number, 'Lng'>;
/** Degrees north, WGS84. */
export type Lat = Branded<number, 'Lat'>;
/** A place in the log: 1, 2, 3 … without gaps. 0 means 'before the first record'. */
export type Seq = Branded<number, 'Seq'>;
/** A frame's number within one run of a gateway: 1, 2, 3 … 0 means 'nothing yet'. */
export type FrameNo = Branded<number, 'FrameNo'>;
/** Whole minutes since 1970-01-01T00:00:00Z. */
export type MinuteNo = Branded<number, 'MinuteNo'>;

export const metres = (value: number): Metres => value as Metres;
export const epochMs = (value: number): EpochMs => value as EpochMs;
export const lng = (value: number): Lng => value as Lng;
export const lat = (value: number): Lat => value as Lat;
export const seqNo = (value: number): Seq => value as Seq;
export const frameNo = (value: number): FrameNo => value as FrameNo;
export const minuteNo = (value: number): MinuteNo => value as MinuteNo;

/** The minute in which a moment lies. */
export const minuteOf = (at: EpochMs): MinuteNo => Math.floor(at / 60_000) as MinuteNo;
/** The first moment of a minute. */
export const startOfMinute = (minute: MinuteNo): EpochMs => (minute * 60_000) as EpochMs;

/**
 * Positions rest and travel as whole hundred-thousandths of a degree: 1.11 m north, 0.99 m east at 27.6° N.
 * That is finer than a phone's fix (3–10 m) and coarse enough to need one byte for a step.
 */
export const E5_PER_DEGREE = 100_000;
export const toE5 = (degrees: number): number => Math.round(degrees * E5_PER_DEGREE);
export const fromE5 = (e5: number): number => e5 / E5_PER_DEGREE;
