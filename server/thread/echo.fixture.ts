import { answerQuestions } from './answer-questions.ts';

/** A thread for tests: says what it is told, fails, or dies. */
export interface EchoQuestions {
  readonly say: { readonly ask: unknown; readonly answer: unknown };
  readonly fail: { readonly ask: string; readonly answer: never };
  readonly die: { readonly ask: null; readonly answer: never };
}

const sayReady = answerQuestions<EchoQuestions, string>(
  {
    say: (what) => what,
    fail: (why) => {
      throw new Error(why);
    },
    die: () => process.exit(1),
  },
  () => undefined,
);
sayReady('at your service');
