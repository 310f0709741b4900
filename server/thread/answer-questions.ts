import { parentPort } from 'node:worker_threads';
import type { FromThread, Topics, ToThread } from './thread-messages.ts';

/**
 * The side of the thread: answers what is asked, one question after the other, until it is told to stop.
 * @param close lets go of files and timers, so that the thread can end
 * @returns to be called once the thread is ready
 * @throws when this is no thread
 */
export function answerQuestions<Q extends Topics<Q>, Ready = undefined>(
  answers: { readonly [T in keyof Q]: (ask: Q[T]['ask']) => Q[T]['answer'] },
  close: () => void,
): (ready: Ready) => void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs as a thread only');
  const tell = (message: FromThread<Q, Ready>): void => port.postMessage(message);
  port.on('message', (message: ToThread<Q>) => {
    if (message.type === 'stop') {
      close();
      port.close();
      return;
    }
    try {
      tell({ type: 'answer', id: message.id, answer: answers[message.topic](message.ask) });
    } catch (error) {
      tell({ type: 'failed', id: message.id, error: String(error) });
    }
  });
  return (ready) => tell({ type: 'ready', ready });
}

/** From within a thread: a line for the log of the gateway. */
export function warn(about: object, sentence: string): void {
  parentPort?.postMessage({ type: 'warning', about, sentence } satisfies FromThread<never, never>, []);
}
