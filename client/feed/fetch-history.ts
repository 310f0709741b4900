import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';

/** What history answers at an address; a fault where it has no such minute, or nothing answers. */
export async function fetchHistory<T>(
  address: string,
  read: (answer: Response) => Promise<T>,
): Promise<Result<T>> {
  try {
    const answer = await fetch(address);
    if (answer.status === 404) return fail('history.minute.notYet');
    if (!answer.ok) return fail('server.unavailable');
    return ok(await read(answer));
  } catch {
    // No answer, or one that broke off or was no JSON: the same to whoever looks at the wall.
    return fail('server.unavailable');
  }
}
