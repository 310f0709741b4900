import type { SourceId, GridId } from '../domain/ids.ts';
import type { Mode } from '../domain/mode.ts';
import type { EventRecord } from '../domain/record.ts';
import type { EpochMs, FrameNo, Seq } from '../domain/units.ts';

/**
 * What the world gained since the frame `from`: the events that changed it, as they are (but `grid.risk`, whose
 * outcome is in `risks`), and in columns the fixes that the fold took, the sources heard, and the grids whose
 * risk changed. A frame is applied in this order:
 *
 *   sources → events (in the order in which they were folded) → fixes (row order) → risks → the world's clock is moved to `at`
 *
 * Fixes are residuals: what remains after the prediction that the world itself makes from the slot's last two
 * fixes (prediction.ts). A slot without a fix is expected at 0/0, so its first residual is the place itself.
 * All of a slot's fixes are there, in order, so that whoever applies frames has the very world of whoever
 * folded the records.
 *
 *   f76 ──f77(from 76, to 77)── f78        merge(f77, f78) = frame(from 76, to 78)
 */
export interface Frame {
  readonly from: FrameNo;
  readonly to: FrameNo;
  /** The server's time at which the frame was cut. */
  readonly at: EpochMs;
  /** The last record that is in it. */
  readonly seq: Seq;
  readonly events: readonly EventRecord[];
  readonly fixes: FixRows;
  readonly sources: readonly SourceRow[];
  readonly risks: readonly RiskRow[];
  /**
   * Slots that its events emptied (check-in, check-out). Fixes of an earlier frame for them are dropped in a
   * merge. Not on the wire: only who cut the frame merges.
   */
  readonly clearedSlots: readonly number[];
  /** Whose turn it was. Only who cut the frame knows; on the wire it makes the slots short (turns.ts). */
  readonly turn?: Turn | undefined;
}

/** A frame as it comes out of its bytes: whose its fixes are may be said as a turn, which only a world can tell. */
export interface SentFrame extends Omit<Frame, 'fixes' | 'turn'> {
  readonly fixes: FixRows | TurnRows;
}

/** The slots whose next fix was expected to be measured in a second, in the world where the frame begins. */
export interface Turn {
  readonly atSeconds: number;
  readonly due: Uint32Array;
}

interface FixColumns {
  readonly count: number;
  /** Residual against the prediction, in hundred-thousandths of a degree. */
  readonly lngResidual: Int32Array;
  readonly latResidual: Int32Array;
  /** `floor(frame.at / 1000) - fixAt`, in seconds; negative when a device's clock runs ahead. */
  readonly ageSeconds: Int32Array;
}

/** Rows sorted by slot; rows of one slot stay in their order. */
export interface FixRows extends FixColumns {
  readonly slot: Uint32Array;
}

/** The same rows, their slots in the words of a turn. */
export interface TurnRows extends FixColumns {
  readonly turn: {
    readonly atSeconds: number;
    /** Places among the due, ascending, of those who sent nothing. */
    readonly missed: Uint32Array;
    /** Slots of the rows that are not the first of somebody who was due, ascending. */
    readonly others: Uint32Array;
  };
}

export interface SourceRow {
  readonly source: SourceId;
  readonly lastReceivedAt: EpochMs;
  readonly mode: Mode;
}

export interface RiskRow {
  readonly gridId: GridId;
  readonly level: number;
}
