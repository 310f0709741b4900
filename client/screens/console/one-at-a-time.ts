/**
 * Makes a function that runs one thing at a time: however often it is called while that is under way, it is run once more
 * afterwards. So a replay at 600 times its speed, or a post that is dragged, asks no faster than it is answered.
 */
export function oneAtATime(run: () => Promise<void>): () => void {
  let isUnderWay = false;
  let isWanted = false;
  const goOn = async (): Promise<void> => {
    isUnderWay = true;
    try {
      while (isWanted) {
        isWanted = false;
        await run();
      }
    } finally {
      isUnderWay = false;
    }
  };
  return () => {
    isWanted = true;
    if (!isUnderWay) void goOn();
  };
}
