import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own that answers requests, one at a time. */
export interface Child<Request, Answer> {
  ask(request: Request): Promise<Answer>;
  stop(): Promise<void>;
}

type Reply<Answer> = { readonly answer: Answer } | { readonly error: string };

/** Starts a `*.child.ts`, which calls `answerParent`. What travels is cloned, typed arrays included. */
export function startChild<Request extends object, Answer>(file: URL): Child<Request, Answer> {
  const child = fork(file, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  return {
    ask: async (request) => {
      const reply = Promise.race([once(child, 'message'), exited.then(() => undefined)]);
      child.send(request);
      const [message] = ((await reply) ?? [{ error: `${file.pathname} ended too soon` }]) as [Reply<Answer>];
      if ('error' in message) throw new Error(message.error);
      return message.answer;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** Answers the requests of the process that started this one, and ends with it; `stop` tidies up before. */
export function answerParent<Request>(
  answer: (request: Request) => Promise<unknown>,
  stop: () => Promise<void> = async () => undefined,
): void {
  process.on('message', (request: Request) => {
    answer(request).then(
      (given) => process.send?.({ answer: given }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => {
    stop().finally(() => process.exit(0));
  });
}

/** Milliseconds of a clock that all processes of the machine share. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Processor milliseconds that this process has used, all threads and the kernel's part. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
