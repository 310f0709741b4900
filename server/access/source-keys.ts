import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { watchFile, unwatchFile } from 'node:fs';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { readKeysFile, writeKeysFile, type DeviceRow, type KeysFile, type SourceRow } from './keys-file.ts';

/** A sender of records that is known by its key. */
export interface Source {
  readonly id: SourceId;
  /** Mode of records that name none. */
  readonly mode: Mode;
  /** Whether its first fix of somebody unknown checks that person in (phones, ships). */
  readonly autoCheckIn: boolean;
}

/** A phone or tracker that is registered with a source. */
export interface Device {
  readonly source: Source;
  readonly user: string;
  readonly device: string;
  readonly responderId: ResponderId;
  readonly callSign: string;
}

export interface NewSource {
  readonly source: string;
  readonly mode: Mode;
  readonly autoCheckIn: boolean;
}

export interface NewDevice {
  readonly source: string;
  /** Name of the account; OwnTracks sends it, OsmAnd does not. */
  readonly user: string;
  readonly device: string;
  /** `user/device` where it is left out, as for a device that is not registered. */
  readonly responderId?: string | undefined;
  /** What the wall shows; the device's name where it is left out. */
  readonly callSign?: string | undefined;
}

interface Logger {
  error(details: object, message: string): void;
}

/**
 * Opens the file of sources and devices; a file that is not there yet is an empty one. Changes that another process
 * makes (the command line beside a running gateway) are seen within a second.
 * @throws when the file cannot be read or is not one of ours
 */
export async function openSourceKeys(options: {
  readonly file: string;
  readonly logger?: Logger | undefined;
}): Promise<SourceKeys> {
  return new SourceKeys(options.file, await readKeysFile(options.file), options.logger);
}

/**
 * Who may send. Keys and passwords are random and long, and only their SHA-256 is kept; they are shown once, when
 * they are made.
 */
export class SourceKeys {
  readonly #file: string;
  #rows: KeysFile;
  /** By hash: finding a row by the hash of a secret tells nothing of the secret by its time. */
  #sourceByKeyHash = new Map<string, SourceRow>();
  #sourceById = new Map<string, Source>();
  #deviceByName = new Map<string, Device>();
  #devicesByUser = new Map<string, DeviceRow[]>();
  #changing: Promise<unknown> = Promise.resolve();

  constructor(file: string, rows: KeysFile, logger: Logger | undefined) {
    this.#file = file;
    this.#rows = rows;
    this.#index();
    watchFile(file, { interval: 1_000, persistent: false }, () => {
      readKeysFile(file).then(
        (read) => {
          this.#rows = read;
          this.#index();
        },
        (error: unknown) =>
          logger?.error({ error }, 'the changed file of source keys is not read; the old keys hold'),
      );
    });
  }

  /** The source with this key. */
  check(key: string): Source | undefined {
    const given = hash('sha256', key, 'hex');
    const row = this.#sourceByKeyHash.get(given);
    return row !== undefined && sameHash(row.keyHash, given) ? this.#sourceById.get(row.source) : undefined;
  }

