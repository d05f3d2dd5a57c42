/** URIs and relative paths alike: all that is needed of them is where their slashes are. */

/** Everything before the last slash; empty for a bare name. */
export function dirname(uri: string): string {
  const slash = uri.lastIndexOf('/');
  return slash === -1 ? '' : uri.slice(0, slash);
}

export function basename(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/** Resolves `.` and `..` of a relative reference against a directory. */
export function join(directory: string, reference: string): string {
  const steps = directory === '' ? [] : directory.split('/');
  for (const step of reference.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** Whether a file or directory lies in a directory or is it. The empty directory holds everything. */
export function isInside(uri: string, directory: string): boolean {
  return directory === '' || uri === directory || uri.startsWith(`${directory}/`);
}

/** The URI as people write it: relative to a directory, without percent escapes. */
export function relativeTo(uri: string, directory: string): string {
  const relative = directory !== '' && isInside(uri, directory) ? uri.slice(directory.length + 1) : uri;
  return decodePath(relative);
}

/** Without percent escapes; unchanged if they are malformed. */
export function decodePath(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
