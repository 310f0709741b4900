/** Why the gateway cannot start, as one sentence that says what to do. */
export class StartFault extends Error {}
