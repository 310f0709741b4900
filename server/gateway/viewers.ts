import { frameNo, type FrameNo } from '@maplewall/shared/domain/units.ts';
import type { Cut } from '../projection/world-keeper.ts';
import type { EncodeOnce } from './encode-once.ts';
import { newViewer, step, type Viewer } from './viewer.ts';

/** How bytes reach one viewer, and all that are in step at once. */
export interface ViewerLine {
  send(envelope: Uint8Array): void;
  /** Puts the viewer among those that `Broadcast` reaches, or takes it out. */
  setInStep(inStep: boolean): void;
}
export type Broadcast = (envelope: Uint8Array) => void;

interface Seat {
  viewer: Viewer;
  inStep: boolean;
  readonly line: ViewerLine;
}

/**
 * All viewers of one gateway. Those in step are served with one broadcast, so that a frame costs one encoding and
 * one packet however many watch; the others one by one, at the cut and at no other time.
 */
export class Viewers {
  readonly #seats = new Map<string, Seat>();
  readonly #encodeOnce: EncodeOnce;
  readonly #broadcast: Broadcast;

  constructor(encodeOnce: EncodeOnce, broadcast: Broadcast) {
    this.#encodeOnce = encodeOnce;
    this.#broadcast = broadcast;
  }

  get count(): number {
    return this.#seats.size;
  }

  /** Viewers that wait for their own answer before they get more. */
  get waiting(): number {
    let waiting = 0;
    for (const { inStep } of this.#seats.values()) if (!inStep) waiting += 1;
    return waiting;
  }

  /** A viewer that holds `frame` of this run; undefined for one that holds nothing of it. */
  add(id: string, frame: FrameNo | undefined, line: ViewerLine): void {
    this.#seats.set(id, { viewer: newViewer(frame ?? frameNo(0)), inStep: false, line });
  }

  remove(id: string): void {
    this.#seats.delete(id);
  }

  drawn(id: string, frame: FrameNo): void {
    const seat = this.#seats.get(id);
    if (seat !== undefined) seat.viewer = step(seat.viewer, { type: 'drawn', frame }).viewer;
  }

  onCut(cut: Cut): void {
    this.#encodeOnce.onCut(cut);
    const to = cut.type === 'frame' ? cut.frame.to : cut.to;
    // After a break nobody holds the frame before: all are sent what they missed, which is a keyframe then.
    const from = cut.type === 'frame' ? cut.frame.from : frameNo(-1);
    let anyInStep = false;
    for (const seat of this.#seats.values()) {
      const { viewer, effect } = step(seat.viewer, { type: 'cut', from, to });
      seat.viewer = viewer;
      const inStep = effect.type === 'frame';
      if (inStep !== seat.inStep) {
        seat.inStep = inStep;
        seat.line.setInStep(inStep);
      }
      anyInStep ||= inStep;
      if (effect.type === 'catchUp') seat.line.send(this.#encodeOnce.catchUp(effect.from));
    }
    if (anyInStep) this.#broadcast(this.#encodeOnce.newest(to));
  }
}
