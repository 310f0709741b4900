import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { minuteNo } from '@maplewall/shared/domain/units.ts';
import { CourseStore } from '../reach/course-store.ts';
import { CoverageMeter } from './coverage-meter.ts';

it('says what a day of coverage takes by what the file takes for each minute in it, and nothing where there is no file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maplewall-coverage-'));
  const file = join(folder, 'coverage.db');
  const meter = new CoverageMeter(file);
  expect([meter.step(), meter.size().bytes, meter.bytesPerDay]).toEqual([false, 0, 0]);
  const course = new CourseStore(file, { describes: '', areas: '' }, 1, minuteNo(0));
  const shares = { blocks: [0, 0.1, 0.2, null], places: [0, 0, 0, 0], incidents: [1, 1, 1, 1] };
  // Of two days far from each other: a time without minutes takes nothing.
  for (let minute = 0; minute < 120; minute += 1)
    course.set(
      minuteNo(minute < 60 ? minute + 1 : minute + 1_000_000),
      Array.from({ length: 100 }, () => shares),
      7,
      '',
    );
  for (let round = 0; round < 2; round += 1) {
    while (meter.step());
    const { bytes, reusableBytes } = meter.size();
    expect(bytes).toBeGreaterThan(4_096);
    expect(meter.bytesPerDay).toBe(Math.round(((bytes - reusableBytes) / 120) * 1_440));
  }
  course.close();
  await rm(folder, { recursive: true });
});
