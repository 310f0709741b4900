import type { DatabaseSync } from 'node:sqlite';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Names } from './record-codec.ts';

export type NameRow = readonly [id: number, name: string];

/** Numbers for names; a number that is new has to be written together with the first record that uses it. */
export class NameTable implements Names {
  readonly #idOfName = new Map<string, number>();
  readonly #nameOfId = new Map<number, string>();
  readonly #unwritten = new Map<number, string>();
  #next = 1;

  constructor(rows: Iterable<NameRow>) {
    for (const [id, name] of rows) this.#set(id, name);
  }

  idOf(name: ResponderId): number {
    const known = this.#idOfName.get(name);
    if (known !== undefined) return known;
    const id = this.#next;
    this.#set(id, name);
    this.#unwritten.set(id, name);
    return id;
  }

  nameOf(id: number): ResponderId {
    const name = this.#nameOfId.get(id);
    if (name === undefined) throw new Error(`there is no responder number ${id} in the log`);
    return name as ResponderId;
  }

  /** All that may not be on disk yet. Several appends may write the same ones; the first that succeeds counts. */
  unwritten(): readonly NameRow[] {
    return [...this.#unwritten];
  }

  written(rows: readonly NameRow[]): void {
    for (const [id] of rows) this.#unwritten.delete(id);
  }

  #set(id: number, name: string): void {
    this.#idOfName.set(name, id);
    this.#nameOfId.set(id, name);
    if (id >= this.#next) this.#next = id + 1;
  }
}

/** The names of a log that another connection writes: each is asked for when it is first met. */
export function readNames(database: DatabaseSync): Pick<Names, 'nameOf'> {
  const known = new Map<number, ResponderId>();
  const find = database.prepare('SELECT name FROM names WHERE id = ?');
  return {
    nameOf: (id) => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const row = find.get(id);
      if (row === undefined) throw new Error(`there is no responder number ${id} in the log`);
      const name = String(row['name']) as ResponderId;
      known.set(id, name);
      return name;
    },
  };
}
