import { type Errors, type FieldError, invalid } from '../../field-error.ts';
import type { Path } from '../../path.ts';

/** Checks of paths in volumes (pkg/apis/core/validation). No part of a path may be `..` (validatePathNoBacksteps). */
export function noBackstepErrors(text: string, path: Path): Errors {
  return text.split('/').includes('..') ? [invalid(path, text, "must not contain '..'")] : [];
}

/** A path below something (validateLocalDescendingPath). */
export function descendingPathErrors(text: string, path: Path): Errors {
  const absolute = text.startsWith('/') ? [invalid(path, text, 'must be a relative path')] : [];
  return [...absolute, ...noBackstepErrors(text, path)];
}

/** The same, and no name that starts with two dots, which the kubelet uses itself (ValidateLocalNonReservedPath). */
export function localPathErrors(text: string, path: Path): Errors {
  const errors: FieldError[] = [...descendingPathErrors(text, path)];
  if (text.startsWith('..') && !text.startsWith('../')) errors.push(invalid(path, text, "must not start with '..'"));
  return errors;
}

/** Permission bits of a file, up to 0777. */
export function fileModeErrors(mode: number | undefined, path: Path): Errors {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
