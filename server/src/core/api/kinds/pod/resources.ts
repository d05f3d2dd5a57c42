import { type Amount, isWhole, parseAmount, type ResourceList } from '../../amount.ts';
import { dnsLabel, each, entriesOf } from '../../field-checks.ts';
import {
  duplicate,
  type Errors,
  forbidden,
  invalid,
  invalidText,
  mostErrorsPrinting,
  notFound,
  notSupported,
  required,
} from '../../field-error.ts';
import { compareBytes } from '../../go-text.ts';
import { ownValue } from '../../json.ts';
import { qualifiedNameProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import type { ResourceRequirements } from './types.ts';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const STANDARD: ReadonlySet<string> = new Set([
  ...COMPUTE,
  ...COMPUTE.map((name) => `requests.${name}`),
  ...COMPUTE.map((name) => `limits.${name}`),
  ...COUNTED,
  'storage',
  'requests.storage',
]);

/** Memory in pages of a size that the name says. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Whether a node may promise more of it than it has (pkg/apis/core/v1/helper, IsOvercommitAllowed). */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** What a Pod as a whole may claim. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedNameProblems(`requests.${name}`).length === 0;
}

function standardNameErrors(name: string, path: Path): Errors {
  const errors = qualifiedNameProblems(name).map((problem) => invalidText(path, name, problem));
  if (errors.length > 0 || name.includes('/')) return errors;
  const isStandard = STANDARD.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
  return isStandard ? [] : [invalidText(path, name, 'must be a standard resource type or fully qualified')];
}

function containerNameErrors(name: string, path: Path): Errors {
  const errors = standardNameErrors(name, path);
  if (!name.includes('/')) {
    const isForContainers = COMPUTE.includes(name) || isHugePages(name);
    return isForContainers
      ? errors
      : [...errors, invalidText(path, name, 'must be a standard resource for containers')];
  }
  if (isNative(name) || isExtended(name)) return errors;
  return [...errors, invalidText(path, name, "doesn't follow extended resource name standard")];
}

function podNameErrors(name: string, path: Path): Errors {
  const errors = standardNameErrors(name, path);
  if (errors.length > 0 || isPodLevelResource(name)) return errors;
  return [notSupported(path, name, ['cpu', 'hugepages-', 'memory'])];
}

/** An amount must not be negative, and whole for things that are counted (ValidateResourceQuantityValue). */
function amountErrors(name: string, value: string, path: Path): Errors {
  const amount = parseAmount(value);
  if (amount === undefined) return [];
  const { nano, text } = amount;
  const isCounted = COUNTED.includes(name) || isExtended(name);
  return [
    ...(nano < 0n ? [invalid(path, text, 'must be greater than or equal to 0')] : []),
    ...(isCounted && !isWhole(amount) ? [invalid(path, text, 'must be an integer')] : []),
  ];
}

/** Errors of a container's requests and limits (pkg/apis/core/validation, validateContainerResourceRequirements). */
export function containerResourceErrors(
  resources: ResourceRequirements,
  claimNames: readonly string[],
  path: Path,
): Errors {
  return requirementErrors(resources, containerNameErrors, claimNames, path);
}

/** The same of the Pod as a whole (validatePodResourceRequirements). */
export function podResourceErrors(resources: ResourceRequirements, claimNames: readonly string[], path: Path): Errors {
  return requirementErrors(resources, podNameErrors, claimNames, path);
}

/** The errors of a resource's name. */
type ResourceCheck = (name: string, path: Path) => Errors;

