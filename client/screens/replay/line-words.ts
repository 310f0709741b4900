/** What stands under the pointer at a mark or a flag of the line. Visitors see neither addresses nor what people wrote. */

export const markWords = (
  clock: string,
  category: string,
  place: string,
  late: string | undefined,
  isVisitor: boolean,
): string => {
  const words = [clock, category, isVisitor ? '' : place, late === undefined ? '' : `(${late})`];
  return words.filter((word) => word !== '').join(' ');
};

export const flagWords = (clock: string, text: string, isVisitor: boolean): string =>
  isVisitor ? clock : `${clock} ${text}`;
