import { sameValue } from '../../equal.ts';
import { each, entriesOf, repeatsIn } from '../../field-checks.ts';
import { quote } from '../../go-text.ts';
import { addressWarnings } from '../../ip-checks.ts';
import { labelValueProblems } from '../../names.ts';
import type { ObjectMeta } from '../../object-meta.ts';
import type { Path } from '../../path.ts';
import { eachWarning, fieldWarning, fractionWarnings, type Warnings } from '../../warning.ts';
import { APP_ARMOR_CONTAINER, SECCOMP_CONTAINER, SECCOMP_POD } from './annotations.ts';
import { appArmorProfileOf } from './app-armor.ts';
import { containersOf } from './placed-containers.ts';
import { portWarnings } from './port-warnings.ts';
import {
  type Container,
  type NodeSelectorTerm,
  type PodAffinity,
  type PodAffinityTerm,
  type PodOwner,
  type PodSpec,
  PREFERRED_TERMS,
  REQUIRED_TERMS,
} from './types.ts';
import { volumeWarnings } from './volume-warnings.ts';

/** What warnings of a Pod rest on. */
export interface WarnedPod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  readonly owner: PodOwner;
}

/**
 * Warnings of a Pod or of a template of Pods, in the server's order (pkg/api/pod/warnings.go, warningsForPodSpecAndMeta). `path` is
 * the root or that of the template.
 */
export function podWarnings(pod: WarnedPod, path: Path): Warnings {
  const { metadata, spec } = pod;
  const at = path.child('spec');
  return [
    ...placementWarnings(spec, at),
    ...annotationWarnings(metadata, path),
    ...volumeWarnings(spec.volumes ?? [], at.child('volumes')),
    ...repeatedWarnings(spec, at),
    ...BYTES.flatMap((name) => fractionWarnings(spec.overhead, name, at.child('overhead'))),
    ...seccompWarnings(pod, path),
    ...containersOf(spec, at).flatMap((it) => containerWarnings(it.container, pod, it.path, path)),
    ...portWarnings(spec, at),
    ...graceWarnings(spec, at.child('terminationGracePeriodSeconds')),
    ...selectorWarnings(spec.affinity?.podAffinity, at.child('affinity', 'podAffinity')),
    ...selectorWarnings(spec.affinity?.podAntiAffinity, at.child('affinity', 'podAntiAffinity')),
    ...formatWarnings(spec, at),
  ];
}

