/** What a source brings, by the words in its name; an unknown one is called by its name. */
const SUBJECTS = [
  [/110|incident/i, 'incidents'],
  [/position|phone|owntracks|osmand/i, 'positions'],
  [/risk/i, 'risk'],
  [/platform/i, 'platforms'],
] as const;

type Subject = (typeof SUBJECTS)[number][1];

export const subjectOf = (id: string): Subject | undefined =>
  SUBJECTS.find(([pattern]) => pattern.test(id))?.[1];

/** What sources are called, in their order: by what they bring, with the name beside it where several bring the same. */
export function sourceNames(ids: readonly string[], wordOf: (subject: Subject) => string): readonly string[] {
  const subjects = ids.map(subjectOf);
  return ids.map((id, index) => {
    const subject = subjects[index];
    if (subject === undefined) return id;
    const isAlone = subjects.indexOf(subject) === subjects.lastIndexOf(subject);
    return isAlone ? wordOf(subject) : `${wordOf(subject)} ${id}`;
  });
}
