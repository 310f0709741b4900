import { describe, expect, it } from 'vitest';
import { Course } from './course.ts';

describe('a course', () => {
  it('keeps the newest samples and no more, oldest first', () => {
    const course = new Course(3, 10);
    for (let step = 0; step < 5; step += 1) expect(course.take(step * 10, step)).toBe(true);
    expect(course.samples().map(({ value }) => value)).toEqual([2, 3, 4]);
  });

  it('passes over what comes sooner than a step', () => {
    const course = new Course(3, 10);
    course.take(0, 1);
    expect(course.take(9, 2)).toBe(false);
    expect(course.samples()).toEqual([{ at: 0, value: 1 }]);
  });

  it('breaks where nothing was known for a while', () => {
    const course = new Course(9, 10);
    course.take(0, 1);
    course.take(30, 2);
    course.take(61, 3);
    expect(course.samples().map(({ value }) => value)).toEqual([1, 2, undefined, 3]);
  });

  it('begins anew when time steps back', () => {
    const course = new Course(9, 10);
    course.take(100, 1);
    course.take(50, 2);
    expect(course.samples()).toEqual([{ at: 50, value: 2 }]);
  });
});