  /** The device of this user with this password; each device has a password of its own. */
  checkPassword(user: string, password: string): Device | undefined {
    const given = hash('sha256', password, 'hex');
    let found: DeviceRow | undefined;
    for (const row of this.#devicesByUser.get(user) ?? []) if (sameHash(row.passwordHash, given)) found = row;
    return found === undefined ? undefined : this.#deviceByName.get(deviceName(found.user, found.device));
  }

  /** A registered device by its OwnTracks names. */
  device(user: string, device: string): Device | undefined {
    return this.#deviceByName.get(deviceName(user, device));
  }

  /** A registered device of a source by the one name that OsmAnd sends. */
  deviceOf(source: SourceId, device: string): Device | undefined {
    return this.#deviceByName.get(sourceDeviceName(source, device));
  }

  sources(): readonly Source[] {
    return [...this.#sourceById.values()];
  }

  devices(): readonly Device[] {
    return [...new Set(this.#deviceByName.values())];
  }

  /**
   * Adds a source, or gives a known one a new key; the old key is worth nothing from then on.
   * @returns the key, to be shown once
   */
  async replace(given: NewSource): Promise<string> {
    const key = randomBytes(32).toString('base64url');
    const row: SourceRow = { ...given, keyHash: hash('sha256', key, 'hex') };
    await this.#change((rows) => ({
      ...rows,
      sources: [...rows.sources.filter(({ source }) => source !== given.source), row],
    }));
    return key;
  }

  /** Takes a source and its devices away. False when there is none of this name. */
  async revoke(source: string): Promise<boolean> {
    if (!this.#sourceById.has(source)) return false;
    await this.#change((rows) => ({
      ...rows,
      sources: rows.sources.filter((row) => row.source !== source),
      devices: rows.devices.filter((row) => row.source !== source),
    }));
    return true;
  }

  /**
   * Registers a device with a source, or gives a registered one a new password.
   * @returns the password, to be shown once
   */
  async replaceDevice(given: NewDevice): Promise<Result<string>> {
    if (!this.#sourceById.has(given.source))
      return fail('request.invalid', 'source', { reason: 'there is no source of this name' });
    for (const name of ['user', 'device'] as const)
      if (/[/+#]/.test(given[name]))
        return fail('request.invalid', name, {
          reason: 'must not contain /, + or #, which are signs of MQTT topics',
        });
    // 120 bits in letters that a person can type into a phone.
    const password = [...randomBytes(24)].map((byte) => TYPEABLE[byte & 31]).join('');
    const row: DeviceRow = {
      source: given.source,
      user: given.user,
      device: given.device,
      responderId: given.responderId ?? `${given.user}/${given.device}`,
      callSign: given.callSign ?? given.device,
      passwordHash: hash('sha256', password, 'hex'),
    };
    await this.#change((rows) => ({
      ...rows,
      devices: [
        ...rows.devices.filter(({ user, device }) => user !== given.user || device !== given.device),
        row,
      ],
    }));
    return ok(password);
  }

  /** False when there is no such device. */
  async revokeDevice(user: string, device: string): Promise<boolean> {
    if (this.device(user, device) === undefined) return false;
    await this.#change((rows) => ({
      ...rows,
      devices: rows.devices.filter((row) => row.user !== user || row.device !== device),
    }));
    return true;
  }

  /** Stops looking at the file. */
  close(): void {
    unwatchFile(this.#file);
  }

  /** One change after the other, each from what the file holds now. */
  async #change(change: (rows: KeysFile) => KeysFile): Promise<void> {
    const changed = this.#changing.then(async () => {
      const rows = change(await readKeysFile(this.#file));
      await writeKeysFile(this.#file, rows);
      this.#rows = rows;
      this.#index();
    });
    this.#changing = changed.catch(() => undefined);
    await changed;
  }

  #index(): void {
    this.#sourceByKeyHash = new Map(this.#rows.sources.map((row) => [row.keyHash, row]));
    this.#sourceById = new Map(
      this.#rows.sources.map(({ source, mode, autoCheckIn }) => [
        source,
        { id: source as SourceId, mode, autoCheckIn },
      ]),
    );
    this.#deviceByName = new Map();
    this.#devicesByUser = new Map();
    for (const row of this.#rows.devices) {
      const source = this.#sourceById.get(row.source);
      if (source === undefined) continue;
      const { user, device, callSign } = row;
      const known: Device = { source, user, device, callSign, responderId: row.responderId as ResponderId };
      this.#deviceByName.set(deviceName(user, device), known);
      this.#deviceByName.set(sourceDeviceName(row.source, device), known);
      const ofUser = this.#devicesByUser.get(user);
      if (ofUser === undefined) this.#devicesByUser.set(user, [row]);
      else ofUser.push(row);
    }
  }
}

/** Crockford's base 32: no I, L, O, U. */
const TYPEABLE = '0123456789abcdefghjkmnpqrstvwxyz';

// Names hold no control characters, so the first letter of these keeps both kinds and their parts apart.
const deviceName = (user: string, device: string): string => `\u0001${user}\n${device}`;
const sourceDeviceName = (source: string, device: string): string => `\u0002${source}\n${device}`;

const sameHash = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(one), Buffer.from(other));
