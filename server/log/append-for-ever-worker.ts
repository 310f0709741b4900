import { eventDraft } from './record-drafts.fixture.ts';
import { openSqliteLog } from './sqlite-log.ts';

/** A process to be killed: appends for ever and prints the last seq that was acknowledged. */
const log = await openSqliteLog({ file: process.argv[2] ?? '' });
for (let group = 0; ; group += 1) {
  const appended = await log.append(
    Array.from({ length: 50 }, (_, index) => eventDraft(`${group}-${index}`)),
  );
  console.log(appended.at(-1)?.seq);
}
