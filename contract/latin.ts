/** The letters that every reader of PDF files has by itself (Windows-1252): papers are written with them. Names of taxpayers here are. */
export const LATIN = /^[ -~\xa0-ÿ€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/
