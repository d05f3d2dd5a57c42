// Installs the packages of the lockfile when they are missing or others; needs nothing but Node.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { must, root } from './process.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Package */

/** Runs `npm ci` unless node_modules is what package-lock.json says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci)');
  await must('npm', 'ci');
}

/** npm writes what it has installed into a lockfile of its own, where packages for other platforms are missing. */
function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  const wanted = packagesIn('package-lock.json');
  return (
    Object.entries(wanted).every(([path, entry]) => path === '' || isSame(entry, installed[path])) &&
    Object.keys(installed).every((path) => path in wanted)
  );
}

/**
 * @param {Package} wanted
 * @param {Package | undefined} installed
 */
function isSame(wanted, installed) {
  if (installed === undefined) return Boolean(wanted.optional || wanted.devOptional);
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

/**
 * @param {string} lockfile
 * @returns {Record<string, Package>}
 */
function packagesIn(lockfile) {
  const path = resolve(root, lockfile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}
