import { describe, expect, it } from 'vitest';
import { makeLogger } from './logger.ts';

describe('the log of the gateway', () => {
  it('says what an error was and where it came from', () => {
    const lines: string[] = [];
    makeLogger('warn', { write: (line) => void lines.push(line) }).error(
      { error: new Error('the disk is full', { cause: new Error('ENOSPC') }), source: 's' },
      'not written',
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'not written',
      source: 's',
      error: {
        message: expect.stringContaining('the disk is full'),
        stack: expect.stringContaining('logger.test.ts'),
      },
    });
  });
});
