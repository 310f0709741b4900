import type { EpochMs } from '../domain/units.ts';
import type { Report } from './up.ts';

/** A screen that is connected or was admitted; `GET /api/walls` gives a list of them. */
export interface WallStatus {
  /** Of an admitted screen its own id, also after it has gone; else made up of its role. Several pages of one screen are numbered. */
  readonly id: string;
  /** What a person calls it; null where it was not admitted by name. */
  readonly name: string | null;
  readonly role: 'screen' | 'local' | 'admin' | 'anybody';
  readonly connectedSince: EpochMs | null;
  readonly report: Report | null;
  readonly reportAgeSeconds: number | null;
  /** Connected, and yet nothing new was drawn for more than ten seconds. */
  readonly frozen: boolean;
}

export interface Walls {
  readonly walls: readonly WallStatus[];
}
