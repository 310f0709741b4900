/** Keeps words for as long as the page lives. */
function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const words = new Map<string, string>();
  return {
    getItem: (name) => words.get(name) ?? null,
    setItem: (name, word) => void words.set(name, word),
    removeItem: (name) => void words.delete(name),
  };
}

/** What this browser keeps for the page; a page that is framed under another host may be refused it, and then forgets. */
function open(name: 'localStorage' | 'sessionStorage'): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window[name];
  } catch (refusal) {
    if (refusal instanceof DOMException) return memory();
    throw refusal;
  }
}

export const pageStorage = open('localStorage');
/** The same for as long as this tab is open. */
export const tabStorage = open('sessionStorage');
