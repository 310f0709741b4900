import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { REPORT_EVERY_MS } from '@maplewall/shared/wire/report-pace.ts';
import type { Report } from '@maplewall/shared/wire/up.ts';
import type { WallStatus } from '@maplewall/shared/wire/walls.ts';
import type { Screen } from '../access/screen-tokens.ts';
import type { Viewer } from '../access/viewer-door.ts';

/** A picture that did not change for longer than this stands still: frames come every second. */
const FROZEN_AFTER_MS = 10_000;
/** A page that reports at all and then does not for so long has stopped. */
const SILENT_AFTER_MS = 2.5 * REPORT_EVERY_MS;

interface Reported {
  readonly report: Report;
  readonly at: number;
}

interface Connection {
  readonly viewer: Viewer;
  readonly since: EpochMs;
  /** When it answered for a frame last; its beginning counts as the first time. */
  answeredAt: number;
  reported: Reported | undefined;
}

/** What every screen last said of itself, as long as it is connected or known. */
export class WallRegistry {
  readonly #now: () => EpochMs;
  readonly #screens: () => readonly Screen[];
  readonly #connections = new Map<string, Connection>();
  /** The last report of admitted screens that have gone. */
  readonly #gone = new Map<string, Reported>();

  constructor(parts: { readonly now: () => EpochMs; readonly screens: () => readonly Screen[] }) {
    this.#now = parts.now;
    this.#screens = parts.screens;
  }

  opened(id: string, viewer: Viewer): void {
    const since = this.#now();
    this.#connections.set(id, { viewer, since, answeredAt: since, reported: undefined });
  }

  answered(id: string): void {
    const connection = this.#connections.get(id);
    if (connection !== undefined) connection.answeredAt = this.#now();
  }

  reported(id: string, report: Report): void {
    const connection = this.#connections.get(id);
    if (connection !== undefined) connection.reported = { report, at: this.#now() };
  }

  closed(id: string): void {
    const connection = this.#connections.get(id);
    this.#connections.delete(id);
    if (connection?.viewer.role === 'screen' && connection.reported !== undefined)
      this.#gone.set(connection.viewer.screen.id, connection.reported);
  }

  /** A screen that is not known any more leaves nothing behind. */
  forget(screenId: string): void {
    this.#gone.delete(screenId);
  }

  /** Admitted screens first, in the order of their admission, then everybody else who is connected. */
  list(): readonly WallStatus[] {
    const now = this.#now();
    const byWall = new Map<string, Connection[]>();
    for (const connection of this.#connections.values()) {
      const { viewer } = connection;
      const wall = viewer.role === 'screen' ? viewer.screen.id : viewer.role;
      byWall.set(wall, [...(byWall.get(wall) ?? []), connection]);
    }
    const known = this.#screens().flatMap((screen): WallStatus[] => {
      const connections = byWall.get(screen.id) ?? [];
      byWall.delete(screen.id);
      if (connections.length > 0) return connected(screen.id, screen.name, connections, now);
      const gone = this.#gone.get(screen.id);
      return [
        {
          id: screen.id,
          name: screen.name,
          role: 'screen',
          connectedSince: null,
          report: gone?.report ?? null,
          reportAgeSeconds: gone === undefined ? null : secondsSince(gone.at, now),
          frozen: false,
        },
      ];
    });
    return [...known, ...[...byWall].flatMap(([wall, those]) => connected(wall, null, those, now))];
  }
}

const connected = (
  wall: string,
  name: string | null,
  connections: readonly Connection[],
  now: number,
): WallStatus[] =>
  connections.map(({ viewer, since, reported, answeredAt }, index) => ({
    id: index === 0 ? wall : `${wall}#${index + 1}`,
    name,
    role: viewer.role,
    connectedSince: since,
    report: reported?.report ?? null,
    reportAgeSeconds: reported === undefined ? null : secondsSince(reported.at, now),
    frozen: isFrozen({ since, reported, answeredAt }, now),
  }));

/** By its answers, which stop at once when a page hangs, and by its own word, which tells when only the drawing stopped. */
function isFrozen(
  { since, reported, answeredAt }: Pick<Connection, 'since' | 'reported' | 'answeredAt'>,
  now: number,
): boolean {
  if (now - answeredAt > FROZEN_AFTER_MS) return true;
  if (reported === undefined) return false;
  const { report, at } = reported;
  const drawnAt = Math.max(report.lastFrameDrawnAt, since);
  return now - at > SILENT_AFTER_MS || at - drawnAt > FROZEN_AFTER_MS;
}

const secondsSince = (then: number, now: number): number => Math.max(0, Math.round((now - then) / 1_000));
