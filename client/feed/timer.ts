/** Time as the feeds know it: a clock of ours that never steps, and a beat. Tests bring their own. */
export interface Timer {
  /** Milliseconds since some moment; steady, also when the machine's clock is set. */
  now(): number;
  /** Calls `beat` about every `milliseconds` until the returned function is called. */
  every(milliseconds: number, beat: () => void): () => void;
}

export const browserTimer: Timer = {
  now: () => performance.now(),
  every(milliseconds, beat) {
    const id = setInterval(beat, milliseconds);
    return () => {
      clearInterval(id);
    };
  },
};
