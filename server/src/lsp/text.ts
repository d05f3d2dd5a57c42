/**
 * The text of a file's bytes: UTF-8, or UTF-16 where a byte order mark says so. Bytes that are no UTF-8 become U+FFFD, as
 * editors show them. A byte order mark is not part of the text.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

/** Larger files are no manifests that people write, and would hold up every answer. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Directories that hold other people's files or generated ones. */
export const IGNORED_DIRECTORIES: readonly string[] = ['node_modules', 'vendor', '.git', '.terraform', '.venv'];
