import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = '/tests/browser/shots.test.ts';
const LONG = '/tests/browser/';
const rankOf = ({ moduleId }: TestSpecification): number => {
  if (moduleId.endsWith(LONGEST)) return 0;
  return moduleId.includes(LONG) ? 1 : 2;
};

/** What takes minutes begins first, so that the run does not end with one file on one core. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
