/** Said with a socket's close code: come back at once, so that you are checked again. Nothing is wrong. */
export const lookAgainCode = 4000;
/** Too far behind: come back and begin anew. */
export const tooFarBehindCode = 4001;
