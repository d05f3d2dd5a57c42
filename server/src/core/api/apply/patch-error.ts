/** Why a patch cannot be made or applied, in kubectl's and the server's words. Thrown within this folder, and caught in it. */
export class PatchError extends Error {}
