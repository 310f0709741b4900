/** The log could not take records: nothing of what was asked is kept, and it may be sent again. */
export class LogUnavailable extends Error {
  constructor(cause: unknown) {
    super('the log could not be written', { cause });
  }
}
