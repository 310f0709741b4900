import type { FrameNo } from '@maplewall/shared/domain/units.ts';

/**
 * One viewer, as a pure machine. It answers every second frame, or each message that brings more than one; so one that
 * keeps up has one or two unanswered, and one with as many as the credit is three behind.

 *
 *   VWR1  A viewer that has at most CREDIT_FRAMES unanswered messages is in step: it gets each frame as it is cut.
 *   VWR2  One with more gets nothing until it answers; so at most CREDIT_FRAMES messages wait for it anywhere.
 *   VWR3  When it has answered and is below the credit again, the next cut brings in one message what it missed.
 *   VWR4  A viewer gets a frame only if it holds the frame before; else it is sent what it missed, or a keyframe.
 *   VWR5  An answer for a frame that was never sent, or older than the last answer, changes nothing.
 *
 *      hello ──► behind ──next cut──► in step ──credit used up──► waiting ──answer──► behind …
 */
export const CREDIT_FRAMES = 4;

export interface Viewer {
  /** The frame that it will hold when everything sent has arrived; 0 for none. */
  readonly sent: FrameNo;
  /** Numbers of the messages that it has not answered yet, oldest first. */
  readonly unanswered: readonly FrameNo[];
}

export type ViewerEvent =
  | { readonly type: 'cut'; readonly from: FrameNo; readonly to: FrameNo }
  | { readonly type: 'drawn'; readonly frame: FrameNo };

/** What is to be sent: the frame as it was cut, or all since `from` (a keyframe where that is not at hand). */
export type ViewerEffect =
  | { readonly type: 'none' }
  | { readonly type: 'frame'; readonly to: FrameNo }
  | { readonly type: 'catchUp'; readonly from: FrameNo; readonly to: FrameNo };

export interface ViewerStep {
  readonly viewer: Viewer;
  readonly effect: ViewerEffect;
}

/** A viewer that holds `frame` of this run (0 for nothing). */
export const newViewer = (frame: FrameNo): Viewer => ({ sent: frame, unanswered: [] });

export const hasCredit = (viewer: Viewer): boolean => viewer.unanswered.length < CREDIT_FRAMES;

export function step(viewer: Viewer, event: ViewerEvent): ViewerStep {
  switch (event.type) {
    case 'cut': {
      if (!hasCredit(viewer)) return { viewer, effect: { type: 'none' } };
      const effect: ViewerEffect =
        viewer.sent === event.from && viewer.sent !== 0
          ? { type: 'frame', to: event.to }
          : { type: 'catchUp', from: viewer.sent, to: event.to };
      return { viewer: withSent(viewer, event.to), effect };
    }
    case 'drawn': {
      const position = viewer.unanswered.indexOf(event.frame);
      if (position === -1) return { viewer, effect: { type: 'none' } };
      const answered: Viewer = { sent: viewer.sent, unanswered: viewer.unanswered.slice(position + 1) };
      return { viewer: answered, effect: { type: 'none' } };
    }
  }
}

const withSent = (viewer: Viewer, to: FrameNo): Viewer => ({
  sent: to,
  unanswered: [...viewer.unanswered, to],
});
