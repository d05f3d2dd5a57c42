import { oneOf, repeatsIn } from '../../field-checks.ts';
import { duplicate, type Errors, type FieldError, internalError, invalid, required } from '../../field-error.ts';
import { goJson } from '../../go-text.ts';
import { type AddressRules, addressErrors } from '../../ip-checks.ts';
import { type Path, SPEC } from '../../path.ts';
import { isExternalName, isHeadless, NONE } from './facts.ts';
import { familyOfAddress, isPlaceholder, readablePlaceholders } from './placeholders.ts';
import type { ServiceSpec } from './types.ts';

const FAMILIES: readonly string[] = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** The list of cluster addresses, which may stand in the field that has only one. */
export function clusterIPsPath({ clusterIP, clusterIPs = [] }: ServiceSpec): Path {
  const path = SPEC.child('clusterIPs');
  // The server copies a single clusterIP into the list, where nobody has written it.
  return clusterIPs.length === 1 && clusterIPs[0] === clusterIP ? path.markedAt(['spec', 'clusterIP']) : path;
}

/** An item of that list; the first may stand in the field that has only one. */
export function clusterIPPath(spec: ServiceSpec, index: number): Path {
  const path = clusterIPsPath(spec);
  const item = path.index(index);
  return path.at.at(-1) === 'clusterIP' && index === 0 ? item.markedAt(path.at) : item;
}

/**
 * Errors among clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy that do not depend on the cluster
 * (pkg/apis/core/validation, ValidateServiceClusterIPsRelatedFields).
 */
export function clusterIPsErrors(spec: ServiceSpec, rules: AddressRules): Errors {
  if (isExternalName(spec)) return [];
  const standalone = [
    ...singularErrors(spec),
    ...familyErrors(spec),
    ...oneOf(spec.ipFamilyPolicy, POLICIES, SPEC.child('ipFamilyPolicy')),
  ];
  const texts = textErrors(spec, rules);
  const errors = [...standalone, ...texts, ...countErrors(spec)];
  return texts.length > 0 ? errors : [...errors, ...stackErrors(spec), ...familyMatchErrors(spec)];
}

function singularErrors(spec: ServiceSpec): Errors {
  const { clusterIP = '', clusterIPs = [] } = spec;
  const path = clusterIPsPath(spec);
  if (clusterIP === '') {
    if (clusterIPs.length === 0) return [];
    return [invalidAddresses(path, clusterIPs, 'must be empty when `clusterIP` is not specified')];
  }
  if (clusterIPs.length === 0) return [required(path)];
  return clusterIPs[0] === clusterIP ? [] : [invalidAddresses(path, clusterIPs, 'first value must match `clusterIP`')];
}

function familyErrors({ ipFamilies = [] }: ServiceSpec): Errors {
  const repeats = repeatsIn(ipFamilies);
  return ipFamilies.flatMap((family, index) => {
    const path = SPEC.child('ipFamilies').index(index);
    return [...oneOf(family, FAMILIES, path), ...(repeats.has(index) ? [duplicate(path, family, goJson)] : [])];
  });
}

/** An error that prints all the addresses. */
export function invalidAddresses(path: Path, clusterIPs: readonly string[] | undefined, detail: string): FieldError {
  const error = invalid(path, clusterIPs, detail);
  return { ...error, message: readablePlaceholders(error.message) };
}

function textErrors(spec: ServiceSpec, rules: AddressRules): Errors {
  const { clusterIPs = [] } = spec;
  return clusterIPs.flatMap((text, index) => {
    if (index > 0 || text !== NONE) {
      return isPlaceholder(text) ? [] : addressErrors(clusterIPPath(spec, index), text, rules);
    }
    const isOnly = clusterIPs.length === 1;
    return isOnly
      ? []
      : [invalidAddresses(clusterIPsPath(spec), clusterIPs, "'None' must be the first and only value")];
  });
}

function countErrors(spec: ServiceSpec): Errors {
  const { clusterIPs = [] } = spec;
  return clusterIPs.length > 2
    ? [invalidAddresses(clusterIPsPath(spec), clusterIPs, 'may only hold up to 2 values')]
    : [];
}

function stackErrors(spec: ServiceSpec): Errors {
  const { clusterIPs = [] } = spec;
  const families = clusterIPs.map(familyOfAddress);
  if (clusterIPs.length < 2 || (new Set(families).size === 2 && !families.includes(undefined))) return [];
  return [
    ...unreadableErrors(spec, families.indexOf(undefined)),
    invalidAddresses(clusterIPsPath(spec), clusterIPs, 'may specify no more than one IP for each IP family'),
  ];
}

/** Only an update gets here with a text that is no address: one that it keeps from the stored object. */
function unreadableErrors(spec: ServiceSpec, index: number): Errors {
  const text = spec.clusterIPs?.[index];
  if (text === undefined) return [];
  const detail = `failed to check for dual stack with error:invalid IP[${index}]: ${text}`;
  return [internalError(clusterIPsPath(spec), detail)];
}

function familyMatchErrors(spec: ServiceSpec): Errors {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  if (isHeadless(spec)) return [];
  return clusterIPs.slice(0, ipFamilies.length).flatMap((text, index) => {
    const wanted = ipFamilies[index] ?? '';
    if (!FAMILIES.includes(wanted) || familyOfAddress(text) === wanted) return [];
    const detail = `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``;
    return [invalid(clusterIPPath(spec, index), text, detail)];
  });
}
