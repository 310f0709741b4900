/** Where a file of the pack is fetched from; absolute, because workers ask as well. */
export const cityFile = (cityUrl: string, file: string): string =>
  new URL(`${cityUrl}/${file}`, document.baseURI).href;