const DEPRECATED_LABELS: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  ['scheduler.alpha.kubernetes.io/preferAvoidPods', 'deprecated since v1.22; use Taints and Tolerations instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

const NO_SELECTOR = 'a null labelSelector results in matching no pod';

/** Labels of nodes that have new names, and selectors that select nothing. */
function placementWarnings(spec: PodSpec, path: Path): Warnings {
  const affinity = spec.affinity?.nodeAffinity;
  const affinityPath = path.child('affinity', 'nodeAffinity');
  return [
    ...entriesOf(spec.nodeSelector).flatMap(([key]) => {
      const text = DEPRECATED_LABELS.get(key);
      return text === undefined ? [] : [fieldWarning(path.child('nodeSelector').key(key), text)];
    }),
    ...each(
      affinity?.[REQUIRED_TERMS]?.nodeSelectorTerms,
      affinityPath.child(REQUIRED_TERMS, 'nodeSelectorTerms'),
      (term, at) => termWarnings(term, 'keys', at),
    ),
    ...each(affinity?.[PREFERRED_TERMS], affinityPath.child(PREFERRED_TERMS), ({ preference = {} }, at) =>
      termWarnings(preference, 'keys and values', at.child('preference')),
    ),
    ...each(
      spec.topologySpreadConstraints,
      path.child('topologySpreadConstraints'),
      ({ topologyKey = '', labelSelector }, at) => [
        ...deprecatedKey(topologyKey, at.child('topologyKey')),
        ...(labelSelector === undefined ? [fieldWarning(at.child('labelSelector'), NO_SELECTOR)] : []),
      ],
    ),
  ];
}

function deprecatedKey(key: string, path: Path): Warnings {
  const text = DEPRECATED_LABELS.get(key);
  return text === undefined ? [] : [fieldWarning(path, `${key} is ${text}`)];
}

function termWarnings(term: NodeSelectorTerm, what: 'keys' | 'keys and values', path: Path): Warnings {
  return each(term.matchExpressions, path.child('matchExpressions'), ({ key = '', values }, at) => [
    ...deprecatedKey(key, at.child('key')),
    ...each(what === 'keys' ? [] : values, at.child('values'), (value, place) =>
      labelValueProblems(value).map((problem) => fieldWarning(place, `${value} is invalid, ${problem}`)),
    ),
  ]);
}

const DEPRECATED_ANNOTATIONS = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

function annotationWarnings({ annotations = {} }: ObjectMeta, path: Path): Warnings {
  return DEPRECATED_ANNOTATIONS.filter(([key]) => annotations[key] !== undefined).map(([key, text]) =>
    fieldWarning(path.child('metadata', 'annotations').key(key), text),
  );
}

/** Entries that kubectl cannot tell apart, and names that name nothing. */
function repeatedWarnings({ hostAliases = [], imagePullSecrets = [] }: PodSpec, path: Path): Warnings {
  const aliases = hostAliases.map(({ ip = '' }) => ip);
  const secrets = imagePullSecrets.map(({ name = '' }) => name);
  return [
    ...repeats(aliases, 'ip', path.child('hostAliases')),
    ...repeats(secrets, 'name', path.child('imagePullSecrets')),
    ...each(secrets, path.child('imagePullSecrets'), (name, at) =>
      name === '' ? [fieldWarning(at.child('name'), 'invalid empty name ""')] : [],
    ),
  ];
}

function repeats(values: readonly string[], field: string, path: Path): Warnings {
  return [...repeatsIn(values)].map((index) =>
    fieldWarning(path.index(index).child(field), `duplicate ${field} ${quote(values[index] ?? '')}`),
  );
}

const BYTES = ['memory', 'ephemeral-storage'];

const SECCOMP_GONE = 'non-functional in v1.27+; use the "seccompProfile" field instead';

function seccompWarnings({ metadata, spec }: WarnedPod, path: Path): Warnings {
  const isOld = spec.securityContext?.seccompProfile === undefined && metadata.annotations?.[SECCOMP_POD] !== undefined;
  return isOld ? [fieldWarning(path.child('metadata', 'annotations').key(SECCOMP_POD), SECCOMP_GONE)] : [];
}

/** `path` is the container's, `root` that of the Pod or template. */
function containerWarnings(container: Container, pod: WarnedPod, path: Path, root: Path): Warnings {
  const { name = '', resources, securityContext } = container;
  const key = SECCOMP_CONTAINER + name;
  const hasSeccomp = securityContext?.seccompProfile === undefined && pod.metadata.annotations?.[key] !== undefined;
  const at = root.child('metadata', 'annotations');
  return [
    ...(hasSeccomp ? [fieldWarning(at.key(key), SECCOMP_GONE)] : []),
    ...appArmorWarnings(container, pod, at),
    ...BYTES.flatMap((resource) =>
      (['limits', 'requests'] as const).flatMap((kind) =>
        fractionWarnings(resources?.[kind], resource, path.child('resources', kind)),
      ),
    ),
    ...hiddenVariableWarnings(container, path.child('env')),
  ];
}

/** Of a Pod it is not known any more whether the field was given or made of the annotation. */
function appArmorWarnings(container: Container, { metadata, spec, owner }: WarnedPod, path: Path): Warnings {
  const key = APP_ARMOR_CONTAINER + (container.name ?? '');
  const annotation = metadata.annotations?.[key];
  const hasField = owner === 'template' && container.securityContext?.appArmorProfile !== undefined;
  const profile = appArmorProfileOf(annotation ?? '');
  const isOfPod = profile !== undefined && sameValue(profile, spec.securityContext?.appArmorProfile);
  if (annotation === undefined || hasField || isOfPod) return [];
  return [fieldWarning(path.key(key), 'deprecated since v1.30; use the "appArmorProfile" field instead')];
}

/** A variable that is defined again hides the first one, unless it is made of it. */
function hiddenVariableWarnings({ env = [] }: Container, path: Path): Warnings {
  const repeated = repeatsIn(env.map(({ name = '' }) => name));
  return env.flatMap(({ name = '', value = '', valueFrom }, index) => {
    const reference = `$(${name})`;
    const extendsFirst = valueFrom === undefined && value !== reference && value.includes(reference);
    if (!repeated.has(index) || extendsFirst) return [];
    const text = `hides previous definition of ${quote(name)}, which may be dropped when using apply`;
    return [fieldWarning(path.index(index), text)];
  });
}

function graceWarnings({ terminationGracePeriodSeconds: seconds = 0 }: PodSpec, path: Path): Warnings {
  return seconds < 0 ? [fieldWarning(path, 'must be >= 0; negative values are invalid and will be treated as 1')] : [];
}

function selectorWarnings(affinity: PodAffinity | undefined, path: Path): Warnings {
  const unselective = ({ labelSelector }: PodAffinityTerm, at: Path): Warnings =>
    labelSelector === undefined ? [fieldWarning(at.child('labelSelector'), NO_SELECTOR)] : [];
  return [
    ...each(affinity?.[REQUIRED_TERMS], path.child(REQUIRED_TERMS), unselective),
    ...each(affinity?.[PREFERRED_TERMS], path.child(PREFERRED_TERMS), ({ podAffinityTerm = {} }, at) =>
      unselective(podAffinityTerm, at.child('podAffinityTerm')),
    ),
  ];
}

/** Addresses that are valid but not written in the usual form. */
function formatWarnings({ dnsConfig, hostAliases }: PodSpec, path: Path): Warnings {
  const ofAddress = (address: string, at: Path) => eachWarning(at, addressWarnings(at, address));
  return [
    ...each(dnsConfig?.nameservers, path.child('dnsConfig', 'nameservers'), ofAddress),
    ...each(hostAliases, path.child('hostAliases'), ({ ip = '' }, at) => ofAddress(ip, at.child('ip'))),
  ];
}