function requirementErrors(
  { limits = {}, requests = {}, claims = [] }: ResourceRequirements,
  checkName: ResourceCheck,
  claimNames: readonly string[],
  path: Path,
): Errors {
  const itemErrors = (name: string, value: string, at: Path): Errors => [
    ...checkName(name, at),
    ...amountErrors(name, value, at),
  ];
  return [
    ...entriesOf(limits).flatMap(([name, value]) => {
      const at = path.child('limits').key(name);
      return [...itemErrors(name, value, at), ...hugePageErrors(name, value, at)];
    }),
    ...entriesOf(requests).flatMap(([name, value]) => {
      const at = path.child('requests').key(name);
      return [
        ...itemErrors(name, value, at),
        ...limitErrors(name, value, limits, path),
        ...hugePageErrors(name, value, at),
      ];
    }),
    ...loneHugePageErrors([...Object.keys(limits), ...Object.keys(requests)], path),
    ...claimErrors(claims, claimNames, path.child('claims')),
  ];
}

/** A request is at most its limit; of things that cannot be overcommitted it is just that. */
function limitErrors(name: string, value: string, limits: ResourceList, path: Path): Errors {
  const at = path.child('requests').markedAt([...path.at, 'requests', name]);
  const limit = ownValue(limits, name);
  if (limit === undefined) {
    const detail = 'Limit must be set for non overcommitable resources';
    return isOvercommitAllowed(name) ? [] : [required(path.child('limits'), detail)];
  }
  const [amount, most] = [parseAmount(value), parseAmount(limit)];
  if (amount === undefined || most === undefined || amount.nano === most.nano) return [];
  if (!isOvercommitAllowed(name)) {
    return [invalid(at, amount.text, `must be equal to ${name} limit of ${most.text}`)];
  }
  if (amount.nano < most.nano) return [];
  return [invalid(at, amount.text, `must be less than or equal to ${name} limit of ${most.text}`)];
}

function hugePageErrors(name: string, value: string, path: Path): Errors {
  const amount = isHugePages(name) ? parseAmount(value) : undefined;
  if (amount === undefined || isMultipleOf(amount, parseAmount(name.slice('hugepages-'.length)))) return [];
  const { text } = amount;
  return [invalid(path, text, `${text} is not positive integer multiple of ${name}`)];
}

function isMultipleOf({ nano }: Amount, page: Amount | undefined): boolean {
  return page !== undefined && page.nano > 0n && isWhole(page) && nano % page.nano === 0n;
}

function loneHugePageErrors(names: readonly string[], path: Path): Errors {
  const isLone = names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory');
  return isLone ? [forbidden(path, 'HugePages require cpu or memory')] : [];
}

/** Claims must be among those of the Pod, and no request may be named twice (validateResourceClaimNames). */
function claimErrors(
  claims: NonNullable<ResourceRequirements['claims']>,
  claimNames: readonly string[],
  path: Path,
): Errors {
  const seen: SeenClaims = new Map();
  const known = new Set(claimNames);
  const detail = unknownClaimDetail(known);
  let left = mostErrorsPrinting(detail);
  return each(claims, path, ({ name = '', request = '' }, at) => {
    if (name === '') return [required(at)];
    const errors = repeatedClaimErrors(name, request, seen, at);
    seen.set(name, (seen.get(name) ?? new Set()).add(request));
    if (known.has(name) || left === 0) return errors;
    left -= 1;
    return [...errors, notFound(at, name, detail)];
  });
}

/** The requests of each claim so far; an empty one is the whole claim. */
type SeenClaims = Map<string, Set<string>>;

function repeatedClaimErrors(name: string, request: string, claims: SeenClaims, path: Path): Errors {
  const seen = claims.get(name) ?? new Set();
  if (seen.has('')) return [duplicate(path, name)];
  if (request === '') return [...seen].map(() => duplicate(path, name));
  const repeated = seen.has(request) ? [duplicate(path, `${name}/${request}`)] : [];
  return [...dnsLabel(request, path.child('request')), ...repeated];
}

function unknownClaimDetail(claimNames: ReadonlySet<string>): string {
  const names = [...claimNames].sort(compareBytes);
  const list = names.length === 0 ? ' which is empty' : `: ${names.join(', ')}`;
  return `must be one of the names in pod.spec.resourceClaims${list}`;
}
