/** How long the words must be that seal a file: shorter ones are guessed, since whoever has the file may try for ever. */
export const PASSPHRASE_MIN = 12
