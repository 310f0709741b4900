import type { SourceKeys } from '../access/source-keys.ts';
import type { Ingest } from './ingest.ts';

/** What a door needs: where records go, and who may send. */
export interface Doors {
  readonly ingest: Ingest;
  readonly sourceKeys: SourceKeys;
}
