/** Two notes, a third of a second each: heard once for each new alarm, and not again. */
const NOTES_HERTZ = [880, 659] as const;
const NOTE_SECONDS = 0.33;
const LOUDNESS = 0.25;

/**
 * Plays the sound of a new alarm. A browser that nobody has touched stays silent unless it was started with its
 * autoplay policy off, as kiosks are; then this does nothing.
 */
export class AlarmSound {
  #context: AudioContext | undefined;

  play(): void {
    this.#context ??= new AudioContext();
    const context = this.#context;
    if (context.state === 'suspended') void context.resume();
    for (const [index, hertz] of NOTES_HERTZ.entries()) {
      const from = context.currentTime + index * NOTE_SECONDS;
      const note = new OscillatorNode(context, { type: 'sine', frequency: hertz });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, from + NOTE_SECONDS);
      note.connect(gain).connect(context.destination);
      note.start(from);
      note.stop(from + NOTE_SECONDS);
    }
  }

  close(): void {
    void this.#context?.close();
  }
}
