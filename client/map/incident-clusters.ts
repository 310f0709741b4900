import { HIDDEN_IN_CLUSTER, INCIDENT_STRIDE_BYTES, LARGEST_CLUSTER } from '../world/incident-marks.ts';
import type { InstanceTable } from '../world/instance-table.ts';
import { CLOCK_RING_SECONDS } from '../world/ring-state.ts';

const FLOATS = INCIDENT_STRIDE_BYTES / 4;
const LOOK = 24;

/**
 * Lets marks that lie upon each other be one, with their number: the worst of them stands for all. `seconds` is the
 * shown clock's. What has ended or is another department's takes no part, and an urgent one whose ring runs is never taken
 * away. Answers how many marks stand for several.
 *
 * Rows are sorted with the urgent ones last, so what stands for others is never less urgent than they are.
 */
export function clusterIncidents(table: InstanceTable, seconds: number, withinUnits: number): number {
  const { floats, bytes, count } = table;
  const isOpen = (row: number): boolean =>
    seconds < (floats[row * FLOATS + 4] ?? 0) && bytes[row * INCIDENT_STRIDE_BYTES + LOOK + 2] === 0;
  const mayBeTaken = (row: number): boolean =>
    isOpen(row) &&
    ((bytes[row * INCIDENT_STRIDE_BYTES + LOOK + 1] ?? 0) > 2 ||
      seconds - (floats[row * FLOATS + 2] ?? 0) >= CLOCK_RING_SECONDS);
  const taken = new Uint8Array(count);
  let clusters = 0;
  for (let row = count - 1; row >= 0; row--) {
    let stands = 0;
    if (taken[row] === 1) stands = HIDDEN_IN_CLUSTER;
    else if (isOpen(row)) {
      let members = 1;
      for (let other = 0; other < row; other++) {
        if (taken[other] === 1 || !mayBeTaken(other)) continue;
        const east = (floats[other * FLOATS] ?? 0) - (floats[row * FLOATS] ?? 0);
        const north = (floats[other * FLOATS + 1] ?? 0) - (floats[row * FLOATS + 1] ?? 0);
        if (Math.hypot(east, north) > withinUnits) continue;
        taken[other] = 1;
        members += 1;
      }
      if (members > 1) {
        stands = Math.min(LARGEST_CLUSTER, members);
        clusters += 1;
      }
    }
    const byte = row * INCIDENT_STRIDE_BYTES + LOOK + 3;
    if (bytes[byte] === stands) continue;
    bytes[byte] = stands;
    table.touch(row);
  }
  return clusters;
}
