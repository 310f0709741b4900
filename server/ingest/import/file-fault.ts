/** The file as a whole is none of the mapping's: it is in another encoding, or lacks columns. */
export class FileFault extends Error {}
